import type { FieldDescriptor } from '../../../shared/domain/sections/section'
import type { FieldValue, Json, JsonObject } from '../../../shared/domain/values'
import { idText, isArray, isObject, own } from './json-read'

/** `fieldOfStudy` → `field_of_study`: the one rule between our keys and those of the wire. */
export const wireKeyOf = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What a form shows for a value of the wire. Shapes that do not fit read as empty. */
export function fieldFromWire(field: FieldDescriptor, json: Json): FieldValue {
  switch (field.kind) {
    case 'flag':
      return typeof json === 'boolean' ? json : null
    case 'year':
      return yearFrom(json)
    case 'decimal':
      return decimalFrom(json)
    case 'month':
      return dateFrom(json)
    case 'choices':
      return listFrom(json)
    case 'reference':
      return idText(isObject(json) ? own(json, 'id') : json) ?? null
    case 'shown':
      return shownFrom(json)
    case 'file':
      return null
    case 'text':
    case 'long-text':
    case 'email':
    case 'suggest':
    case 'choice':
    case 'social-link':
      return textFrom(json)
  }
}

function textFrom(json: Json): string | null {
  if (typeof json === 'number') return String(json)
  return typeof json === 'string' && json !== '' ? json : null
}

function yearFrom(json: Json): number | null {
  const year = typeof json === 'string' && json.trim() !== '' ? Number(json) : json
  return typeof year === 'number' && Number.isFinite(year) ? year : null
}

/** `3.8` and `3.80` are one grade; the platform's own form has two decimals. */
function decimalFrom(json: Json): string | null {
  const text = textFrom(json)?.trim() ?? ''
  if (text === '') return null
  return /^-?\d{1,9}(\.\d+)?$/.test(text) ? Number(text).toFixed(2) : text
}

/** Only the date, as it was written: a time zone must not move it to another day. */
function dateFrom(json: Json): string | null {
  return textFrom(json)?.slice(0, 10) ?? null
}

/** Lists hold texts, or objects with a `code`. `null` means an empty list. */
function listFrom(json: Json): readonly string[] {
  if (!isArray(json)) return []
  return json
    .map((entry) => idText(isObject(entry) ? own(entry, 'code') : entry))
    .filter((entry) => entry !== undefined)
}

function shownFrom(json: Json): FieldValue {
  if (typeof json === 'boolean') return json
  return isArray(json) ? listFrom(json) : textFrom(json)
}

/** The wire form of an edited value; `undefined` leaves the key out. */
export function fieldToWire(field: FieldDescriptor, value: FieldValue): Json | undefined {
  switch (field.kind) {
    case 'flag':
      // Flags of the platform are not all nullable; none of them means anything by null.
      return value === true
    case 'choice':
      // Closed lists are neither nullable nor blank there: not sending the key empties it.
      return value === '' || value === null ? undefined : jsonOf(value)
    case 'decimal':
      return decimalFrom(jsonOf(value) ?? null)
    case 'file':
    case 'shown':
      return undefined
    default:
      return value === '' ? null : jsonOf(value)
  }
}

/** Texts, numbers and lists are JSON already; a file is sent as bytes, never as a value. */
function jsonOf(value: FieldValue): Json | undefined {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value.map(String) : undefined
}

/** The values of those fields that the record has at all: a missing key says nothing. */
export function valuesFromWire(
  fields: readonly (readonly [string, FieldDescriptor])[],
  record: JsonObject,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {}
  for (const [key, field] of fields) {
    const json = own(record, wireKeyOf(key))
    if (json !== undefined) values[key] = fieldFromWire(field, json)
  }
  return values
}
