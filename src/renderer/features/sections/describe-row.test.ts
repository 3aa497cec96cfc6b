import { describe, expect, it } from 'vitest'
import { anItem } from '../../../../tests/fakes/fake-main'
import { education } from '../../../shared/domain/sections/education'
import type { Values } from '../../../shared/domain/values'
import { dateSpan, describeRow, duration, keptDayWords } from './describe-row'

const now = new Date(2026, 10, 24).getTime()
const described = (values: Values) =>
  describeRow(education, anItem({ values }), { nameField: () => 'University of Jordan', now })

describe('describeRow', () => {
  it('names the entry, its place and its time', () => {
    const words = described({
      institution: '1',
      degree: 'MSc',
      fieldOfStudy: 'Hydrology',
      startDate: '2011-09-01',
      endDate: '2013-06-30',
    })
    expect(words).toMatchObject({
      title: 'MSc, Hydrology',
      second: 'University of Jordan',
      dates: 'Sep 2011 – Jun 2013',
      duration: '1 y 10 m',
      isExpected: false,
      initial: 'U',
    })
  })

  it('says "now" for what goes on, and "expected" for an end to come', () => {
    expect(described({ startDate: '2021-03-01', isCurrent: true }).dates).toBe('Mar 2021 – now')
    expect(described({ startDate: '2025-09-01', endDate: '2027-06-30' }).isExpected).toBe(true)
  })

  it('takes the second line as title where there is none', () => {
    expect(described({ institution: '1' }).title).toBe('University of Jordan')
  })
})

describe('dates and durations', () => {
  it.each([
    ['2019-02-01', '2019-06-30', 'Feb – Jun 2019'],
    ['2019-02-01', '', 'Feb 2019'],
    ['', '2019-06-30', 'Jun 2019'],
    ['2019-02-01', '2019-02-28', 'Feb 2019'],
  ])('writes %s to %s as %s', (from, until, words) => {
    expect(dateSpan(from, until)).toBe(words)
  })

  it('counts both months and refuses to count backwards', () => {
    expect(duration('2019-02-01', '2019-02-28')).toBe('1 m')
    expect(duration('2019-02-01', '2018-02-28')).toBe('')
  })

  it('names the days that stay', () => {
    expect(keptDayWords(['2011-09-01', '2013-06-30'])).toBe(
      'The days on record, 1 Sep 2011 and 30 Jun 2013, stay as they are.',
    )
    expect(keptDayWords(['2011-09-15'])).toBe('The day on record, 15 Sep 2011, stays as it is.')
    expect(keptDayWords([])).toBe('')
  })
})
