import type { Json, JsonObject } from '../../../shared/domain/values'
import { isArray, isObject, objectIn, own, textIn } from './json-read'

/** Our field keys for a key of the wire; none when no field of the form shows it. */
export type FieldsOf = (wireKey: string, message: string) => readonly string[]

export interface ServerMessages {
  readonly detail?: string
  readonly fields: Readonly<Record<string, string>>
}

const maxLength = 300

/** Keys that hold messages about the whole request; every other key of a 400 is a field. */
const aboutAll: readonly string[] = [
  'detail',
  'message',
  'error',
  'error_description',
  'error_code',
  'developer_message',
  'user_message',
  'field_errors',
  'non_field_errors',
  'status',
  'code',
]

/** What a server said about a refused request, as plain text without any of `secrets`. */
export function serverMessages(
  body: Json | undefined,
  fieldsOf: FieldsOf,
  secrets: readonly string[],
): ServerMessages {
  const clean = (text: string) => plainText(text, secrets)
  if (typeof body === 'string') return withDetail(clean(body), {})
  if (isArray(body)) return withDetail(clean(firstText(body) ?? ''), {})
  if (!isObject(body)) return { fields: {} }
  const known: Record<string, string> = {}
  const unknown: string[] = []
  for (const [wireKey, said] of fieldMessages(body)) {
    const message = clean(said)
    const keys = fieldsOf(wireKey, message)
    for (const key of keys) known[key] ??= message
    if (keys.length === 0) unknown.push(`${wireKey}: ${message}`)
  }
  const general = clean(generalMessage(body) ?? '')
  const detail = general || clean(unknown.join(' ')) || Object.values(known)[0]
  return withDetail(detail ?? '', known)
}

const withDetail = (detail: string, fields: Readonly<Record<string, string>>): ServerMessages =>
  detail === '' ? { fields } : { detail, fields }

/** Both dialects: Open edX's `field_errors`, and `{field: ["message"]}` of the career service. */
function fieldMessages(body: JsonObject): readonly (readonly [string, string])[] {
  const named = objectIn(body, 'field_errors')
  const pairs: (readonly [string, string])[] = []
  for (const [key, value] of Object.entries(named ?? {})) {
    const message = isObject(value)
      ? (textIn(value, 'user_message') ?? textIn(value, 'developer_message'))
      : firstText(value)
    if (message !== undefined) pairs.push([key, message])
  }
  for (const [key, value] of Object.entries(body)) {
    if (aboutAll.includes(key)) continue
    const message = firstText(value)
    if (message !== undefined) pairs.push([key, message])
  }
  return pairs
}

const general: readonly string[] = [
  'user_message',
  'developer_message',
  'detail',
  'message',
  'error_description',
  'error',
  'non_field_errors',
]

function generalMessage(body: JsonObject): string | undefined {
  for (const key of general) {
    const message = firstText(own(body, key))
    if (message !== undefined) return message
  }
  return undefined
}

/** Messages come as text, as lists of texts and nested by record. */
function firstText(json: Json | undefined, depth = 0): string | undefined {
  if (typeof json === 'string') return json.trim() === '' ? undefined : json
  if (typeof json !== 'object' || json === null || depth > 4) return undefined
  for (const inner of Object.values(json)) {
    const text = firstText(inner, depth + 1)
    if (text !== undefined) return text
  }
  return undefined
}

/** Inert text of at most 300 characters: no markup, no control or direction characters, no secret. */
export function plainText(text: string, secrets: readonly string[]): string {
  // A hostile answer may be megabytes of `<`; the sentence stands at the beginning.
  const start = redact(text, secrets).slice(0, 20_000)
  const bare = start
    .replace(/<(script|style|head)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? ' ')
    // eslint-disable-next-line no-control-regex -- control characters are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  // Removing markup can join the halves of a secret.
  const safe = redact(bare, secrets)
  return safe.length <= maxLength ? safe : `${safe.slice(0, maxLength - 1)}…`
}

const entities: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '‹',
  '&gt;': '›',
  '&quot;': '"',
  '&#39;': "'",
}

const redact = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
