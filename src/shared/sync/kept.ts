import { equalField } from '../domain/field-equality'
import type { AnySection } from '../domain/sections/section'
import { isFileValue, isList, textOf, type FieldValue, type Values } from '../domain/values'
import type { ServerItem } from './state'

/**
 * Whether the server has kept what was wanted of a field, in whatever form: trimmed, with another
 * case or a slash at the end, a date with its hours, a number as text, `false` as nothing.
 */
export function isKept(
  section: AnySection,
  key: string,
  [wanted, there]: readonly [FieldValue | undefined, FieldValue | undefined],
): boolean {
  if (there === undefined || equalField(section, key, [wanted, there])) return true
  // Servers rename files: two of them are compared elsewhere.
  if (isFileValue(wanted) || isFileValue(there)) return isFileValue(wanted) && isFileValue(there)
  if (isList(wanted) || isList(there)) return false
  const [a, b] = [plainForm(wanted), plainForm(there)]
  return a === b || (isDay.test(a) && b.startsWith(`${a}t`))
}

const isDay = /^\d{4}-\d{2}-\d{2}$/

export function plainForm(value: FieldValue | undefined): string {
  const text = value === true ? 'true' : textOf(value)
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').replace(/\/+$/, '').toLowerCase()
}

/** Fields of a record just made that the server has dropped or changed. What was left empty may have a default. */
export const fieldsNotKept = (
  section: AnySection,
  wanted: Values,
  { values }: Pick<ServerItem, 'values'>,
): readonly string[] =>
  Object.keys(wanted).filter(
    (key) => plainForm(wanted[key]) !== '' && !isKept(section, key, [wanted[key], values[key]]),
  )

/**
 * Of a record that was found: fields that still have to become what is wanted, emptied ones too. Where it
 * says nothing of a field it may have been made without: then what is wanted is written.
 */
export const fieldsToWrite = (
  section: AnySection,
  wanted: Values,
  { values }: Pick<ServerItem, 'values'>,
): readonly string[] =>
  Object.keys(wanted).filter((key) =>
    values[key] === undefined
      ? plainForm(wanted[key]) !== ''
      : !isKept(section, key, [wanted[key], values[key]]),
  )
