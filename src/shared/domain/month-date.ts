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

function lastDayOf(month: string): string {
  const [year = '1970', monthOfYear = '01'] = month.split('-')
  return String(new Date(Date.UTC(Number(year), Number(monthOfYear), 0)).getUTCDate()).padStart(
    2,
    '0',
  )
}
