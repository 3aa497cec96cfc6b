import { formatMonth } from '../../ui/month'

const locale = 'en'

/** "9 Nov", with the year when it is another one. */
export function shortDay(at: number, now: number): string {
  const parts = partsOf(at)
  const month = formatMonth(`${parts.year}-${parts.month}`, locale)
  const [name = '', year = ''] = month.split(' ')
  const day = `${String(Number(parts.day))} ${name}`
  return parts.year === partsOf(now).year ? day : `${day} ${year}`
}

/** "1 Sep 2011" for `2011-09-01`. */
export const calendarDay = (date: string): string =>
  `${String(Number(date.slice(8, 10)))} ${formatMonth(date.slice(0, 7), locale)}`

/** The month it is now, `YYYY-MM`. */
export function monthNow(now: number): string {
  const { year, month } = partsOf(now)
  return `${year}-${month}`
}

/** Today's date, `YYYY-MM-DD`. */
export function dayNow(now: number): string {
  const { year, month, day } = partsOf(now)
  return `${year}-${month}-${day}`
}

function partsOf(at: number): {
  readonly year: string
  readonly month: string
  readonly day: string
} {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? ''
  return { year: part('year'), month: part('month'), day: part('day') }
}
