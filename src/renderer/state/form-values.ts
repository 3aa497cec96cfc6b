import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../shared/domain/sections/section'
import { parseSocialLink } from '../../shared/domain/social-link'
import {
  changedValues,
  tidyValue,
  type FieldValue,
  type JsonObject,
  type Values,
} from '../../shared/domain/values'

/** What a text input's content is for its field. What cannot be read stays text, and is refused. */
export function typedValue(field: FieldDescriptor, text: string): FieldValue {
  if (field.kind === 'year' && /^\s*\d+\s*$/.test(text)) return Number(text)
  return text
}

/** Where the platform will have a link: the older name of X has its own host. */
export function linkOnPlatform(stored: string, facts: JsonObject): string {
  const { xHost } = facts
  if (typeof xHost !== 'string' || xHost === '') return stored
  return stored.replace(/^https:\/\/www\.x\.com\//, `https://www.${xHost.replace(/^www\./, '')}/`)
}

/** The form in which a typed value is kept. */
export function storedValue(field: FieldDescriptor | undefined, value: FieldValue): FieldValue {
  const tidy = tidyValue(value)
  if (typeof tidy !== 'string' || !field) return tidy
  if (field.kind === 'social-link') {
    const link = parseSocialLink(field.platform, tidy)
    return link.kind === 'link' ? link.stored : tidy
  }
  return field.kind === 'decimal' ? tidy.replace(',', '.') : tidy
}

export const storedValues = (section: AnySection, typed: Values): Values =>
  Object.fromEntries(
    Object.entries(typed).map(([key, value]) => [key, storedValue(fieldOf(section, key), value)]),
  )

/** What an edit sends: only what differs from the record. */
export const patchOf = (section: AnySection, base: Values, typed: Values): Values =>
  changedValues(base, storedValues(section, typed))

/** What a new record is made of: everything that was filled in. */
export const filledValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** Field keys in the order in which the form shows them. */
export const fieldOrder = (section: AnySection): readonly string[] => [
  ...new Set([...section.groups.flatMap((group) => group.fields), ...Object.keys(section.fields)]),
]

/** The fields that a flag switched on empties. */
export const emptiedBy = (section: AnySection, flag: string): readonly string[] =>
  Object.keys(section.fields).filter((key) => fieldOf(section, key)?.unless === flag)

/** Those that are the person's to change. */
export const editableKeys = (section: AnySection): readonly string[] =>
  Object.keys(section.fields).filter((key) => fieldOf(section, key)?.kind !== 'shown')

/** A stored draft may be older than the section's fields. */
export const knownValues = (section: AnySection, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => fieldOf(section, key)))

/** Fields that the platform has refused to change before. */
export function isClosed(facts: JsonObject, key: string): boolean {
  const { readOnly } = facts
  return Array.isArray(readOnly) && readOnly.includes(key)
}
