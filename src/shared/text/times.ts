/**
 * Times as people read them, in their own zone. The clock is always a 24 hour one: a time stands in
 * narrow columns and is compared with others.
 */
const locale = 'en-GB'
const dayMs = 86_400_000
const secondMs = 1_000
const minuteMs = 60_000
const hourMs = 3_600_000

const clockFormat: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow, using one is not. */
function format(options: Intl.DateTimeFormatOptions, at: number): string {
  const key = JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known.format(at)
}

/** "14:30". */
export const timeText = (at: number): string => format(clockFormat, at)

/** "14:30" today, else with the day: "yesterday, 13:58", "19 Nov, 13:58", "19 Nov 2025". */
export function whenText(at: number, now: number): string {
  return isSameDay(at, now) ? timeText(at) : dayAndTimeText(at, now)
}

/** As `whenText`, with the day always said: "today, 13:58". */
export function dayAndTimeText(at: number, now: number): string {
  const day = dayText(at, now)
  return yearOf(at) === yearOf(now) || isSameDay(at, now - dayMs) ? `${day}, ${timeText(at)}` : day
}

/** "today", "yesterday", "tomorrow", "19 Nov", "19 Nov 2025". */
export function dayText(at: number, now: number): string {
  if (isSameDay(at, now)) return 'today'
  if (isSameDay(at, now - dayMs)) return 'yesterday'
  if (isSameDay(at, now + dayMs)) return 'tomorrow'
  return yearOf(at) === yearOf(now) ? format({ day: 'numeric', month: 'short' }, at) : dateText(at)
}

/** "19 Nov 2025". */
export const dateText = (at: number): string =>
  format({ day: 'numeric', month: 'short', year: 'numeric' }, at)

/** How long something still takes: "20 s", "3 min", "2 h". Rounded up, never below one second. */
export function durationText(ms: number): string {
  if (ms >= hourMs) return `${String(Math.ceil(ms / hourMs))} h`
  if (ms >= minuteMs) return `${String(Math.ceil(ms / minuteMs))} min`
  return `${String(Math.max(1, Math.ceil(ms / secondMs)))} s`
}

const dayOf = (at: number): string =>
  format({ year: 'numeric', month: 'numeric', day: 'numeric' }, at)

const yearOf = (at: number): string => format({ year: 'numeric' }, at)

const isSameDay = (one: number, other: number): boolean => dayOf(one) === dayOf(other)
