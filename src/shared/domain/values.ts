import * as v from 'valibot'

/** A file of the person's: on the server, or waiting in the private spool. */
export const fileValue = v.object({
  name: v.pipe(v.string(), v.maxLength(255)),
  /** Bytes; absent when the server does not tell. */
  size: v.optional(v.number()),
  type: v.optional(v.string()),
  /** Set while the bytes are in the spool: its entry there. */
  spoolId: v.optional(v.string()),
  sha256: v.optional(v.string()),
  /** The name it was sent under, where the server has given it another. */
  sentAs: v.optional(v.string()),
})
export type FileValue = Readonly<v.InferOutput<typeof fileValue>>

/** What one field holds. `null` is "empty"; a key that is absent is "the server did not say". */
export const fieldValue = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  v.pipe(v.string(), v.maxLength(200_000)),
  v.array(v.pipe(v.string(), v.maxLength(2_000))),
  fileValue,
])
export type FieldValue = null | boolean | number | string | readonly string[] | FileValue

export const values = v.record(v.pipe(v.string(), v.maxLength(60)), fieldValue)
export type Values = Readonly<Record<string, FieldValue>>

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
// An interface, since a type that names itself cannot be an argument of `Record`.
export interface JsonObject {
  readonly [key: string]: Json
}

export const isFileValue = (value: FieldValue | undefined): value is FileValue =>
  typeof value === 'object' && value !== null && 'name' in value

export const textOf = (value: FieldValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export const listOf = (value: FieldValue | undefined): readonly string[] =>
  isList(value) ? value : []

export const isList = (value: FieldValue | undefined): value is readonly string[] =>
  Array.isArray(value)

export const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (isList(value) && value.length === 0)

/** Equality of content: order does not matter in lists, and all empty forms are equal. */
export function equalValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b)
  if (isList(a) && isList(b)) return sameEntries(a, b)
  if (isFileValue(a) && isFileValue(b)) return sameFile(a, b)
  return a === b
}

const sameEntries = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false
  const others = b.toSorted()
  return a.toSorted().every((entry, index) => entry === others[index])
}

function sameFile(a: FileValue, b: FileValue): boolean {
  if (a.sha256 !== undefined && b.sha256 !== undefined)
    return a.sha256 === b.sha256 && nameHere(a) === nameHere(b)
  return a.name === b.name && a.size === b.size && a.spoolId === b.spoolId
}

const nameHere = ({ name, sentAs }: FileValue): string => sentAs ?? name

/** Only the keys whose content differs from `base`. */
export function changedValues(base: Values, next: Values): Values {
  const changed = Object.entries(next).filter(([key, value]) => !equalValue(base[key], value))
  return Object.fromEntries(changed)
}

/** Trimmed text, empty text as `null`: the one stored form of what a form holds. */
export function tidyValue(value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}
