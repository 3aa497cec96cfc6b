import { setTimeout as wait } from 'node:timers/promises'

const patienceMs = 30_000
const lookMs = 100
/** The app learns of the tray a moment after it has put its icon there. */
const learnMs = 5_000

const learnt = new WeakSet()

/** Closes the window of the app as its frame's button does, and waits until it is gone from the screen. */
export async function closeToTray({ child }, display) {
  if (!learnt.has(child)) await wait(learnMs)
  learnt.add(child)
  const ours = () => display.windowNamed('ibl.ai Profile')
  const window = await ours()
  if (window === undefined) throw new Error('the window is not on the screen')
  await display.closeWindow(window)
  const lastMoment = performance.now() + patienceMs
  while ((await ours()) !== undefined) {
    if (performance.now() > lastMoment) throw new Error('the window did not close')
    await wait(lookMs)
  }
  if (child.exitCode !== null) throw new Error('closing the window ended the app')
}
