/** A month of a year, written `YYYY-MM`. */
export type Month = string

const earliestLetters = 3
const monthsPerYear = 12

/** Full names, January first, as the language writes them. */
export function monthNames(locale: string, width: 'long' | 'short' = 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { month: width, timeZone: 'UTC' })
  return Array.from({ length: monthsPerYear }, (_, index) =>
    format.format(Date.UTC(2001, index, 15)),
  )
}

export function toMonth(year: number, month: number): Month {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}

/** Year and month from 1; undefined for anything that is not `YYYY-MM`. */
export function splitMonth(
  value: string | undefined,
): { readonly year: number; readonly month: number } | undefined {
  const parts = /^(\d{4})-(\d{2})$/.exec(value ?? '')
  if (!parts) return undefined
  const month = Number(parts[2])
  return month >= 1 && month <= monthsPerYear ? { year: Number(parts[1]), month } : undefined
}

export function addMonths(value: Month, count: number): Month {
  const parts = splitMonth(value)
  if (!parts) return value
  const index = Math.max(0, parts.year * monthsPerYear + parts.month - 1 + count)
  return toMonth(Math.floor(index / monthsPerYear), (index % monthsPerYear) + 1)
}

/** "Sep 2011". */
export function formatMonth(value: string | undefined, locale: string): string {
  const parts = splitMonth(value)
  if (!parts) return ''
  return `${monthNames(locale, 'short')[parts.month - 1] ?? ''} ${String(parts.year)}`
}

/**
 * Understands "9/2011", "09.2011", "2011-09", "2011/9", "sept 2011", "September, 2011" and "2011 sep"
 * in the given language and in English. Undefined for everything else: nothing is guessed.
 */
export function parseMonth(text: string, locale: string): Month | undefined {
  const words = text
    .trim()
    .toLocaleLowerCase(locale)
    .split(/[\s,./\-–]+/u)
    .filter((word) => word !== '')
  const [first, second] = words
  if (first === undefined || second === undefined || words.length > 2) return undefined
  const [year, month] = /^\d{4}$/.test(first) ? [first, second] : [second, first]
  if (!/^\d{4}$/.test(year)) return undefined
  const number = /^\d{1,2}$/.test(month) ? Number(month) : monthByName(month, locale)
  if (number === undefined || number < 1 || number > monthsPerYear) return undefined
  return toMonth(Number(year), number)
}

function monthByName(word: string, locale: string): number | undefined {
  if (Array.from(word).length < earliestLetters) return undefined
  for (const language of [locale, 'en']) {
    const matches = monthNames(language).flatMap((name, index) =>
      name.toLocaleLowerCase(language).startsWith(word) ? [index + 1] : [],
    )
    if (matches.length === 1) return matches[0]
  }
  return undefined
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -4,
  ArrowDown: 4,
  PageUp: -monthsPerYear,
  PageDown: monthsPerYear,
}

/** Where a key leads in a grid of four months a row; undefined for a key that leads nowhere. */
export function monthAfterKey(
  key: string,
  cursor: Month,
  isRightToLeft: boolean,
): Month | undefined {
  const year = splitMonth(cursor)?.year
  if (year === undefined) return undefined
  if (key === 'Home') return toMonth(year, 1)
  if (key === 'End') return toMonth(year, monthsPerYear)
  const step = keySteps[key]
  if (step === undefined) return undefined
  return addMonths(cursor, Math.abs(step) === 1 && isRightToLeft ? -step : step)
}
