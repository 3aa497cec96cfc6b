import { randomUUID } from 'node:crypto'
import { type Answer, empty, json, notFound } from '../http/answer'
import { pageOf } from '../http/paging'
import { type Call, jsonBody, type Route } from '../http/route'
import { isRecord, type JsonRecord } from '../json'
import type { LegacyEntry, LegacyMemory, Person } from '../store/state'
import { memoryTargetOf } from './access'

const USER = '/dm/api/ai-mentor/orgs/{org}/users/{username}'
const PAGES = { defaultSize: 10, maxSize: 100 }
const CATEGORIES = ['lessons_learned', 'knowledge_gaps', 'help_requests', 'personal_information']

/** The older generation: named memories that hold key and value pairs. */
export const legacyMemoryRoutes: readonly Route[] = [
  {
    service: 'dm',
    path: `${USER}/memories/`,
    methods: { GET: withPerson(list), POST: withPerson(create) },
  },
  {
    service: 'dm',
    path: `${USER}/memory-entries/{entry}/`,
    methods: {
      GET: withPerson(readEntry),
      POST: withPerson(editEntry),
      DELETE: withPerson(remove),
    },
  },
  {
    service: 'dm',
    path: `${USER}/memory-categories/`,
    methods: { GET: withPerson(() => json(200, { categories: CATEGORIES })) },
  },
]

function withPerson(act: (call: Call, person: Person) => Answer) {
  return (call: Call): Answer => {
    const target = memoryTargetOf(call)
    return target.ok ? act(call, target.person) : target.answer
  }
}

function own(call: Call, person: Person): readonly LegacyMemory[] {
  const org = call.param('org')
  return call.store
    .state()
    .legacyMemories.filter((memory) => memory.org === org && memory.username === person.username)
}

function list(call: Call, person: Person): Answer {
  const category = call.query.get('category')
  const mentor = call.query.get('mentor')
  const rows = own(call, person).filter(
    (memory) =>
      (category === null || memory.category === category) &&
      (mentor === null || memory.mentor === mentor),
  )
  return pageOf(rows, PAGES, call, (memory) => renderMemory(memory, person))
}

function renderMemory(memory: LegacyMemory, person: Person): JsonRecord {
  return {
    mode: 'all',
    name: memory.name,
    unique_id: memory.unique_id,
    username: memory.username,
    email: person.email,
    platform: memory.org,
    mentor: memory.mentor,
    session_id: null,
    catalog_item_type: null,
    catalog_item_id: null,
    is_auto_generated: memory.automatic,
    category: memory.category,
    inserted_at: memory.insertedAt,
    updated_at: memory.updatedAt,
    entries: memory.entries.map((entry) => renderEntry(entry, memory)),
  }
}

function renderEntry(entry: LegacyEntry, memory: LegacyMemory): JsonRecord {
  return { ...entry, category: memory.category }
}

/** Answers with a page of the list, not with the new memory. */
function create(call: Call, person: Person): Answer {
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const { name, category, mentor_unique_id: mentor, entries } = body.value
  if (!Array.isArray(entries)) return json(400, { entries: ['This field is required.'] })
  const pairs = entries.filter(isPair)
  if (pairs.length < entries.length) {
    return json(400, { entries: [{ value: ['This field is required.'] }] })
  }
  const at = call.timestamp()
  call.store.state().legacyMemories.push({
    unique_id: randomUUID(),
    org: call.param('org'),
    username: person.username,
    name: typeof name === 'string' ? name : '',
    mentor: typeof mentor === 'string' ? mentor : null,
    category: typeof category === 'string' ? category : 'personal_information',
    automatic: false,
    insertedAt: at,
    updatedAt: at,
    entries: pairs.map(({ key, value }) => ({
      unique_id: randomUUID(),
      key,
      value,
      inserted_at: at,
      updated_at: at,
      expires_at: null,
    })),
  })
  return list(call, person)
}

function isPair(value: unknown): value is { readonly key: string; readonly value: string } {
  return isRecord(value) && typeof value['key'] === 'string' && typeof value['value'] === 'string'
}

function findEntry(call: Call, person: Person): readonly [LegacyEntry, LegacyMemory] | undefined {
  const id = call.param('entry')
  for (const memory of own(call, person)) {
    const entry = memory.entries.find(({ unique_id }) => unique_id === id)
    if (entry !== undefined) return [entry, memory]
  }
  return undefined
}

function readEntry(call: Call, person: Person): Answer {
  const found = findEntry(call, person)
  return found === undefined ? notFound() : json(200, renderEntry(...found))
}

function editEntry(call: Call, person: Person): Answer {
  const found = findEntry(call, person)
  if (found === undefined) return notFound()
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const [entry, memory] = found
  const { key, value } = body.value
  if (typeof key === 'string') entry.key = key
  if (typeof value === 'string') entry.value = value
  entry.updated_at = call.timestamp()
  memory.updatedAt = entry.updated_at
  return json(200, renderEntry(entry, memory))
}

/** A category's name in place of an id deletes the whole category: that is how the server is. */
function remove(call: Call, person: Person): Answer {
  const id = call.param('entry')
  const mine = new Set(own(call, person))
  const state = call.store.state()
  if (CATEGORIES.includes(id)) {
    state.legacyMemories = state.legacyMemories.filter(
      (memory) => !(mine.has(memory) && memory.category === id),
    )
    return empty(200)
  }
  const found = findEntry(call, person)
  if (found === undefined) return notFound()
  const [entry, memory] = found
  memory.entries = memory.entries.filter((other) => other !== entry)
  if (memory.entries.length === 0) {
    state.legacyMemories = state.legacyMemories.filter((other) => other !== memory)
  }
  return empty(200)
}
