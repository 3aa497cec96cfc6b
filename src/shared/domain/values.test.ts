import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysIn, hidesDay, monthOf, withMonth } from './month-date'
import { changedValues, equalValue, tidyValue, type FieldValue } from './values'
import { originsOf, parseAddress } from './workspace'

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.constantFrom(null, '', ' ', true, false, 0, 1, 'a', 'b'),
  fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }),
  fc.record({ name: fc.constantFrom('a.pdf', 'b.pdf'), size: fc.constantFrom(1, 2) }),
)

describe('equalValue', () => {
  it('is the same both ways round', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(equalValue(a, b)).toBe(equalValue(b, a))
        expect(equalValue(a, a)).toBe(true)
      }),
    )
  })

  it.each([
    [undefined, null, true],
    ['', [], true],
    ['  ', null, true],
    [null, false, false],
    [0, null, false],
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'a'], ['a', 'b'], false],
    [['a', 'b'], ['a', 'a'], false],
    ['1', 1, false],
  ] as const)('%j and %j: %s', (a, b, isEqual) => {
    expect(equalValue(a, b)).toBe(isEqual)
  })

  it('tells files by hash and name as sent where both have one, else by name, size and place', () => {
    const spooled = { name: 'a.pdf', size: 1, spoolId: 's', sha256: 'h' }
    expect(equalValue(spooled, { ...spooled, spoolId: 't' })).toBe(true)
    expect(equalValue(spooled, { ...spooled, name: 'b.pdf' })).toBe(false)
    expect(equalValue(spooled, { name: 'a_1.pdf', sha256: 'h', sentAs: 'a.pdf' })).toBe(true)
    expect(equalValue(spooled, { name: 'a.pdf', size: 1 })).toBe(false)
    expect(equalValue({ name: 'a.pdf', size: 1 }, { name: 'a.pdf', size: 1, type: 'x' })).toBe(true)
  })

  it('finds what differs from a base', () => {
    expect(changedValues({ a: 'x', b: null }, { a: 'x', b: '', c: 'z' })).toEqual({ c: 'z' })
    expect(tidyValue('  ')).toBeNull()
  })
})

describe('months', () => {
  it.each([
    ['2024-02', 29],
    ['2023-02', 28],
    ['1900-02', 28],
    ['2000-02', 29],
    ['2021-04', 30],
    ['2021-12', 31],
    ['2021-13', 0],
    ['2021-00', 0],
    ['nothing', 0],
  ])('%s has %i days', (month, days) => {
    expect(daysIn(month)).toBe(days)
  })

  it('keeps the day of a month that stays, and takes the first or last of a new one', () => {
    expect(withMonth('2011-09-14', '2011-09', 'first')).toBe('2011-09-14')
    expect(withMonth('2011-09-14', '2011-10', 'first')).toBe('2011-10-01')
    expect(withMonth(null, '2024-02', 'last')).toBe('2024-02-29')
    expect(monthOf('2011-09-14')).toBe('2011-09')
    expect(hidesDay('2011-09-14', 'first')).toBe(true)
    expect(hidesDay('2011-09-30', 'last')).toBe(false)
  })
})

describe('parseAddress', () => {
  it.each([
    ['https://api.iblai.app', 'https://api.iblai.app'],
    ['api.iblai.app', 'https://api.iblai.app'],
    ['https://api.iblai.app/', 'https://api.iblai.app'],
    ['https://example.org/platform/', 'https://example.org/platform'],
    ['https://EXAMPLE.org:8443', 'https://example.org:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000/x'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://[::1]:80', 'http://[::1]'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('%s', (text, origin) => {
    expect(parseAddress(text)).toEqual({ origin })
  })

  it.each([
    'http://example.org',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://[::2]',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://noor:secret@example.org',
    'https://example.org?x=1',
    'https://example.org/#x',
    'https://',
    '',
    'two words',
  ])('%s is refused with a sentence', (text) => {
    expect(parseAddress(text)).toEqual({ problem: expect.stringMatching(/\.$/) as string })
  })

  it('puts the two services below one address', () => {
    const both = { lms: 'https://a.example/lms', dm: 'https://a.example/dm' }
    expect(originsOf('https://a.example')).toEqual(both)
    expect(originsOf('https://a.example/dm')).toEqual(both)
  })
})
