import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withEngine } from '../engine/engine-process.mjs'
import { comparison } from '../lib/figure.mjs'
import { takePairs } from '../lib/pairs.mjs'

const pdfBytes = 25 * 1024 * 1024
const idleMs = 1_500

/** How late the engine's process gets to its next task while it sends all it can send. */
export function measureLoop({ session, pairs, onPair }) {
  return withEngine(session, async ({ folder, startEngine, startServer }) => {
    const [engine, server] = [await startEngine(), await startServer()]
    const { target } = server.ready
    const pdf = join(folder, 'cv.pdf')
    mkdirSync(folder, { recursive: true })
    writeFileSync(pdf, Buffer.alloc(pdfBytes, '%PDF-1.7\n'))
    const prepared = join(folder, 'prepared-with-file')
    await engine.ask({ act: 'prepare', root: prepared, target, pdf })
    const longest = []
    const taken = await takePairs(pairs, {
      a: async () => {
        await server.ask({ act: 'reset', delayMs: 0 })
        const root = join(folder, 'drained-with-file')
        const { loop } = await engine.ask({ act: 'drain', prepared, root, target })
        longest.push(loop.max)
        return loop.p99
      },
      b: async () => (await engine.ask({ act: 'idle', ms: idleMs })).p99,
      onPair,
    })
    const figure = comparison({
      name: 'event loop p99, 500 edits + 25 MiB',
      unit: 'ms',
      pairs: taken,
      of: ({ a }) => a,
      columns: ['busy ms', 'idle ms'],
      limits: { target: 12, never: 30 },
    })
    return [{ ...figure, detail: { longest } }]
  })
}
