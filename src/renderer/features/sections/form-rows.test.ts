import { describe, expect, it } from 'vitest'
import { basic } from '../../../shared/domain/sections/basic'
import { education } from '../../../shared/domain/sections/education'
import { experience } from '../../../shared/domain/sections/experience'
import type { AnySection } from '../../../shared/domain/sections/section'
import { formRows } from './form-rows'

const rows = (section: AnySection, group: number) => {
  const found = section.groups[group]
  return found ? formRows(section, found).map((row) => row.keys.join(' ')) : []
}

describe('formRows', () => {
  it('keeps from, until and the flag that empties it together', () => {
    expect(rows(education, 0)).toEqual([
      'institution',
      'degree fieldOfStudy',
      'startDate endDate isCurrent',
      'grade activities',
      'description',
    ])
    expect(rows(experience, 0)).toContain('startDate endDate isCurrent')
  })

  it('puts three short fields on one line', () => {
    expect(rows(basic, 3)).toEqual(['country yearOfBirth levelOfEducation'])
  })

  it('gives a file a line of its own', () => {
    expect(rows(basic, 0)).toEqual(['photo', 'name title'])
  })
})
