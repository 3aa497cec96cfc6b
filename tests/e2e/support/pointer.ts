import type { ElectronApplication, Locator } from 'playwright'
import { connectToDisplay, type Display } from '../../../scripts/lib/x-client.mjs'
import { expect } from '../app'

interface Point {
  readonly x: number
  readonly y: number
}

/** The hand on the mouse, as the display server sees it: for what goes from one window to another. */
export const takePointer = (): Promise<Display> => connectToDisplay(process.env)

/** Where the middle of an element is on the screen, once our window stands at its upper left. */
export async function onScreen(electron: ElectronApplication, element: Locator): Promise<Point> {
  const place = await electron.evaluate(({ BrowserWindow }) => {
    const [ours] = BrowserWindow.getAllWindows()
    ours?.setBounds({ x: 0, y: 0, width: 1000, height: 760 })
    return ours?.getContentBounds()
  })
  await expect
    .poll(() => element.page().evaluate(() => [screenX, screenY, innerWidth]))
    .toEqual([0, 0, 1000])
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (!place || !box) throw new Error('the element is not on the screen')
  return { x: place.x + box.x + box.width / 2, y: place.y + box.y + box.height / 2 }
}

/** Presses at `from` and moves until `isThere` holds, around `to`; the button stays down. */
export async function dragOver(
  pointer: Display,
  { from, to, isThere }: { from: Point; to: Point; isThere: () => boolean | Promise<boolean> },
): Promise<void> {
  await pointer.move(from.x, from.y)
  await pointer.press()
  for (const away of [4, 8, 12]) await pointer.move(from.x + away, from.y + away)
  let step = 0
  const moveOn = async () => {
    step = (step + 1) % 8
    await pointer.move(to.x + step, to.y)
    return isThere()
  }
  await expect.poll(moveOn, { intervals: [50] }).toBe(true)
}
