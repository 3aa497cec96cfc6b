import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import * as v from 'valibot'

const whole = v.pipe(v.number(), v.integer())
const savedBounds = v.object({
  x: whole,
  y: whole,
  width: v.pipe(whole, v.minValue(1)),
  height: v.pipe(whole, v.minValue(1)),
  isMaximized: v.boolean(),
})

export type WindowBounds = v.InferOutput<typeof savedBounds>

/** So much of the title bar has to lie on a screen that the window can be grabbed. Pixels. */
const grabWidth = 120
const grabHeight = 32

/**
 * Where the window was, if it can be there again: on a screen that is still connected, no larger
 * than it. `areas` are the usable areas of the screens. `undefined`: let the system place it.
 */
export function fittingBounds(
  saved: WindowBounds | undefined,
  areas: readonly Rectangle[],
): WindowBounds | undefined {
  if (!saved) return undefined
  const area = areas.find((candidate) => isGrabbable(saved, candidate))
  if (!area) return undefined
  const width = Math.min(saved.width, area.width)
  const height = Math.min(saved.height, area.height)
  return { ...saved, width, height }
}

/** Some of the upper edge is on the screen. */
function isGrabbable({ x, y, width }: WindowBounds, area: Rectangle): boolean {
  const visible = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return visible >= grabWidth && y >= area.y && y + grabHeight <= area.y + area.height
}

/** Read before the window is made, so the file holds nothing else. Anything odd counts as nothing. */
export function readBounds(path: string): WindowBounds | undefined {
  try {
    const parsed = v.safeParse(savedBounds, JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/**
 * Written when the window is closed or hidden; that it cannot be costs nobody anything. A window that
 * was never shown is where it was before.
 */
export function keepBounds(window: BrowserWindow, path: string): void {
  let wasShown = false
  window.once('show', () => (wasShown = true))
  window.on('close', () => {
    if (!wasShown) return
    const { x, y, width, height } = window.getNormalBounds()
    const bounds: WindowBounds = { x, y, width, height, isMaximized: window.isMaximized() }
    try {
      writeFileSync(path, JSON.stringify(bounds))
    } catch {
      // The next start lets the system place the window.
    }
  })
}
