const maxWaitMs = 60_000

/**
 * How long a server asks to wait: seconds or a date, clamped to what the client honours. A date is
 * compared with the local clock, which may be wrong by years; the clamp bounds the damage.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (text === undefined || text === '') return undefined
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : clamp(date - now)
}

const clamp = (ms: number): number => Math.min(Math.max(ms, 0), maxWaitMs)
