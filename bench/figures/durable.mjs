import { join } from 'node:path'
import { withEngine } from '../engine/engine-process.mjs'
import { comparison, repeated } from '../lib/figure.mjs'
import { quantile } from '../lib/statistics.mjs'

const keystrokes = 200

/** Until what is typed would outlive a failure of the power, against the least a disk asks for that. */
export function measureDurable({ session, pairs, onPair }) {
  return withEngine(session, async ({ folder, startEngine }) => {
    const engine = await startEngine()
    const rounds = []
    for (let index = 0; index <= pairs; index += 1) {
      const times = await engine.ask({ act: 'durable', root: join(folder, 'typed'), keystrokes })
      if (index > 0) rounds.push(times)
      onPair(index, pairs)
    }
    const at = (share) => ({
      a: rounds.map(({ engine }) => quantile(engine, share)),
      b: rounds.map(({ raw }) => quantile(raw, share)),
    })
    const [middle, slowest] = [at(0.5), at(0.99)]
    const ratio = comparison({
      name: 'keystroke → durable p99 ÷ raw p99',
      pairs: slowest.a.map((a, index) => ({ a, b: slowest.b[index] })),
      columns: ['app ms', 'raw ms'],
      limits: { target: 5, never: 10 },
    })
    return [
      ratio,
      inMs('keystroke → durable p50', middle, { target: 5, never: 10 }),
      inMs('keystroke → durable p99', slowest, { target: 8, never: 10 }),
    ]
  })
}

/** A disk that needs as long for a bare append says nothing about the app: then there is no limit. */
function inMs(name, { a, b }, limits) {
  const isDiskQuickEnough = quantile(b, 0.5) < limits.target
  return repeated({
    name,
    unit: 'ms',
    values: a,
    columns: { 'app ms': a, 'raw ms': b },
    ...(isDiskQuickEnough && { limits }),
  })
}
