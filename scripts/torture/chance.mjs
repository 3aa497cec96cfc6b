/**
 * Seeded chance: the same seed and turn give the same choices, whatever happened before.
 * @returns `{ next, between, pick, happens, shuffled }`.
 */
export function chanceOf(seed, turn = 0) {
  let state = Math.imul(seed ^ 0x9e3779b9, 2654435761) ^ Math.imul(turn + 1, 0x85ebca6b)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (least, most) => least + Math.floor(next() * (most - least + 1))
  const pick = (list) => list[between(0, list.length - 1)]
  return {
    next,
    between,
    pick,
    happens: (share) => next() < share,
    /** Picks a key of `{ key: weight }`. */
    weighted: (weights) => {
      const entries = Object.entries(weights)
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      return entries.find(([, weight]) => (left -= weight) < 0)?.[0] ?? entries.at(-1)[0]
    },
  }
}
