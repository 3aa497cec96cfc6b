import { expect, it } from 'vitest'
import { retryAfterMs } from './retry-after'

const now = Date.UTC(2026, 9, 1, 12, 0, 0)

it.each([
  ['13', 13_000],
  ['0', undefined],
  ['-5', undefined],
  ['1000000000', 3_600_000],
  ['Thu, 01 Oct 2026 12:00:20 GMT', 20_000],
  ['Thu, 01 Oct 2026 11:00:00 GMT', undefined],
  // E35: a clock that is years off does not make the client wait for years.
  ['Thu, 01 Oct 2099 12:00:00 GMT', 3_600_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('E2: Retry-After %j waits %j ms', (header, waitMs) => {
  expect(retryAfterMs(header, now)).toBe(waitMs)
})
