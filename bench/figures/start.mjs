import { comparison } from '../lib/figure.mjs'
import { launch } from '../lib/launch.mjs'
import { appPage, bareWindowPage } from '../lib/page-scripts.mjs'
import { takePairs } from '../lib/pairs.mjs'
import { treeCpuMs } from '../lib/process-tree.mjs'

/**
 * From starting the process to a field that takes keys, against a bare window's second frame; and
 * the processor time both have used by then.
 */
export async function measureStart({ session, pairs, onPair }) {
  const bareWindow = session.bareWindow()
  const app = await session.connectedApp()
  const late = { app: 0, bare: 0 }
  const taken = await takePairs(pairs, {
    a: () => startOnce({ ...app, page: appPage }, () => (late.app += 1)),
    b: () => startOnce({ ...bareWindow, page: bareWindowPage }, () => (late.bare += 1)),
    onPair,
  })
  const each = (key) => taken.map(({ a, b }) => ({ a: a[key], b: b[key] }))
  const time = comparison({
    name: 'cold start, full cache ÷ bare window',
    pairs: each('ms'),
    columns: ['app ms', 'bare ms'],
    limits: { target: 1.2, never: 1.35 },
  })
  const processor = comparison({
    name: 'the same in processor time',
    pairs: each('cpuMs'),
    columns: ['app ms', 'bare ms'],
  })
  return [{ ...time, detail: { watchedLate: late } }, processor]
}

/** A watch that came when the page was there already may have seen it later than it was. */
export async function startOnce(start, onLate) {
  const running = await launch(start)
  try {
    const { at } = await running.ready()
    const cpuMs = treeCpuMs(running.child.pid)
    const { state } = await running.told('watching')
    if (state !== 'loading') onLate()
    return { ms: at - running.spawnedAt, cpuMs }
  } finally {
    await running.end()
  }
}
