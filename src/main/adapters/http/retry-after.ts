const maxWaitMs = 60 * 60_000

/**
 * How long a server asks to wait: seconds or a date, at most an hour. A date is compared with the
 * local clock, which may be wrong by years; the clamp bounds the damage. A time that has passed
 * already is no wish: taken at its word it would let the client ask without a pause.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (text === undefined || text === '') return undefined
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return inTime(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : inTime(date - now)
}

const inTime = (ms: number): number | undefined => (ms > 0 ? Math.min(ms, maxWaitMs) : undefined)
