import { setMaxListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { pastFailures } from './past-failures'
import { simulate } from './simulation'

// Every request of a run listens to one signal.
setMaxListeners(0)

/** A first look; `npm run simulate` is the long one. */
const seeds = [...pastFailures, ...Array.from({ length: 200 }, (_, index) => index + 1)]

describe('simulation of the engine', () => {
  it('keeps its laws in every run', { timeout: 300_000 }, async () => {
    const counts: Record<string, number> = {}
    for (const seed of seeds) {
      const outcome = await simulate(seed)
      for (const [key, count] of Object.entries(outcome.counts))
        counts[key] = (counts[key] ?? 0) + count
      const told = `seed ${seed}\n${outcome.violations.join('\n')}\n\n${outcome.story.join('\n')}`
      expect(outcome.violations, told).toEqual([])
    }
    expect(counts['edits that had to arrive']).toBeGreaterThan(0)
  })
})
