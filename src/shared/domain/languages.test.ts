import { expect, it } from 'vitest'
import { languageCodes, languageName } from './languages'

const names = new Intl.DisplayNames(['en'], { type: 'language' })

it('each language has a name of its own', () => {
  const labels = languageCodes.map((code) => languageName(names, code))
  expect(new Set(labels).size).toBe(languageCodes.length)
  expect(labels.filter((label) => languageCodes.includes(label))).toEqual([])
})

it.each([
  ['aa', 'Afar'],
  ['tw', 'Twi'],
  ['gv', 'Manx'],
])('%s has it also where Intl knows none', (code, name) => {
  const none = { of: (asked: string) => asked } as unknown as Intl.DisplayNames
  expect(languageName(none, code)).toBe(name)
})

it('what is no language code is its own name', () => {
  expect(languageName(names, 'x')).toBe('x')
})
