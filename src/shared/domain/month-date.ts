/**
 * Dates on the platform have days, forms show months. A month chosen anew becomes its first or last
 * day; the month a date already lies in leaves its day alone.
 */
export const monthOf = (date: string): string => date.slice(0, 7)

export function withMonth(date: string | null, month: string, day: 'first' | 'last'): string {
  if (date !== null && monthOf(date) === month) return date
  return day === 'first' ? `${month}-01` : `${month}-${lastDayOf(month)}`
}

/** Whether a form that shows months hides a day the person may care for. */
export const hidesDay = (date: string, day: 'first' | 'last'): boolean =>
  withMonth(null, monthOf(date), day) !== date

const lengths: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** How many days a month `YYYY-MM` has; 0 for one that does not exist. */
export function daysIn(month: string): number {
  const [year = 0, ofYear = 0] = month.split('-').map(Number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return ofYear === 2 && isLeap ? 29 : (lengths[ofYear - 1] ?? 0)
}

const lastDayOf = (month: string): string => String(daysIn(month)).padStart(2, '0')
