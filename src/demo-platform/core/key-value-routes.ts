import { type Answer, empty, failure, json } from '../http/answer'
import { type Call, jsonBody, type Route } from '../http/route'
import { isRecord, type JsonRecord } from '../json'
import type { KeyValues } from '../store/state'

/** A free key-value store per person and organisation. */
export const keyValueRoutes: readonly Route[] = [
  {
    service: 'dm',
    path: '/dm/api/core/users/platform-metadata/',
    methods: { GET: read, PATCH: merge, PUT: replace, DELETE: clear },
  },
]

type Found =
  { readonly ok: true; readonly row: KeyValues } | { readonly ok: false; readonly answer: Answer }

/** Created on first sight: a person without values has an empty set, not none. */
function find(call: Call): Found {
  const no = (status: number, message: string): Found => ({
    ok: false,
    answer: failure(status, message),
  })
  const org = call.query.get('platform_key')
  if (org === null || org === '') return no(400, 'platform_key query parameter is required')
  if (!call.store.state().orgs.includes(org)) return no(404, 'Platform not found')
  const username = call.query.get('username') ?? call.caller.username
  if (username !== call.caller.username && !call.caller.admin) {
    return no(403, "Only tenant admins can access other users' metadata")
  }
  const { people, keyValues } = call.store.state()
  if (!people.some((person) => person.username === username)) return no(404, 'User not found')
  const existing = keyValues.find((row) => row.org === org && row.username === username)
  if (existing !== undefined) return { ok: true, row: existing }
  const at = call.timestamp()
  const row: KeyValues = { org, username, metadata: {}, createdAt: at, updatedAt: at }
  keyValues.push(row)
  return { ok: true, row }
}

function render({ username, org, metadata, createdAt, updatedAt }: KeyValues): JsonRecord {
  return { username, platform_key: org, metadata, created_at: createdAt, updated_at: updatedAt }
}

function read(call: Call): Answer {
  const found = find(call)
  return found.ok ? json(200, render(found.row)) : found.answer
}

function store(call: Call, row: KeyValues, metadata: JsonRecord): Answer {
  row.metadata = metadata
  row.updatedAt = call.timestamp()
  return json(200, render(row))
}

function merge(call: Call): Answer {
  const found = find(call)
  if (!found.ok) return found.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const { metadata, delete_keys: keys } = body.value
  if (metadata === undefined && keys === undefined) {
    return json(400, { non_field_errors: ['At least one of metadata, delete_keys is required.'] })
  }
  if (metadata !== undefined && !isRecord(metadata))
    return failure(400, 'metadata must be a JSON object')
  const doomed = new Set<unknown>(Array.isArray(keys) ? keys : [])
  const merged = Object.entries({ ...found.row.metadata, ...metadata })
  return store(call, found.row, Object.fromEntries(merged.filter(([key]) => !doomed.has(key))))
}

function replace(call: Call): Answer {
  const found = find(call)
  if (!found.ok) return found.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const { metadata = {} } = body.value
  if (!isRecord(metadata)) return failure(400, 'metadata must be a JSON object')
  return store(call, found.row, metadata)
}

function clear(call: Call): Answer {
  const found = find(call)
  if (!found.ok) return found.answer
  store(call, found.row, {})
  return empty(204)
}
