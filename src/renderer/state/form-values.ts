import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../shared/domain/sections/section'
import { parseSocialLink } from '../../shared/domain/social-link'
import {
  changedValues,
  equalValue,
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

/** The address a typed link is kept as; the text itself while it is none. */
export function storedLink(
  field: FieldDescriptor & { readonly kind: 'social-link' },
  text: string,
  facts: JsonObject,
): string {
  const link = parseSocialLink(field.platform, text)
  if (link.kind !== 'link') return text.trim()
  const host = field.platform === 'x' ? facts['xHost'] : undefined
  if (typeof host !== 'string' || host === '') return link.stored
  return link.stored.replace(/^https:\/\/[^/]+/, `https://www.${host.replace(/^www\./, '')}`)
}

/** The form in which a typed value is kept. */
export function storedValue(
  field: FieldDescriptor | undefined,
  value: FieldValue,
  facts: JsonObject,
): FieldValue {
  const tidy = tidyValue(value)
  if (typeof tidy !== 'string' || !field) return tidy
  if (field.kind === 'social-link') return storedLink(field, tidy, facts)
  return field.kind === 'decimal' ? tidy.replace(',', '.') : tidy
}

export const storedValues = (section: AnySection, typed: Values, facts: JsonObject): Values =>
  Object.fromEntries(
    Object.entries(typed).map(([key, value]) => [
      key,
      storedValue(fieldOf(section, key), value, facts),
    ]),
  )

/** What an edit sends: only what differs from the record. */
export const patchOf = (
  section: AnySection,
  { base, typed, facts }: { base: Values; typed: Values; facts: JsonObject },
): Values => changedValues(base, storedValues(section, typed, facts))

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

/**
 * Keys typed over a value that the platform has changed since: saving would put the new value over
 * the other one unasked. A value that only followed an edit of ours is not a change.
 */
export function overtakenKeys(
  savedThen: Values,
  { seen, saved, typed }: { seen: Values; saved: Values; typed: Values },
): readonly string[] {
  return Object.keys(savedThen).filter(
    (key) =>
      !equalValue(saved[key], savedThen[key]) &&
      !equalValue(saved[key], seen[key]) &&
      !equalValue(saved[key], typed[key]),
  )
}

/** The fields that a flag switched on empties. */
export const emptiedBy = (section: AnySection, flag: string): readonly string[] =>
  Object.keys(section.fields).filter((key) => fieldOf(section, key)?.unless === flag)

/** Those that are the person's to change. */
export const editableKeys = (section: AnySection): readonly string[] =>
  Object.keys(section.fields).filter((key) => fieldOf(section, key)?.kind !== 'shown')

/** A stored draft may be older than the section's fields. */
export const knownValues = (section: AnySection, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => fieldOf(section, key)))
