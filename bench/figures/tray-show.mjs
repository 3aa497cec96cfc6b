import { setTimeout as wait } from 'node:timers/promises'
import { startTrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectToDisplay } from '../../scripts/lib/x-client.mjs'
import { comparison } from '../lib/figure.mjs'
import { epochMs, launch } from '../lib/launch.mjs'
import { appPage, bareWindowPage, shownPage } from '../lib/page-scripts.mjs'
import { takePairs } from '../lib/pairs.mjs'
import { closeToTray } from '../lib/tray-window.mjs'

/** Hidden for so long that both are at rest. */
const restMs = 1_000

/** From a click on the tray icon to the window's second frame, against `show()` of a bare window. */
export async function measureTrayShow({ session, pairs, onPair }) {
  const tray = await startTrayHost(session.env.DBUS_SESSION_BUS_ADDRESS)
  const display = await connectToDisplay(session.env)
  const begun = []
  try {
    const app = await launch({ ...(await session.connectedApp()), page: appPage + shownPage })
    begun.push(app)
    const bare = await launchBare(session)
    begun.push(bare)
    await Promise.all(begun.map((running) => running.ready()))
    const item = await tray.waitForItem()
    const taken = await takePairs(pairs, {
      a: (round) => throughTray({ app, tray, item, display }, round),
      b: (round) => bareShow(bare, round),
      onPair,
    })
    const figure = comparison({
      name: 'tray click to window ÷ bare show()',
      pairs: taken,
      columns: ['app ms', 'bare ms'],
      limits: { target: 1.5, never: 2 },
    })
    return [figure]
  } finally {
    for (const running of begun) await running.end()
    display.close()
    tray.close()
  }
}

async function launchBare(session) {
  const shownAt = []
  const onValue = (value) => {
    if (typeof value.showAt === 'number') shownAt.push(value.showAt)
  }
  const page = bareWindowPage + shownPage
  const running = await launch({ ...session.bareWindow(), page, onValue })
  return { ...running, shownAt }
}

async function throughTray({ app, tray, item, display }, round) {
  await closeToTray(app, display)
  await app.told(`hidden-${round}`)
  await wait(restMs)
  const clickedAt = epochMs()
  await tray.activate(item)
  const { at } = await app.told(`shown-${round}`)
  return at - clickedAt
}

/** The bare window hides and shows itself on a signal, and says when it called `show()`. */
async function bareShow(bare, round) {
  bare.child.kill('SIGUSR2')
  await bare.told(`hidden-${round}`)
  await wait(restMs)
  bare.child.kill('SIGUSR2')
  const { at } = await bare.told(`shown-${round}`)
  const calledAt = bare.shownAt.at(-1)
  if (bare.shownAt.length !== round) throw new Error('the bare window did not say when it showed')
  return at - calledAt
}
