import { join } from 'node:path'
import { withEngine } from '../engine/engine-process.mjs'
import { comparison } from '../lib/figure.mjs'
import { takePairs } from '../lib/pairs.mjs'

const loop = 'sending 500 edits ÷ a plain loop of the same requests'
const asSent = 'the same ÷ as many requests at a time as the app sends'

const comparisons = [
  { delayMs: 0, name: loop, isLoop: true, limits: { target: 1.35, never: 1.8 } },
  { delayMs: 0, name: asSent },
  {
    delayMs: 20,
    name: `${asSent}, 20 ms round trip`,
    limits: { target: 1.05, never: 1.15 },
    mostPairs: 5,
  },
]

/** Five hundred waiting edits sent by the engine, against undici alone sending the same requests. */
export function measureDrain({ session, pairs, onPair }) {
  return withEngine(session, async ({ folder, startEngine, startServer }) => {
    const [engine, server] = [await startEngine(), await startServer()]
    const { target } = server.ready
    const prepared = join(folder, 'prepared')
    await engine.ask({ act: 'prepare', root: prepared, target })
    const figures = []
    for (const { delayMs, name, isLoop, limits, mostPairs = pairs } of comparisons) {
      const reset = () => server.ask({ act: 'reset', delayMs })
      const drain = async (isRecorded) => {
        await reset()
        const root = join(folder, 'drained')
        return engine.ask({ act: 'drain', prepared, root, target, isRecorded })
      }
      const { requests } = await drain(true)
      const { origin } = target
      const refused = []
      const replay = async () => {
        await reset()
        const replayed = await engine.ask({ act: 'replay', requests, origin, isLoop })
        refused.push(replayed.refused)
        return replayed.ms
      }
      const taken = await takePairs(Math.min(pairs, mostPairs), {
        a: async () => (await drain(false)).ms,
        b: replay,
        onPair,
      })
      const columns = ['app ms', 'undici ms']
      const detail = { requests: requests.length, refused, counts: countsOf(requests) }
      figures.push({ ...comparison({ name, pairs: taken, columns, limits }), detail })
    }
    return figures
  })
}

/** By method and route, ids left out. */
function countsOf(requests) {
  const counts = {}
  for (const { method, path } of requests) {
    const route = `${method} ${path.split('?')[0].replace(/\/[0-9a-f-]{3,}\b/g, '/…')}`
    counts[route] = (counts[route] ?? 0) + 1
  }
  return counts
}
