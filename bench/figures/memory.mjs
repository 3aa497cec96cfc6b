import { setTimeout as wait } from 'node:timers/promises'
import { comparison } from '../lib/figure.mjs'
import { launch } from '../lib/launch.mjs'
import { appPage, bareWindowPage } from '../lib/page-scripts.mjs'
import { takePairs } from '../lib/pairs.mjs'
import { treePss } from '../lib/process-tree.mjs'

/** Long enough for the first refresh, the tray and everything else that waits for the window. */
const settleMs = 3_000

/** Memory of all processes once the start has settled, against a bare window's. */
export async function measureMemory({ session, pairs, onPair }) {
  const bareWindow = session.bareWindow()
  const app = await session.connectedApp()
  const processes = {}
  const take = async (start, { page, name }) => {
    const running = await launch({ ...start, page })
    try {
      await running.ready()
      await wait(settleMs)
      const { mib, processes: count } = treePss(running.child.pid)
      processes[name] = count
      return mib
    } finally {
      await running.end()
    }
  }
  const taken = await takePairs(pairs, {
    a: () => take(app, { page: appPage, name: 'app' }),
    b: () => take(bareWindow, { page: bareWindowPage, name: 'bare' }),
    onPair,
  })
  const figure = comparison({
    name: 'memory (PSS) after start ÷ bare window',
    pairs: taken,
    columns: ['app MiB', 'bare MiB'],
    limits: { target: 1.08, never: 1.2 },
  })
  return [{ ...figure, detail: { processes } }]
}
