import { personNamed } from '../core/access'
import { type Answer, failure, forbidden, json } from '../http/answer'
import { type Call, jsonBody, type Route } from '../http/route'
import { isRecord, type JsonRecord } from '../json'
import type { Settings } from '../options'
import type { Person } from '../store/state'
import { applyAccount } from './apply'
import { type FieldError, fieldErrorsBody, readOnlyError, valueError } from './field-errors'
import { ownView } from './read'
import { checkAccount } from './validate'

const READ_ONLY = new Set([
  'id',
  'date_joined',
  'last_login',
  'profile_image',
  'is_active',
  'requires_parental_consent',
  'phone_number',
  'secondary_email',
  'secondary_email_enabled',
  'verified_name',
  'extended_profile',
  'activation_key',
  'pending_name_change',
  'account_privacy',
])
const DOCUMENT_KEYS = new Set([
  'title',
  'about',
  'language',
  'enable_sidebar_ai_mentor_display',
  'enable_skills_leaderboard_display',
  'is_profile_public',
])
const SWITCHES = ['auto_capture_enabled', 'use_memory_in_responses']

export function metadataRoutes({ metadataWrite }: Settings): readonly Route[] {
  const methods = metadataWrite ? { GET: readMetadata, POST: writeMetadata } : { GET: readMetadata }
  return [{ service: 'lms', path: '/lms/api/ibl/users/manage/metadata/', methods }]
}

type Found =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly answer: Answer }

function find(call: Call, username: string): Found {
  if (username === '') return { ok: false, answer: failure(400, 'username is required') }
  const person = personNamed(call, username)
  const own = person?.username === call.caller.username
  return person !== undefined && own ? { ok: true, person } : { ok: false, answer: forbidden() }
}

function readMetadata(call: Call): Answer {
  const found = find(call, call.query.get('username') ?? '')
  return found.ok ? json(200, documentOf(found.person, call)) : found.answer
}

function documentOf(person: Person, call: Call): JsonRecord {
  return { ...ownView(person, call), ...person.document }
}

function withoutUsername(sent: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => key !== 'username'))
}

/** The top level is merged; `public_metadata` is replaced as a whole. */
function writeMetadata(call: Call): Answer {
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const named = body.value['username']
  const found = find(call, typeof named === 'string' ? named : '')
  if (!found.ok) return found.answer
  const update = withoutUsername(body.value)
  const { settings } = call
  const errors = checkUpdate(update, found.person, settings)
  if (errors.size > 0) return json(400, fieldErrorsBody(errors))
  applyAccount(found.person, update, { state: call.store.state(), settings })
  found.person.document = merged(found.person.document, update, settings)
  return json(200, documentOf(found.person, call))
}

function checkUpdate(
  update: JsonRecord,
  person: Person,
  settings: Settings,
): ReadonlyMap<string, FieldError> {
  const errors = new Map<string, FieldError>()
  const checkable: JsonRecord = {}
  for (const [key, value] of Object.entries(update)) {
    if (READ_ONLY.has(key)) errors.set(key, readOnlyError(key))
    else if (value === null) errors.set(key, valueError(key, value, 'This field may not be null.'))
    else if (key === 'public_metadata' && !isRecord(value)) {
      errors.set(key, valueError(key, value, 'Expected a dictionary of items.'))
    } else checkable[key] = value
  }
  return new Map([...errors, ...checkAccount(checkable, { person, settings })])
}

function merged(document: JsonRecord, update: JsonRecord, settings: Settings): JsonRecord {
  const result = { ...document }
  for (const [key, value] of Object.entries(update)) {
    if (DOCUMENT_KEYS.has(key)) result[key] = value === '' ? null : value
    if (key === 'public_metadata') result[key] = publicPart(document, value, settings)
    const holdsSwitches = settings.flagStores.includes('metadata') && settings.flagsStick
    if (holdsSwitches && SWITCHES.includes(key) && typeof value === 'boolean') result[key] = value
  }
  return result
}

/** Arbitrary keys survive here, so the switches do too, unless this server is to lose them. */
function publicPart(document: JsonRecord, sent: unknown, settings: Settings): unknown {
  if (settings.flagsStick || !isRecord(sent)) return sent
  const before = isRecord(document['public_metadata']) ? document['public_metadata'] : {}
  const others = Object.entries(sent).filter(([key]) => !SWITCHES.includes(key))
  const kept = Object.entries(before).filter(([key]) => SWITCHES.includes(key))
  return Object.fromEntries([...others, ...kept])
}
