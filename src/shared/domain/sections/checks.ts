import * as v from 'valibot'
import { daysIn, monthOf } from '../month-date'
import { fileValue } from '../values'

/** Schema parts that sections share. Every message is the sentence shown at the field. */

const optional = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema)

export const text = (limit: number) =>
  optional(v.pipe(v.string(), v.maxLength(limit, tooLong(limit))))

export const requiredText = (limit: number, message: string) =>
  v.pipe(v.string(message), v.minLength(1, message), v.maxLength(limit, tooLong(limit)))

export const longText = optional(v.pipe(v.string(), v.maxLength(100_000, tooLong(100_000))))

const calendarDate = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'Give a month, for example Sep 2011.'),
  v.check((date) => isCalendarDay(date), 'This month does not exist.'),
)

function isCalendarDay(date: string): boolean {
  const day = Number(date.slice(8))
  return day >= 1 && day <= daysIn(monthOf(date))
}

/** A calendar date `YYYY-MM-DD`, never shifted through a time zone. */
export const date = optional(calendarDate)

export const requiredDate = (message: string) =>
  v.pipe(v.string(message), v.minLength(1, message), calendarDate)

export const flag = optional(v.boolean())

export const codes = v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(20)))

export const reference = (message: string) => v.pipe(v.string(message), v.minLength(1, message))

export const year = optional(
  v.pipe(
    v.number('Give the year in four digits.'),
    v.integer('Give the year in four digits.'),
    v.minValue(1800, 'Give the year in four digits.'),
    v.maxValue(2200, 'Give the year in four digits.'),
  ),
)

/** At most 9.99 with two decimals: the platform's decimal field has three digits. */
export const grade = optional(
  v.pipe(
    v.string(),
    v.regex(
      /^-?\d(\.\d{1,2})?$/,
      'A number up to 9.99 with two decimals. Letters go in the description.',
    ),
  ),
)

/** The platform's own rule is looser; this catches what no mail server would take. */
export const email = v.pipe(
  v.string('Give an email address.'),
  v.minLength(1, 'Give an email address.'),
  v.maxLength(254, tooLong(254)),
  v.regex(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, 'This is not an email address.'),
)

/** `<`, `>` and web addresses are refused by the platform in a name. */
export const personName = v.pipe(
  requiredText(255, 'Enter your full name.'),
  v.check((name) => !/[<>]/.test(name), 'A name cannot hold < or >.'),
  v.check((name) => !/https?:\/\//i.test(name), 'A name cannot hold a web address.'),
)

export const webAddress = (limit: number) =>
  optional(
    v.pipe(
      v.string(),
      v.maxLength(limit, tooLong(limit)),
      v.regex(
        /^https?:\/\/[^\s/]+\.[^\s]+$/i,
        'Start with https:// and a host, for example https://example.org.',
      ),
    ),
  )

export const file = optional(fileValue)

/** Received, never edited: whatever it holds is fine. */
export const shown = v.any()

function tooLong(limit: number): string {
  return `At most ${limit} characters.`
}
