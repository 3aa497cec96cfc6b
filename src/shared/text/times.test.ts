import { describe, expect, it } from 'vitest'
import { dateText, dayAndTimeText, durationText, timeText, whenText } from './times'

const now = new Date(2026, 10, 24, 14, 30).getTime()

describe('times', () => {
  it('shows hours and minutes of today', () => {
    expect(timeText(now)).toBe('14:30')
    expect(whenText(new Date(2026, 10, 24, 0, 5).getTime(), now)).toBe('00:05')
  })

  it.each([
    [new Date(2026, 10, 24, 13, 58), 'today, 13:58'],
    [new Date(2026, 10, 23, 23, 59), 'yesterday, 23:59'],
    [new Date(2026, 10, 25, 8, 0), 'tomorrow, 08:00'],
    [new Date(2026, 10, 19, 8, 0), '19 Nov, 08:00'],
    [new Date(2025, 10, 19, 8, 0), '19 Nov 2025'],
  ])('says the day of %s', (at, words) => {
    expect(dayAndTimeText(at.getTime(), now)).toBe(words)
  })

  it('names the day when it is not today', () => {
    expect(whenText(new Date(2026, 10, 23, 9, 1).getTime(), now)).toBe('yesterday, 09:01')
    expect(dateText(now)).toBe('24 Nov 2026')
  })

  it.each([
    [0, '1 s'],
    [19_400, '20 s'],
    [60_000, '1 min'],
    [150_000, '3 min'],
    [7_200_000, '2 h'],
  ])('tells %d ms as %s', (ms, words) => {
    expect(durationText(ms)).toBe(words)
  })
})
