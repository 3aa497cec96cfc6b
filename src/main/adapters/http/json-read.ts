import type { Json, JsonObject } from '../../../shared/domain/values'

/** Small guards for reading what a server sent; nothing here trusts its shape. */

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

export const isArray = (json: Json | undefined): json is readonly Json[] => Array.isArray(json)

export const objectIn = (holder: JsonObject, key: string): JsonObject | undefined => {
  const value = own(holder, key)
  return isObject(value) ? value : undefined
}

export const arrayIn = (holder: JsonObject, key: string): readonly Json[] => {
  const value = own(holder, key)
  return isArray(value) ? value : []
}

/** Text that says something: neither empty nor blank. */
export const textIn = (holder: JsonObject, key: string): string | undefined => {
  const value = own(holder, key)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export const booleanIn = (holder: JsonObject, key: string): boolean | undefined => {
  const value = own(holder, key)
  return typeof value === 'boolean' ? value : undefined
}

/** Ids are compared as text, whatever JSON type a server gives them. */
export const idText = (json: Json | undefined): string | undefined =>
  typeof json === 'number' || (typeof json === 'string' && json !== '') ? String(json) : undefined

export const own = (holder: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(holder, key) ? holder[key] : undefined

export function without(holder: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([key]) => !keys.includes(key)))
}
