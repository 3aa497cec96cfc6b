/** How near a name is to what was typed. Smaller is nearer; undefined: not at all. */
export interface NameMatch {
  readonly rank: number
  /** Likely the very record the person is about to create. */
  readonly isNearDuplicate: boolean
}

const leastLetters = 4
const sharedPart = 0.34

export function matchName(name: string, typed: string): NameMatch | undefined {
  const wanted = fold(typed)
  const folded = fold(name)
  if (wanted === '') return { rank: 3, isNearDuplicate: false }
  if (folded === wanted) return { rank: 0, isNearDuplicate: false }
  const isClose = isLikely(folded, wanted)
  if (isClose) return { rank: 1, isNearDuplicate: true }
  if (folded.startsWith(wanted)) return { rank: 2, isNearDuplicate: false }
  return folded.includes(wanted) ? { rank: 3, isNearDuplicate: false } : undefined
}

/** Every typed word begins a word of the name, or only a few letters differ. */
function isLikely(name: string, typed: string): boolean {
  if (typed.length < leastLetters) return false
  const words = name.split(' ')
  const typedWords = typed.split(' ')
  const isStarted =
    typedWords.length > 1 &&
    typedWords.every((part) => words.some((word) => word.startsWith(part))) &&
    typed.length >= name.length * sharedPart
  return isStarted || distance(name, typed, allowed(typed)) <= allowed(typed)
}

const allowed = (typed: string): number => (typed.length < 8 ? 1 : 2)

/** Letters to change to get from one to the other; stops counting past `limit`. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [row, letter] of Array.from(one).entries()) {
    const current = [row + 1]
    for (const [column, wanted] of Array.from(other).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === wanted ? 0 : 1)
      const removed = (previous[column + 1] ?? 0) + 1
      const added = (current[column] ?? 0) + 1
      current.push(Math.min(replaced, removed, added))
    }
    previous = current
  }
  return previous.at(-1) ?? limit + 1
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
