import { EventEmitter } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../tests/fakes/main-folder'
import type { BrowserWindow } from 'electron'
import { fittingBounds, keepBounds, readBounds } from './window-bounds'

const laptop = { x: 0, y: 0, width: 1440, height: 870 }
const monitor = { x: 1440, y: -200, width: 2560, height: 1400 }
const saved = { x: 100, y: 50, width: 1180, height: 760, isMaximized: false }

describe('where the window opens', () => {
  it('is where it was', () => {
    expect(fittingBounds(saved, [laptop])).toEqual(saved)
    const onMonitor = { ...saved, x: 1600, y: -100 }
    expect(fittingBounds(onMonitor, [laptop, monitor])).toEqual(onMonitor)
  })

  it('is left to the system when its screen is gone', () => {
    expect(fittingBounds({ ...saved, x: 1600, y: -100 }, [laptop])).toBeUndefined()
    expect(fittingBounds(undefined, [laptop])).toBeUndefined()
    expect(fittingBounds(saved, [])).toBeUndefined()
  })

  it.each([
    ['beyond the right edge', { x: 1400 }],
    ['beyond the left edge', { x: -1100 }],
    ['with its title bar above the screen', { y: -40 }],
    ['with its title bar below the screen', { y: 860 }],
  ])('is left to the system %s', (_where, place) => {
    expect(fittingBounds({ ...saved, ...place }, [laptop])).toBeUndefined()
  })

  it('shrinks to a smaller screen', () => {
    const small = { x: 0, y: 0, width: 1024, height: 740 }
    expect(fittingBounds(saved, [small])).toMatchObject({ width: 1024, height: 740 })
  })
})

it.each(['', 'null', '[]', '{"x":1}', '{"x":0.5,"y":0,"width":9,"height":9,"isMaximized":false}'])(
  'takes no place from the file %j',
  async (content) => {
    const path = join(await freshFolder(), 'window.json')
    writeFileSync(path, content)
    expect(readBounds(path)).toBeUndefined()
  },
)

describe('where the window was', () => {
  const place = { x: 9, y: 9, width: 800, height: 600 }
  const aWindow = () =>
    Object.assign(new EventEmitter(), {
      getNormalBounds: () => place,
      isMaximized: () => true,
    }) as unknown as BrowserWindow

  it('is written when it is closed', async () => {
    const path = join(await freshFolder(), 'window.json')
    const window = aWindow()
    keepBounds(window, path)
    window.emit('show')
    window.emit('close')
    expect(readBounds(path)).toEqual({ ...place, isMaximized: true })
  })

  it('stays as it is when nobody has seen it', async () => {
    const path = join(await freshFolder(), 'window.json')
    writeFileSync(path, JSON.stringify(saved))
    const window = aWindow()
    keepBounds(window, path)
    window.emit('close')
    expect(readBounds(path)).toEqual(saved)
  })
})
