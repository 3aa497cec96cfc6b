import { refusedOrg, selfOrTargetOf, type Target, targetOf } from '../core/access'
import { type Answer, detail, json } from '../http/answer'
import { type Call, type Handler, jsonBody, type Route } from '../http/route'
import type { JsonRecord } from '../json'
import type { Settings } from '../options'
import type { StoredFlags } from '../store/state'

const USER = '/dm/api/ai-mentor/orgs/{org}/users/{username}'
const PROMPT = '/dm/api/ai-prompt/orgs/{org}/users/{username}'
const SWITCHES = ['auto_capture_enabled', 'use_memory_in_responses'] as const

export function flagRoutes({ flagStores, generation }: Settings): readonly Route[] {
  const route = (path: string, methods: Readonly<Record<string, Handler>>): Route => ({
    service: 'dm',
    path,
    methods,
  })
  const settingsStore = flagStores.includes('settings')
    ? [route(`${USER}/memsearch-settings/`, { GET: readSettings, PUT: writeSettings })]
    : []
  const gate =
    generation === 'legacy' ? [] : [route(`${USER}/memsearch-status/`, { GET: readGate })]
  const mentor = route(`${USER}/mentors/{mentor}/mentor-user-settings/`, {
    GET: readMentorSettings,
    POST: writeMentorSettings,
  })
  const status = flagStores.includes('status')
    ? [
        route(`${PROMPT}/memory-status/`, statusHandlers('use_memory_in_responses')),
        route(`${PROMPT}/chat-memory-status/`, statusHandlers('auto_capture_enabled')),
      ]
    : []
  return [...settingsStore, ...gate, mentor, ...status]
}

type Found = Extract<Target, { readonly ok: true }>

function storedFlags(call: Call, { org, person }: Found): StoredFlags | undefined {
  const owner = person.username
  return call.store.state().flags.find((row) => row.org === org && row.username === owner)
}

/** On a server that loses the write, the caller edits a row nobody keeps. */
function editableFlags(call: Call, found: Found): StoredFlags {
  const existing = storedFlags(call, found)
  if (existing !== undefined) return call.settings.flagsStick ? existing : { ...existing }
  const row: StoredFlags = {
    org: found.org,
    username: found.person.username,
    auto_capture_enabled: true,
    use_memory_in_responses: true,
    reference_saved_memories: true,
    updatedAt: call.timestamp(),
  }
  if (call.settings.flagsStick) call.store.state().flags.push(row)
  return row
}

function renderSettings(row: StoredFlags | undefined): JsonRecord {
  if (row === undefined) return {}
  const { auto_capture_enabled, use_memory_in_responses, updatedAt } = row
  return { auto_capture_enabled, use_memory_in_responses, updated_at: updatedAt }
}

function readSettings(call: Call): Answer {
  const found = selfOrTargetOf(call)
  return found.ok ? json(200, renderSettings(storedFlags(call, found))) : found.answer
}

function writeSettings(call: Call): Answer {
  const found = selfOrTargetOf(call)
  if (!found.ok) return found.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const sent = SWITCHES.filter((key) => key in body.value)
  const wrong = sent.filter((key) => typeof body.value[key] !== 'boolean')
  if (wrong.length > 0) return json(400, mustBeBoolean(wrong))
  if (sent.length === 0) {
    return json(400, { non_field_errors: [`At least one of ${SWITCHES.join(', ')} is required.`] })
  }
  const row = editableFlags(call, found)
  for (const key of sent) row[key] = body.value[key] === true
  row.updatedAt = call.timestamp()
  return json(200, renderSettings(call.settings.flagsStick ? row : storedFlags(call, found)))
}

function mustBeBoolean(keys: readonly string[]): JsonRecord {
  return Object.fromEntries(keys.map((key) => [key, ['Must be a valid boolean.']]))
}

function readGate(call: Call): Answer {
  const refused = refusedOrg(call, call.param('org'))
  return refused ?? json(200, { enable_memsearch: call.settings.memoryEnabled })
}

function readMentorSettings(call: Call): Answer {
  const found = targetOf(call)
  if (!found.ok) return found.answer
  const { reference_saved_memories = true } = storedFlags(call, found) ?? {}
  return json(200, { reference_saved_memories })
}

function writeMentorSettings(call: Call): Answer {
  const found = targetOf(call)
  if (!found.ok) return found.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const value = body.value['reference_saved_memories']
  if (typeof value !== 'boolean') return json(400, mustBeBoolean(['reference_saved_memories']))
  editableFlags(call, found).reference_saved_memories = value
  return json(200, { reference_saved_memories: value })
}

function statusHandlers(key: (typeof SWITCHES)[number]): Readonly<Record<string, Handler>> {
  const render = (row: StoredFlags): Answer => {
    const { username, org } = row
    return json(200, { id: 1, username, platform_key: org, enabled: row[key] })
  }
  const read = (call: Call): Answer => {
    const found = targetOf(call)
    if (!found.ok) return found.answer
    const row = storedFlags(call, found)
    return row === undefined ? detail(404, 'Memory status not found') : render(row)
  }
  const write = (call: Call): Answer => {
    const found = targetOf(call)
    if (!found.ok) return found.answer
    const body = jsonBody(call)
    if (!body.ok) return body.answer
    const { enabled } = body.value
    if (enabled === undefined) return json(400, { enabled: ['This field is required.'] })
    if (typeof enabled !== 'boolean') return json(400, mustBeBoolean(['enabled']))
    const row = editableFlags(call, found)
    row[key] = enabled
    return render(row)
  }
  return { GET: read, PUT: write }
}
