import { describe, expect, it } from 'vitest'
import { addMonths, formatMonth, monthAfterKey, parseMonth, splitMonth } from './month'

describe('parseMonth', () => {
  it.each([
    ['9/2011', '2011-09'],
    ['09.2011', '2011-09'],
    ['2011-09', '2011-09'],
    ['2011/9', '2011-09'],
    ['sept 2011', '2011-09'],
    ['Sep 2011', '2011-09'],
    ['September, 2011', '2011-09'],
    ['2011 sep', '2011-09'],
    ['  JUN   1984 ', '1984-06'],
  ])('understands %j', (text, month) => {
    expect(parseMonth(text, 'en')).toBe(month)
  })

  it.each(['', '2011', 'sept', '13/2011', '0/2011', '9/11', 'ju 2011', 'maybe 2011', '1 Sep 2011'])(
    'guesses nothing from %j',
    (text) => {
      expect(parseMonth(text, 'en')).toBeUndefined()
    },
  )

  it('knows the names of its language and the English ones', () => {
    expect(parseMonth('Okt 2011', 'de')).toBe('2011-10')
    expect(parseMonth('october 2011', 'de')).toBe('2011-10')
  })

  it('reads back what formatMonth writes', () => {
    for (const locale of ['en', 'de', 'fr']) {
      for (let month = 1; month <= 12; month += 1) {
        const value = addMonths('2010-12', month)
        expect(parseMonth(formatMonth(value, locale), locale)).toBe(value)
      }
    }
  })
})

describe('addMonths', () => {
  it('goes over the end of a year in both directions', () => {
    expect(addMonths('2011-11', 2)).toBe('2012-01')
    expect(addMonths('2011-02', -3)).toBe('2010-11')
  })
})

describe('splitMonth', () => {
  it('refuses what is no month', () => {
    expect(splitMonth('2011-13')).toBeUndefined()
    expect(splitMonth('2011')).toBeUndefined()
    expect(splitMonth(undefined)).toBeUndefined()
  })
})

describe('monthAfterKey', () => {
  it.each([
    ['ArrowLeft', '2011-05'],
    ['ArrowRight', '2011-07'],
    ['ArrowUp', '2011-02'],
    ['ArrowDown', '2011-10'],
    ['PageUp', '2010-06'],
    ['PageDown', '2012-06'],
    ['Home', '2011-01'],
    ['End', '2011-12'],
  ])('%s leads from June 2011 to %s', (key, month) => {
    expect(monthAfterKey(key, '2011-06', false)).toBe(month)
  })

  it('turns left and right round where text runs from the right', () => {
    expect(monthAfterKey('ArrowLeft', '2011-06', true)).toBe('2011-07')
    expect(monthAfterKey('ArrowUp', '2011-06', true)).toBe('2011-02')
  })

  it('leaves other keys alone', () => {
    expect(monthAfterKey('a', '2011-06', false)).toBeUndefined()
  })
})
