import { describe, expect, it } from 'vitest'
import { acceleratorOf, listedShortcuts, shortcutFor, shortcuts } from './shortcuts'

const pressed = (key: string, more: { shift?: boolean; plain?: boolean } = {}) =>
  shortcutFor({ key, hasShift: more.shift ?? false, hasModifier: more.plain !== true })?.id

describe('shortcutFor', () => {
  it.each([
    ['s', 'save'],
    ['S', 'save'],
    ['3', 'sections'],
    [',', 'settings'],
    ['z', 'undo'],
    ['=', 'larger'],
    ['-', 'smaller'],
    ['0', 'usual-size'],
    ['/', 'shortcuts'],
  ])('%s with the modifier is %s', (key, id) => {
    expect(pressed(key)).toBe(id)
    expect(pressed(key, { plain: true })).toBeUndefined()
  })

  it('minds Shift only where it tells keys apart', () => {
    expect(pressed('P', { shift: true })).toBe('pending')
    expect(pressed('p')).toBeUndefined()
    expect(pressed('Z', { shift: true })).toBeUndefined()
    expect(pressed('+', { shift: true })).toBe('larger')
    expect(pressed('?', { shift: true })).toBe('shortcuts')
  })

  it.each([
    ['F6', 'next-part'],
    ['Escape', 'close'],
  ])('%s needs no modifier', (key, id) => {
    expect(pressed(key, { plain: true })).toBe(id)
    expect(pressed(key, { plain: true, shift: true })).toBe(id)
  })
})

describe('the list', () => {
  it('gives no key two meanings', () => {
    const all = shortcuts.flatMap(({ keys, shift = 'any' }) => keys.map((key) => `${shift} ${key}`))
    expect(new Set(all).size).toBe(all.length)
    expect(new Set(shortcuts.map(({ id }) => id)).size).toBe(shortcuts.length)
  })

  it('names as many sections as there are', () => {
    expect(listedShortcuts(6).find(({ id }) => id === 'sections')?.cap).toBe('1–6')
  })

  it('says to a menu how a key is spelled', () => {
    expect(acceleratorOf('pending')).toBe('CmdOrCtrl+Shift+P')
    expect(acceleratorOf('close')).toBeUndefined()
  })
})
