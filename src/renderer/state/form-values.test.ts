import { describe, expect, it } from 'vitest'
import { basic } from '../../shared/domain/sections/basic'
import { education } from '../../shared/domain/sections/education'
import { fieldOf } from '../../shared/domain/sections/section'
import { social } from '../../shared/domain/sections/social'
import {
  editableKeys,
  emptiedBy,
  fieldOrder,
  filledValues,
  isClosed,
  knownValues,
  linkOnPlatform,
  patchOf,
  typedValue,
} from './form-values'

describe('what a form sends', () => {
  it('leaves out what equals the record, whatever blanks were typed around it', () => {
    expect(
      patchOf(basic, { name: 'Noor', title: 'Engineer' }, { name: ' Noor ', title: '' }),
    ).toEqual({ title: null })
  })

  it('keeps a link in its canonical form and sees that nothing has changed', () => {
    const base = { x: 'https://www.x.com/NoorHaddad' }
    expect(patchOf(social, base, { x: 'mobile.twitter.com/@NoorHaddad?lang=ar' })).toEqual({})
    expect(patchOf(social, base, { x: '@noor' })).toEqual({ x: 'https://www.x.com/noor' })
  })

  it('takes a decimal comma', () => {
    expect(patchOf(education, { grade: '3.90' }, { grade: '3,9' })).toEqual({ grade: '3.9' })
  })

  it('makes a new record of what was filled in only', () => {
    expect(filledValues({ a: null, b: '', c: [], d: false, e: 'x' })).toEqual({ d: false, e: 'x' })
  })
})

describe('what is typed', () => {
  const year = fieldOf(basic, 'yearOfBirth')

  it.each([
    ['1988', 1988],
    ['19x', '19x'],
    ['', ''],
  ])('reads %j in a year field as %j', (text, value) => {
    expect(year && typedValue(year, text)).toBe(value)
  })
})

describe('what a section says about its fields', () => {
  it('orders fields as the form shows them', () => {
    expect(fieldOrder(basic).slice(0, 3)).toEqual(['photo', 'name', 'title'])
  })

  it('does not count what the platform only shows as editable', () => {
    expect(editableKeys(social)).toEqual(['linkedin', 'facebook', 'x'])
  })

  it('names the fields a flag empties', () => {
    expect(emptiedBy(education, 'isCurrent')).toEqual(['endDate'])
  })

  it('drops draft values of fields that no longer exist', () => {
    expect(knownValues(basic, { name: 'Noor', nickname: 'N' })).toEqual({ name: 'Noor' })
  })

  it('closes a field that the platform refused to change', () => {
    expect(isClosed({ readOnly: ['title'] }, 'title')).toBe(true)
    expect(isClosed({}, 'title')).toBe(false)
  })
})

describe('linkOnPlatform', () => {
  it('shows the older host of X where the platform has that one', () => {
    expect(linkOnPlatform('https://www.x.com/noor', { xHost: 'twitter.com' })).toBe(
      'https://www.twitter.com/noor',
    )
  })

  it('leaves other links alone', () => {
    const link = 'https://www.linkedin.com/in/noor'
    expect(linkOnPlatform(link, { xHost: 'twitter.com' })).toBe(link)
  })
})
