import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

type Theme = 'light' | 'dark'

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
)

function colour(name: string, theme: Theme): string {
  const value = tokens.get(name) ?? ''
  const pair = /^light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)$/.exec(value)
  const found = pair ? pair[theme === 'light' ? 1 : 2] : value
  if (found === undefined || !/^#[\da-f]{6}$/.test(found)) throw new Error(`no colour: ${name}`)
  return found
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const pages = ['surface', 'side', 'raised', 'sunken']
const rows = ['hover', 'row-hover', 'selected']
const soft = ['accent-soft', 'warn-soft', 'bad-soft', 'mute-soft']

const readable: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...pages, ...rows, ...soft, 'ok-soft', 'desk']],
  ['text-2', [...pages, ...rows, ...soft]],
  ['text-3', [...pages, ...rows]],
  ['accent-text', [...pages, ...rows, 'accent-soft']],
  ['ok', [...pages, 'ok-soft']],
  ['warn', [...pages, ...rows, 'warn-soft']],
  ['bad', [...pages, ...rows, 'bad-soft']],
  ['on-accent', ['accent', 'accent-hover', 'accent-press']],
  ['on-inverse', ['inverse']],
  ['inverse-link', ['inverse']],
]

const seen: readonly (readonly [string, readonly string[]])[] = [
  ['mark', [...pages, ...rows]],
  ['on-mark', ['mark']],
  ['warn-line', pages],
  ['bad-line', pages],
  ['control', pages],
  ['focus', [...pages, ...rows]],
]

describe.each<Theme>(['light', 'dark'])('in %s', (theme) => {
  it.each(readable)('%s can be read on every surface it lies on', (role, surfaces) => {
    const faint = surfaces.filter((surface) => {
      return contrast(colour(role, theme), colour(surface, theme)) < 4.5
    })
    expect(faint).toEqual([])
  })

  it.each(seen)('%s can be seen on every surface it lies on', (role, surfaces) => {
    const faint = surfaces.filter((surface) => {
      return contrast(colour(role, theme), colour(surface, theme)) < 3
    })
    expect(faint).toEqual([])
  })
})

it('reads contrast as the guideline defines it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

it('takes every time away when motion is to be reduced', () => {
  const reduced = css.slice(css.indexOf('prefers-reduced-motion'))
  for (const name of ['time-press', 'time-popover', 'time-drawer']) {
    expect(reduced).toContain(`--${name}: 0ms;`)
  }
})
