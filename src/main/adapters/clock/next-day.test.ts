import { expect, it } from 'vitest'
import { pauseUntil } from '../../../shared/domain/pause-length'
import { nextDayAt } from './next-day'

it.each([
  [new Date(2026, 10, 24, 23, 59), new Date(2026, 10, 25, 8)],
  [new Date(2026, 10, 24, 0, 1), new Date(2026, 10, 25, 8)],
  [new Date(2026, 11, 31, 12), new Date(2027, 0, 1, 8)],
  [new Date(2026, 2, 28, 12), new Date(2026, 2, 29, 8)],
])('from %s, tomorrow is 08:00 of the next day', (now, then) => {
  expect(pauseUntil('tomorrow', now.getTime(), nextDayAt)).toBe(then.getTime())
})

it('an hour is an hour', () => {
  expect(pauseUntil('hour', 1_000, nextDayAt)).toBe(3_601_000)
})
