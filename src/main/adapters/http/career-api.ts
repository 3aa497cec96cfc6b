import type { ItemId } from '../../../shared/domain/ids'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { JsonObject, Values } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Pulled, WriteContext } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import {
  formFieldsOf,
  isWholeRecord,
  itemFromRecord,
  recordFromPatch,
  recordFromValues,
  rememberId,
  withMark,
  type KnownIds,
} from './career-wire'
import { idText, isObject, own } from './json-read'
import { readAllPages, type WholeList } from './pages'
import { path, type ApiPath } from './path'
import type { Answer, WriteRequest } from './requests'
import {
  confirmGone,
  cutList,
  notOffered,
  type Counted,
  type ProfileScope,
  type ResourceApi,
} from './resource-api'

/**
 * The collections of the career service. Paths and wire keys follow from the descriptor, so a new
 * collection of the same pattern needs nothing here.
 */
export function createCareerApi(scope: ProfileScope): ResourceApi {
  const memory: CareerMemory = { knownIds: new Map(), undeletable: new Set(), markless: new Set() }
  return {
    pull: (section, signal) => pull(scope, memory, { section, signal }),
    find: (section, id, signal) => find(scope, memory, { section, id, signal }),
    create: (section, values, context) => create(scope, memory, { section, values, context }),
    update: (section, current, patch, context) =>
      update(scope, memory, { section, current, patch, context }),
    remove: (section, current, context) => remove(scope, memory, { section, current, context }),
    count: async (section, signal) => countOf(await pull(scope, memory, { section, signal })),
  }
}

/** What one session learns about a server. */
interface CareerMemory {
  readonly knownIds: KnownIds
  /** Collections that have answered a DELETE with "method not allowed". */
  readonly undeletable: Set<string>
  /** Collections that have refused the name of our edit in a record. */
  readonly markless: Set<string>
}

function collectionPath(scope: ProfileScope, section: AnySection): Result<ApiPath> {
  if (section.resource.kind !== 'career') throw new Error(`not a career section: ${section.id}`)
  return path`/api/career/orgs/${scope.org}/${section.resource.name}/users/${scope.username}/`
}

interface Read {
  readonly section: AnySection
  readonly signal: AbortSignal
}

async function pull(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, signal }: Read,
): Promise<Result<Pulled>> {
  const list = await readRecords(scope, { section, signal })
  if (!list.ok) return list
  const items = list.value.entries.map((record) => itemOf(section, record, memory))
  const facts = { canDelete: !memory.undeletable.has(section.id) }
  return ok({ items, facts, ...(list.value.isCut && { unread: cutList(scope, section.service) }) })
}

/** There is no request for one record: the list is read, and only this one looked at. */
async function find(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, id, signal }: Read & { readonly id: ItemId },
): Promise<Result<ServerItem | undefined>> {
  const list = await readRecords(scope, { section, signal })
  if (!list.ok) return list
  const record = list.value.entries.find((entry) => recordId(entry) === id)
  return ok(record && itemOf(section, record, memory))
}

function readRecords(scope: ProfileScope, { section, signal }: Read): Promise<Result<WholeList>> {
  const request = { service: section.service, path: collectionPath(scope, section), signal }
  return readAllPages(scope.client, request, { identityOf: recordId })
}

const recordId = (record: JsonObject): string | undefined => idText(own(record, 'id'))

function itemOf(section: AnySection, record: JsonObject, memory: CareerMemory): ServerItem {
  rememberId(section, record, memory.knownIds)
  const item = itemFromRecord(section, record, memory.knownIds)
  return memory.undeletable.has(section.id)
    ? { ...item, can: { ...item.can, delete: false } }
    : item
}

function countOf(pulled: Result<Pulled>): Result<Counted> {
  if (!pulled.ok) return pulled
  return ok({ canWrite: true, found: pulled.value.items.length })
}

