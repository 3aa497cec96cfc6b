import { join } from 'node:path'
import { withEngine } from '../engine/engine-process.mjs'
import { repeated } from '../lib/figure.mjs'
import { slopeOf } from '../lib/statistics.mjs'

const sizes = [10, 100, 1_000, 10_000]
/** A limit is never further above its target than this. */
const slack = 0.15

const works = [
  { id: 'edit', name: 'growth: one edit', target: 0.05 },
  // Of the cold start this is the part that grows; the whole of it is in start-growth.mjs.
  { id: 'start', name: 'growth: restoring the state' },
  { id: 'open', name: 'growth: opening a section', target: 0.1 },
  { id: 'merge', name: 'growth: merging a whole read', target: 1.05 },
  { id: 'compact', name: 'growth: journal compaction', target: 1.05 },
]

/** How time grows with the number of records, as the exponent of the power that fits best. */
export function measureGrowth({ session, pairs, onPair }) {
  return withEngine(session, async ({ folder, startEngine }) => {
    const engine = await startEngine()
    await engine.ask({ act: 'openGrowth', root: join(folder, 'growth'), sizes })
    const rounds = []
    for (let index = 0; index <= pairs; index += 1) {
      const { times } = await engine.ask({ act: 'growth' })
      if (index > 0) rounds.push(times)
      onPair(index, pairs)
    }
    return works.map(({ id, name, target }) =>
      repeated({
        name,
        unit: '',
        values: rounds.map((times) => slopeOf(sizes, times[id])),
        columns: Object.fromEntries(
          sizes.map((size, place) => [`${size}: ms`, rounds.map((times) => times[id][place])]),
        ),
        ...(target !== undefined && { limits: { target, never: target + slack } }),
      }),
    )
  })
}
