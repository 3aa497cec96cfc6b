import { asItemId } from '../../../shared/domain/ids'
import type { AnySection, FieldDescriptor } from '../../../shared/domain/sections/section'
import type { FieldValue, Json, JsonObject, Values } from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'
import { fieldFromWire, fieldToWire, valuesFromWire, wireKeyOf } from './field-wire'
import { idText, isObject, own, textIn, without } from './json-read'

type FieldPair = readonly [key: string, field: FieldDescriptor]
type Reference = FieldDescriptor & { readonly kind: 'reference' }

/** What the server derives by itself and refuses or ignores in a request. */
const readOnlyKeys: readonly string[] = ['user', 'user_info', 'created_at', 'updated_at']

/** Ids by their text, in the JSON type in which the server gave them. */
export type KnownIds = Map<string, Json>

const knownKey = (reference: Reference, id: string): string => `${reference.to}/${id}`

export const fieldsOf = (section: AnySection): readonly FieldPair[] =>
  Object.entries(section.fields)

const isReference = (field: FieldDescriptor): field is Reference => field.kind === 'reference'

/** A record of a list. One without an id can be shown but never be written or deleted. */
export function itemFromRecord(
  section: AnySection,
  record: JsonObject,
  knownIds: KnownIds,
): ServerItem {
  const id = idText(own(record, 'id'))
  const plain = fieldsOf(section).filter(([, field]) => !isReference(field))
  const values = valuesFromWire(plain, record)
  const labels: Record<string, string> = {}
  for (const [key, field] of fieldsOf(section)) {
    if (!isReference(field)) continue
    const found = referenceIn(record, key)
    if (found.id !== undefined) values[key] = fieldFromWire(field, found.id)
    if (found.label !== undefined) labels[key] = found.label
    const text = idText(found.id)
    if (text !== undefined && found.id !== undefined) knownIds.set(knownKey(field, text), found.id)
  }
  return {
    id: asItemId(id ?? `unknown:${JSON.stringify(values).slice(0, 200)}`),
    values,
    ...(Object.keys(labels).length > 0 && { labels }),
    wire: record,
    ...markIn(record),
    ...(id === undefined && { can: { update: false, delete: false } }),
  }
}

const markKey = 'iblai_profile_edit'

/** Where a new record tells by which edit it was made: `metadata` is free for anybody's use. */
export const withMark = (record: JsonObject, mark: string): JsonObject => ({
  ...record,
  metadata: { [markKey]: mark },
})

function markIn(record: JsonObject): { readonly madeBy?: string } {
  const metadata = own(record, 'metadata')
  const mark = isObject(metadata) ? own(metadata, markKey) : undefined
  return typeof mark === 'string' ? { madeBy: mark } : {}
}

/** Answers embed the referenced record; some give its id only, under one of two names. */
function referenceIn(
  record: JsonObject,
  key: string,
): { readonly id?: Json; readonly label?: string } {
  const wireKey = wireKeyOf(key)
  const nested = own(record, wireKey)
  const flatId = own(record, `${wireKey}_id`)
  if (isObject(nested)) {
    const id = own(nested, 'id') ?? flatId ?? null
    const label = textIn(nested, 'name')
    return { id, ...(label !== undefined && { label }) }
  }
  const id = flatId ?? nested
  return id === undefined ? {} : { id }
}

/** Remembers a record of a referenced collection, so that its id goes out in the type it came in. */
export function rememberId(section: AnySection, record: JsonObject, knownIds: KnownIds): void {
  const id = own(record, 'id')
  const text = idText(id)
  if (text !== undefined && id !== undefined) knownIds.set(`${section.id}/${text}`, id)
}

/** A new record: optional fields that were never set are left out. */
export function recordFromValues(
  section: AnySection,
  values: Values,
  knownIds: KnownIds,
): JsonObject {
  const body: Record<string, Json> = {}
  for (const [key, field] of fieldsOf(section)) {
    const value = values[key]
    if (value === undefined || value === null || value === '') continue
    put(body, [key, field], { value, knownIds })
  }
  return body
}

/**
 * The whole record for a replacing PUT: as it came, the patch over it. Whatever the app does not
 * know (`data`, `metadata`, keys of newer servers) goes back untouched.
 */
export function recordFromPatch(
  section: AnySection,
  current: ServerItem,
  write: { readonly patch: Values; readonly knownIds: KnownIds },
): JsonObject {
  const references = fieldsOf(section).filter(([, field]) => isReference(field))
  const nestedKeys = references.map(([key]) => wireKeyOf(key))
  const body: Record<string, Json> = {
    ...without(current.wire, [...readOnlyKeys, ...nestedKeys]),
  }
  for (const [key, field] of fieldsOf(section)) {
    const json = own(current.wire, wireKeyOf(key))
    // Answers may name an hour with a date, requests may not.
    if (field.kind === 'month' && typeof json === 'string') {
      put(body, [key, field], { value: fieldFromWire(field, json), knownIds: write.knownIds })
    }
  }
  for (const [key] of references) {
    const { id } = referenceIn(current.wire, key)
    if (id !== undefined) body[`${wireKeyOf(key)}_id`] = id
  }
  for (const [key, field] of fieldsOf(section)) {
    const value = write.patch[key]
    if (value !== undefined) put(body, [key, field], { value, knownIds: write.knownIds })
  }
  return body
}

function put(
  body: Record<string, Json>,
  [key, field]: FieldPair,
  { value, knownIds }: { readonly value: FieldValue; readonly knownIds: KnownIds },
): void {
  if (isReference(field)) {
    body[`${wireKeyOf(key)}_id`] = referenceToWire(field, value, knownIds)
    return
  }
  const wireKey = wireKeyOf(key)
  const json = fieldToWire(field, value)
  if (json === undefined) Reflect.deleteProperty(body, wireKey)
  else body[wireKey] = json
}

function referenceToWire(field: Reference, value: FieldValue, knownIds: KnownIds): Json {
  if (typeof value !== 'string' || value === '') return null
  const known = knownIds.get(knownKey(field, value))
  if (known !== undefined) return known
  // The published schema says integer; longer digits than a number holds stay text.
  return /^\d{1,15}$/.test(value) ? Number(value) : value
}

/** Whether an answer is the record and not just a part of it or a message. */
export function isWholeRecord(section: AnySection, record: JsonObject): boolean {
  if (idText(own(record, 'id')) === undefined) return false
  return fieldsOf(section).every(([key, field]) =>
    isReference(field)
      ? referenceIn(record, key).id !== undefined
      : own(record, wireKeyOf(key)) !== undefined,
  )
}

/** The field of the form that a refused wire key belongs to. */
export function formFieldsOf(section: AnySection): (wireKey: string) => readonly string[] {
  const byWireKey = new Map<string, string>()
  for (const [key, field] of fieldsOf(section)) {
    byWireKey.set(wireKeyOf(key), key)
    if (isReference(field)) byWireKey.set(`${wireKeyOf(key)}_id`, key)
  }
  return (wireKey) => {
    const key = byWireKey.get(wireKey)
    return key === undefined ? [] : [key]
  }
}
