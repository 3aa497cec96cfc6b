import { characterCount, shown } from '../json'

/** How the server's serializer fields judge and normalise a value, with its own words. */
export type Checked =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string }

export interface Field {
  readonly required: boolean
  readonly nullable: boolean
  /** What an omitted field becomes: PUT replaces the whole record. */
  readonly fallback: unknown
  readonly check: (value: unknown) => Checked
}

const good = (value: unknown): Checked => ({ ok: true, value })
const bad = (message: string): Checked => ({ ok: false, message })

const optional = { required: false, nullable: true, fallback: null }

export const required = (field: Field): Field => ({ ...field, required: true, nullable: false })

export function textField(maxLength?: number): Field {
  return { ...optional, check: (value) => checkText(value, maxLength) }
}

function checkText(value: unknown, maxLength: number | undefined): Checked {
  if (typeof value !== 'string' && typeof value !== 'number') return bad('Not a valid string.')
  const text = String(value).trim()
  if (text === '') return bad('This field may not be blank.')
  if (maxLength === undefined || characterCount(text) <= maxLength) return good(text)
  return bad(`Ensure this field has no more than ${String(maxLength)} characters.`)
}

export function urlField(maxLength: number): Field {
  const check = (value: unknown): Checked => {
    const text = checkText(value, maxLength)
    return text.ok && !isUrl(String(text.value)) ? bad('Enter a valid URL.') : text
  }
  return { ...optional, check }
}

function isUrl(text: string): boolean {
  if (!/^(https?|ftps?):\/\/[^\s/?#]+\S*$/i.test(text) || !URL.canParse(text)) return false
  const host = new URL(text).hostname
  return host === 'localhost' || host.includes('.') || host.startsWith('[')
}

const DATE_FORMAT = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'

export const dateField: Field = {
  ...optional,
  check: (value) => (isDate(value) ? good(value) : bad(DATE_FORMAT)),
}

function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

const TRUE = new Set<unknown>([
  't',
  'T',
  'y',
  'Y',
  'yes',
  'true',
  'True',
  'TRUE',
  'on',
  '1',
  1,
  true,
])
const FALSE = new Set<unknown>([
  'f',
  'F',
  'n',
  'N',
  'no',
  'false',
  'False',
  'FALSE',
  'off',
  '0',
  0,
  false,
])

export function booleanField(nullable: boolean, fallback: boolean | null): Field {
  const check = (value: unknown): Checked => {
    if (TRUE.has(value)) return good(true)
    if (FALSE.has(value)) return good(false)
    if (nullable && (value === '' || value === 'null')) return good(null)
    return bad('Must be a valid boolean.')
  }
  return { required: false, nullable, fallback, check }
}

export const integerField: Field = { ...optional, check: checkInteger }

function checkInteger(value: unknown): Checked {
  const number =
    typeof value === 'string' && /^\s*-?\d+(\.0*)?\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number)
    ? good(number)
    : bad('A valid integer is required.')
}

export function choiceField(choices: readonly string[], fallback: string): Field {
  const check = (value: unknown): Checked =>
    typeof value === 'string' && choices.includes(value)
      ? good(value)
      : bad(`"${shown(value)}" is not a valid choice.`)
  return { required: false, nullable: false, fallback, check }
}

/** Anything, kept as it came. */
export const opaqueField: Field = { ...optional, check: good }

/** Three digits, two of them decimals, read back as a string with both decimals. */
export const gradeField: Field = { ...optional, check: checkGrade }

function checkGrade(value: unknown): Checked {
  if (value === '') return good(null)
  const text = String(value).trim()
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  const usable = (typeof value === 'string' || typeof value === 'number') && /\d/.test(text)
  if (parts === null || !usable) return bad('A valid number is required.')
  const whole = (parts[2] ?? '').replace(/^0+/, '')
  const decimals = parts[3] ?? ''
  if (Math.max(whole.length + decimals.length, decimals.length) > 3) {
    return bad('Ensure that there are no more than 3 digits in total.')
  }
  if (decimals.length > 2) return bad('Ensure that there are no more than 2 decimal places.')
  if (whole.length > 1)
    return bad('Ensure that there are no more than 1 digits before the decimal point.')
  const sign = parts[1] === '-' ? '-' : ''
  return good(`${sign}${whole === '' ? '0' : whole}.${decimals.padEnd(2, '0')}`)
}

export type Judged =
  | { readonly ok: true; readonly values: Record<string, unknown> }
  | { readonly ok: false; readonly errors: Readonly<Record<string, readonly string[]>> }

/** Every field of the request at once. Keys that are no fields are dropped. */
export function judge(
  fields: Readonly<Record<string, Field>>,
  sent: Readonly<Record<string, unknown>>,
): Judged {
  const values: Record<string, unknown> = {}
  const errors: Record<string, readonly string[]> = {}
  for (const [name, field] of Object.entries(fields)) {
    const checked = judgeField(field, sent[name])
    if (checked.ok) values[name] = checked.value
    else errors[name] = [checked.message]
  }
  return Object.keys(errors).length === 0 ? { ok: true, values } : { ok: false, errors }
}

function judgeField(field: Field, value: unknown): Checked {
  if (value === undefined)
    return field.required ? bad('This field is required.') : good(field.fallback)
  if (value !== null) return field.check(value)
  return field.nullable ? good(null) : bad('This field may not be null.')
}
