import { simulate, type Less, type Outcome } from './simulation'

/**
 * A failing run with as little in it as still fails: steps are left out, then the network is calmed
 * step by step, until nothing more can go. In: a seed that fails. Out: its shortest story.
 */
export async function shrink(seed: number): Promise<Outcome> {
  let outcome = await simulate(seed)
  let less = { skipped: new Set<number>(), calm: new Set<number>() }
  const isKept = async (tried: Less) => {
    const found = await simulate(seed, tried)
    if (found.violations.length === 0) return false
    outcome = found
    return true
  }
  for (let isShorter = true; isShorter;) {
    isShorter = false
    for (const set of ['skipped', 'calm'] as const) {
      for (const group of groupsOf(outcome.steps, less[set])) {
        const tried = { ...less, [set]: new Set([...less[set], ...group]) }
        if (!(await isKept(tried))) continue
        less = tried
        isShorter = true
      }
    }
  }
  return outcome
}

/** Halves, quarters and so on down to single steps, of those that are still there. */
function groupsOf(steps: number, without: ReadonlySet<number>): readonly (readonly number[])[] {
  const left = Array.from({ length: steps }, (_, index) => index + 1).filter(
    (step) => !without.has(step),
  )
  const groups: number[][] = []
  for (
    let size = Math.ceil(left.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = 0; start < left.length; start += size) {
      groups.push(left.slice(start, start + size))
    }
  }
  return groups
}
