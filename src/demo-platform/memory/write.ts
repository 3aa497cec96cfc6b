import { type Answer, empty, failure, forbidden, json, notFound } from '../http/answer'
import { type Call, jsonBody } from '../http/route'
import { characterCount, type JsonRecord, shown } from '../json'
import type { Memory, Person } from '../store/state'
import { categoriesOf, renderMemory } from './render'

const MIN_CONTENT = 10

export interface Place {
  readonly org: string
  readonly person: Person
  /** Null for the memories every mentor sees. */
  readonly mentor: string | null
}

type Read =
  | {
      readonly ok: true
      readonly content: string | undefined
      readonly category: string | undefined
    }
  | { readonly ok: false; readonly answer: Answer }

const duplicate = (): Answer => failure(409, 'Memory already exists')

function readMemory(call: Call, mentor: string | null): Read {
  const body = jsonBody(call)
  if (!body.ok) return body
  const { content, category_slug: slug } = body.value
  const errors: Record<string, readonly string[]> = {}
  const problem = content === undefined ? undefined : contentProblem(content)
  if (problem !== undefined) errors['content'] = [problem]
  if (mentor !== null && slug !== undefined && !isCategory(call, mentor, slug)) {
    errors['category_slug'] = [
      `Category with slug "${shown(slug)}" does not exist for this mentor.`,
    ]
  }
  if (Object.keys(errors).length > 0) return { ok: false, answer: json(400, errors) }
  return {
    ok: true,
    content: typeof content === 'string' ? content.trim() : undefined,
    category: mentor !== null && typeof slug === 'string' ? slug : undefined,
  }
}

function contentProblem(content: unknown): string | undefined {
  if (content === null) return 'This field may not be null.'
  if (typeof content !== 'string') return 'Not a valid string.'
  if (content.trim() === '') return 'This field may not be blank.'
  if (characterCount(content.trim()) >= MIN_CONTENT) return undefined
  return `Ensure this field has at least ${String(MIN_CONTENT)} characters.`
}

function isCategory(call: Call, mentor: string, slug: unknown): boolean {
  return categoriesOf(call, mentor).some((category) => category.slug === slug)
}

export function createMemory(call: Call, place: Place): Answer {
  const read = readMemory(call, place.mentor)
  if (!read.ok) return read.answer
  const missing: JsonRecord = {}
  if (read.content === undefined) missing['content'] = ['This field is required.']
  if (place.mentor !== null && read.category === undefined) {
    missing['category_slug'] = ['This field is required.']
  }
  if (read.content === undefined || Object.keys(missing).length > 0) return json(400, missing)
  const at = call.timestamp()
  const memory: Memory = {
    id: call.store.newId(),
    org: place.org,
    username: place.person.username,
    mentor: place.mentor,
    category: read.category ?? null,
    content: read.content,
    automatic: false,
    session: null,
    createdAt: at,
    updatedAt: at,
  }
  if (isTaken(call, memory)) return duplicate()
  call.store.state().memories.push(memory)
  return json(201, renderMemory(memory, call))
}

/** The same text of the same person in the same place, under another id. */
function isTaken(call: Call, memory: Memory): boolean {
  return call.store
    .state()
    .memories.some(
      (other) =>
        other.id !== memory.id &&
        other.org === memory.org &&
        other.username === memory.username &&
        other.mentor === memory.mentor &&
        other.content === memory.content,
    )
}

type Found =
  { readonly ok: true; readonly memory: Memory } | { readonly ok: false; readonly answer: Answer }

/** Another person's row is refused, not hidden. */
function findMemory(call: Call, place: Place): Found {
  const id = call.param('id')
  const memory = call.store
    .state()
    .memories.find(
      (row) => String(row.id) === id && row.org === place.org && row.mentor === place.mentor,
    )
  if (memory === undefined) return { ok: false, answer: notFound() }
  const own = call.caller.admin || memory.username === call.caller.username
  return own ? { ok: true, memory } : { ok: false, answer: forbidden() }
}

export function editMemory(call: Call, place: Place): Answer {
  const found = findMemory(call, place)
  if (!found.ok) return found.answer
  const read = readMemory(call, place.mentor)
  if (!read.ok) return read.answer
  const { memory } = found
  if (read.content === undefined && read.category === undefined) {
    return json(400, { non_field_errors: ['At least one of content, category_slug is required.'] })
  }
  const content = read.content ?? memory.content
  if (isTaken(call, { ...memory, content })) return duplicate()
  memory.content = content
  memory.category = read.category ?? memory.category
  memory.updatedAt = call.timestamp()
  return json(200, renderMemory(memory, call))
}

export function deleteMemory(call: Call, place: Place): Answer {
  const found = findMemory(call, place)
  if (!found.ok) return found.answer
  const state = call.store.state()
  state.memories = state.memories.filter(({ id }) => id !== found.memory.id)
  return empty(204)
}
