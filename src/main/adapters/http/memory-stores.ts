import type { FieldValue, JsonObject, Values } from '../../../shared/domain/values'
import { booleanIn, objectIn } from './json-read'

/** Our field → the key under which every store holds the switch. */
export const switchKeys = {
  learn: 'auto_capture_enabled',
  use: 'use_memory_in_responses',
} as const
export type SwitchField = keyof typeof switchKeys

export const switchFields: readonly SwitchField[] = ['learn', 'use']

/** Places that may hold the switches, the one whose values are shown first. */
export const storeNames = ['memsearch-settings', 'metadata', 'public_metadata', 'account'] as const
export type StoreName = (typeof storeNames)[number]

/** What each place answered; absent where it does not exist or may not be read. */
export interface StoreDocuments {
  readonly settings?: JsonObject
  readonly metadata?: JsonObject
  readonly account?: JsonObject
}

export function documentOf(documents: StoreDocuments, store: StoreName): JsonObject | undefined {
  switch (store) {
    case 'memsearch-settings':
      return documents.settings
    case 'metadata':
      return documents.metadata
    case 'public_metadata':
      return documents.metadata && objectIn(documents.metadata, 'public_metadata')
    case 'account':
      return documents.account
  }
}

const holdsSwitch = (document: JsonObject): boolean =>
  Object.values(switchKeys).some((key) => booleanIn(document, key) !== undefined)

/** A store is a place that holds at least one of the two keys. */
export const storesIn = (documents: StoreDocuments): readonly StoreName[] =>
  storeNames.filter((name) => {
    const document = documentOf(documents, name)
    return document !== undefined && holdsSwitch(document)
  })

export type StoreInUse = StoreName | 'none'

export function storeInUse(documents: StoreDocuments): StoreInUse {
  return storesIn(documents)[0] ?? (documents.settings ? 'memsearch-settings' : 'none')
}

/** Never a default: what the store does not say is empty. */
export function switchValues(documents: StoreDocuments): Values {
  const inUse = storeInUse(documents)
  // The LMS documents may hold one switch each; the settings endpoint speaks for both.
  const stores = inUse === 'memsearch-settings' ? [inUse] : storesIn(documents)
  const held = stores
    .map((store) => documentOf(documents, store))
    .filter((document) => document !== undefined)
  const read = (field: SwitchField): FieldValue =>
    held.map((document) => booleanIn(document, switchKeys[field])).find((on) => on !== undefined) ??
    null
  return { learn: read('learn'), use: read('use') }
}

/** Where a changed switch is written: to all stores, or to the place where it would be looked for. */
export function storesToWrite(documents: StoreDocuments): readonly StoreName[] {
  const stores = storesIn(documents)
  if (stores.length > 0) return stores
  return documents.settings ? ['memsearch-settings'] : ['public_metadata']
}