interface Create {
  readonly section: AnySection
  readonly values: Values
  readonly context: WriteContext
}

/** With the name of the edit in it; where a server takes none, without. */
async function create(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, values, context }: Create,
): Promise<Result<ServerItem | undefined>> {
  const json = recordFromValues(section, values, memory.knownIds)
  const plain: Write = { section, context, method: 'POST', json }
  if (context.mark === undefined || memory.markless.has(section.id)) {
    return write(scope, memory, plain)
  }
  const marked = await write(scope, memory, { ...plain, json: withMark(json, context.mark) })
  if (marked.ok || !mayBeOfMark(marked.error)) return marked
  const made = await write(scope, memory, plain)
  if (made.ok) memory.markless.add(section.id)
  return made
}

/** A clear refusal that names no field of the form. */
const mayBeOfMark = (error: AppError): boolean =>
  error.kind === 'invalid' && Object.keys(error.fields).length === 0

interface Write {
  readonly section: AnySection
  readonly context: WriteContext
  readonly method: 'POST' | 'PUT'
  readonly json: JsonObject
  /** Of the record to replace. */
  readonly id?: string
}

async function write(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, context, method, json, id }: Write,
): Promise<Result<ServerItem | undefined>> {
  const request: WriteRequest = {
    service: section.service,
    method,
    path: collectionPath(scope, section),
    body: { kind: 'json', json },
    ...(id !== undefined && { query: { id } }),
    signal: context.signal,
    fieldsOf: formFieldsOf(section),
  }
  const answer = await scope.client.write(request)
  if (!answer.ok) return answer
  const record = answeredRecord(answer.value, id)
  if (!record || !isWholeRecord(section, record)) return ok(undefined)
  return ok(itemOf(section, record, memory))
}

/** The record in an answer; a record with another id is somebody else's, whatever it means. */
function answeredRecord(answer: Answer, id: string | undefined): JsonObject | undefined {
  const { body } = answer
  if (!isObject(body)) return undefined
  return id === undefined || recordId(body) === id ? body : undefined
}

interface Update {
  readonly section: AnySection
  readonly current: ServerItem
  readonly patch: Values
  readonly context: WriteContext
}

/** Replaces the whole record. Some servers show `metadata` and take none. */
async function update(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, current, patch, context }: Update,
): Promise<Result<ServerItem | undefined>> {
  const id = idText(own(current.wire, 'id'))
  // A replacing PUT without an id could hit any record.
  if (id === undefined) return notOffered()
  const json = recordFromPatch(section, current, { patch, knownIds: memory.knownIds })
  const whole: Write = { section, context, method: 'PUT', json, id }
  const written = await write(scope, memory, whole)
  const { metadata, ...rest } = json
  if (written.ok || metadata === undefined || !mayBeOfMark(written.error)) return written
  const withoutMetadata = await write(scope, memory, { ...whole, json: rest })
  const isRefusedToo = !withoutMetadata.ok && withoutMetadata.error.kind === 'invalid'
  return isRefusedToo ? written : withoutMetadata
}

async function remove(
  scope: ProfileScope,
  memory: CareerMemory,
  { section, current, context }: Omit<Update, 'patch'>,
): Promise<Result<void>> {
  const id = idText(own(current.wire, 'id'))
  if (id === undefined) return notOffered()
  const answer = await scope.client.write({
    service: section.service,
    method: 'DELETE',
    path: collectionPath(scope, section),
    query: { id },
    signal: context.signal,
  })
  if (answer.ok && answer.value.status !== 204) {
    return confirmGone(await pull(scope, memory, { section, signal: context.signal }), current)
  }
  if (answer.ok) return ok(undefined)
  if (isNotAllowed(answer.error)) memory.undeletable.add(section.id)
  return answer.error.kind === 'not-found' ? ok(undefined) : err(answer.error)
}

const isNotAllowed = (error: AppError): boolean =>
  error.kind === 'forbidden' && error.status === 405
