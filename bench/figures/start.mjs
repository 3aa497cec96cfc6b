import { comparison } from '../lib/figure.mjs'
import { launch } from '../lib/launch.mjs'
import { appPage, bareWindowPage } from '../lib/page-scripts.mjs'
import { takePairs } from '../lib/pairs.mjs'

/** From starting the process to a field that takes keys, against a bare window's second frame. */
export async function measureStart({ session, pairs, onPair }) {
  const bareWindow = session.bareWindow()
  const app = await session.connectedApp()
  const late = { app: 0, bare: 0 }
  const taken = await takePairs(pairs, {
    a: () => timeApp(app, late),
    b: () => timeBareWindow(bareWindow, late),
    onPair,
  })
  const figure = comparison({
    name: 'cold start, full cache ÷ bare window',
    pairs: taken,
    columns: ['app ms', 'bare ms'],
    limits: { target: 1.2, never: 1.35 },
  })
  return [{ ...figure, detail: { watchedLate: late } }]
}

async function timeApp(app, late) {
  const running = await launch({ ...app, page: appPage })
  try {
    await running.told('focused')
    await running.press()
    const { at } = await running.told('ready')
    await countLate(running, () => (late.app += 1))
    return at - running.spawnedAt
  } finally {
    await running.end()
  }
}

async function timeBareWindow(bareWindow, late) {
  const running = await launch({ ...bareWindow, page: bareWindowPage })
  try {
    const { at } = await running.told('ready')
    await countLate(running, () => (late.bare += 1))
    return at - running.spawnedAt
  } finally {
    await running.end()
  }
}

/** A watch that came when the page was there already may have seen it later than it was. */
async function countLate(running, count) {
  const { state } = await running.told('watching')
  if (state !== 'loading') count()
}
