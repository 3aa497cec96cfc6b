import { describe, expect, it } from 'vitest'
import { basic } from './sections/basic'
import { education } from './sections/education'
import { experience } from './sections/experience'
import { memory } from './sections/memory'
import { registry } from './sections/registry'
import { social } from './sections/social'
import { validateValues } from './validation'

const entry = { institution: '7', startDate: '2011-09-01' }

describe('validateValues', () => {
  it('has nothing to say about a complete entry', () => {
    expect(validateValues(education, { ...entry, endDate: '2013-06-30', grade: '3.9' })).toEqual({})
  })

  it('asks for every required field that is missing', () => {
    expect(validateValues(education, {})).toEqual({
      institution: 'Choose or create an institution.',
      startDate: 'Give the month it started.',
    })
  })

  it('takes blanks around nothing for nothing', () => {
    expect(
      validateValues(experience, { company: '1', title: '  ', startDate: '2020-01-01' }),
    ).toEqual({ title: 'Give the job title.' })
  })

  it('looks only at the given keys, so that a stored value that is too long stays unasked', () => {
    const stored = { name: 'Noor Haddad', email: 'noor@example.org', bio: 'a'.repeat(301) }
    expect(validateValues(basic, stored, ['name'])).toEqual({})
    expect(validateValues(basic, stored, ['bio'])).toEqual({ bio: 'At most 300 characters.' })
  })

  it('says at the end date that it lies before the start, whichever of the two was changed', () => {
    const values = { ...entry, endDate: '2010-06-30' }
    const problem = { endDate: 'The end is before the start.' }
    expect(validateValues(education, values, ['startDate'])).toEqual(problem)
    expect(validateValues(education, values, ['endDate'])).toEqual(problem)
    expect(validateValues(education, values, ['degree'])).toEqual({})
  })

  it('does not compare dates when one of them is no date', () => {
    expect(validateValues(education, { ...entry, endDate: '13/2010' }, ['endDate'])).toEqual({
      endDate: 'Give a month, for example Sep 2011.',
    })
  })

  it('leaves an end alone that a switched-on flag empties', () => {
    const values = { ...entry, endDate: '2010-06-30', isCurrent: true }
    expect(validateValues(education, values)).toEqual({})
  })

  it('takes future and expected ends', () => {
    expect(validateValues(education, { ...entry, endDate: '2199-12-31' })).toEqual({})
  })

  it('refuses a year that is not a number yet', () => {
    expect(validateValues(basic, { yearOfBirth: '19x' }, ['yearOfBirth'])).toEqual({
      yearOfBirth: 'Give the year in four digits.',
    })
  })

  it('explains a link that is no person’s page', () => {
    expect(validateValues(social, { facebook: 'facebook.com/groups/hydro' }, ['facebook'])).toEqual(
      {
        facebook: 'This is the address of a group. A profile looks like facebook.com/noor.haddad.',
      },
    )
  })

  it('takes a social name in any sensible form', () => {
    expect(validateValues(social, { x: '@NoorHaddad', linkedin: 'noor-haddad' })).toEqual({})
  })

  it('wants ten characters of a memory', () => {
    expect(validateValues(memory, { content: 'too short' })).toEqual({
      content: 'Write at least 10 characters.',
    })
  })

  it('does not know keys the section does not have', () => {
    expect(validateValues(social, { constructor: 'x' })).toEqual({
      constructor: 'This field does not exist here.',
    })
  })

  it.each(registry.all.map((section) => [section.id, section] as const))(
    'answers for every field of %s without throwing',
    (_id, section) => {
      for (const value of [null, '', 'text', 7, true, ['a'], { name: 'a.pdf' }]) {
        const values = Object.fromEntries(Object.keys(section.fields).map((key) => [key, value]))
        const problems = validateValues(section, values)
        expect(Object.keys(problems).every((key) => key in section.fields)).toBe(true)
      }
    },
  )
})
