import { setMaxListeners } from 'node:events'
import { simulate, type Outcome } from './simulation'

export { pastFailures } from './past-failures'
export { shrink } from './shrink'

export interface Batch {
  readonly seeds: readonly number[]
}

export interface BatchResult {
  readonly failed: readonly { readonly seed: number; readonly violations: readonly string[] }[]
  readonly counts: Readonly<Record<string, number>>
  /** Seeds that were run twice, and those whose second run went another way. */
  readonly replayed: number
  readonly strayed: readonly number[]
}

/** Every hundredth seed is run twice. */
const replayEvery = 100

// Every request of a run listens to one signal.
setMaxListeners(0)

/** Runs the seeds, one after the other. */
export async function runBatch({ seeds }: Batch): Promise<BatchResult> {
  const counts: Record<string, number> = {}
  const failed: { seed: number; violations: readonly string[] }[] = []
  const strayed: number[] = []
  let replayed = 0
  for (const seed of seeds) {
    const outcome = await simulate(seed)
    if (outcome.violations.length > 0) failed.push({ seed, violations: outcome.violations })
    for (const [key, value] of Object.entries(outcome.counts))
      counts[key] = (counts[key] ?? 0) + value
    if (seed % replayEvery !== 0) continue
    replayed += 1
    if (traceHash(await simulate(seed)) !== traceHash(outcome)) strayed.push(seed)
  }
  return { failed, counts, replayed, strayed }
}

/** FNV-1a over everything that was told of a run. */
export function traceHash({ story, violations, counts }: Outcome): string {
  const text = [...story, ...violations, JSON.stringify(counts)].join('\n')
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
