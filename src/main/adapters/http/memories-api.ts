import { textOf, type JsonObject, type Values } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { WriteContext } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import { isObject, textIn } from './json-read'
import { createAgentDirectory, type AgentDirectory } from './memory-agents'
import { memoryPaths } from './memory-paths'
import { findMemory, pullMemories, type Generation, type MemoryPull } from './memory-pull'
import { homeOf, itemFromMemory, type MemoryHome } from './memory-wire'
import { listPage } from './pages'
import type { ApiPath } from './path'
import type { Answer } from './requests'
import {
  confirmGone,
  notOffered,
  type Counted,
  type ProfileScope,
  type ResourceApi,
} from './resource-api'

/** What agents remember about the person, in either generation of the service. */
export function createMemoriesApi(scope: ProfileScope): ResourceApi {
  const directory = createAgentDirectory(scope)
  let last: MemoryPull | undefined
  return {
    pull: async (_section, signal) => {
      const read = await pullMemories(scope, directory, signal)
      if (!read.ok) return read
      last = read.value
      return ok(read.value.pulled)
    },
    find: async (_section, id, signal) =>
      last ? findMemory(scope, last, { id, signal }) : ok(undefined),
    create: (_section, values, context) =>
      create(scope, { values, context, generation: last?.generation }),
    update: (_section, current, patch, context) => update(scope, { current, patch, context }),
    remove: (_section, current, context) => remove(scope, directory, { current, context }),
    count: (_section, signal) => count(scope, signal),
  }
}

interface Creation {
  readonly values: Values
  readonly context: WriteContext
  readonly generation: Generation | undefined
}

/** Without an agent the memory is for every agent. */
async function create(
  scope: ProfileScope,
  creation: Creation,
): Promise<Result<ServerItem | undefined>> {
  if (creation.generation === 'legacy') return createLegacy(scope, creation)
  const { values, context } = creation
  const agent = textOf(values.agent)
  const content = textOf(values.content)
  const answer = await scope.client.write({
    service: 'dm',
    method: 'POST',
    path: agent === '' ? memoryPaths.global(scope) : memoryPaths.ofMentor(scope, agent),
    body: {
      kind: 'json',
      json: agent === '' ? { content } : { content, category_slug: textOf(values.category) },
    },
    signal: context.signal,
    fieldsOf,
  })
  if (answer.ok) return ok(itemIn(answer.value, agent))
  // A server that does not know the route has not stored anything.
  const isOlder = creation.generation === undefined && answer.error.kind === 'not-found'
  return isOlder ? createLegacy(scope, creation) : answer
}

function itemIn({ body }: Answer, agent: string): ServerItem | undefined {
  if (!isObject(body)) return undefined
  const origin =
    agent === '' ? { store: 'global' as const } : { store: 'mentor' as const, mentor: agent }
  return itemFromMemory(body, origin, { agents: new Map() })
}

/** Answers with a page of the list instead of the new memory, so it is looked for by reading. */
async function createLegacy(
  scope: ProfileScope,
  { values, context }: Creation,
): Promise<Result<undefined>> {
  const agent = textOf(values.agent)
  const category = textOf(values.category) || 'personal_information'
  const json: JsonObject = {
    name: category,
    platform: scope.org,
    ...(agent !== '' && { mentor_unique_id: agent }),
    category,
    entries: [{ key: category, value: textOf(values.content) }],
  }
  const answer = await scope.client.write({
    service: 'dm',
    method: 'POST',
    path: memoryPaths.legacy(scope),
    body: { kind: 'json', json },
    signal: context.signal,
    fieldsOf,
  })
  return answer.ok ? ok(undefined) : answer
}

interface Update {
  readonly current: ServerItem
  readonly patch: Values
  readonly context: WriteContext
}

async function update(
  scope: ProfileScope,
  { current, patch, context }: Update,
): Promise<Result<ServerItem | undefined>> {
  const home = homeOf(current.id)
  if (!home) return notOffered()
  const isLegacy = home.store === 'legacy'
  const answer = await scope.client.write({
    service: 'dm',
    method: isLegacy ? 'POST' : 'PATCH',
    path: recordPath(scope, home),
    body: { kind: 'json', json: isLegacy ? legacyPatch(current, patch) : memoryPatch(patch) },
    signal: context.signal,
    fieldsOf,
  })
  // Answers to edits are documented for neither generation; the list tells what was kept.
  return answer.ok ? ok(undefined) : answer
}

const memoryPatch = (patch: Values): JsonObject => ({
  ...(patch.content !== undefined && { content: textOf(patch.content) }),
  ...(patch.category !== undefined && { category_slug: textOf(patch.category) }),
})

/** The published schema requires both, so the heading goes back as it came. */
const legacyPatch = ({ wire }: ServerItem, patch: Values): JsonObject => ({
  key: textIn(wire, 'key') ?? '',
  value: patch.content === undefined ? (textIn(wire, 'value') ?? '') : textOf(patch.content),
})

async function remove(
  scope: ProfileScope,
  directory: AgentDirectory,
  { current, context }: Omit<Update, 'patch'>,
): Promise<Result<void>> {
  const home = homeOf(current.id)
  if (!home) return notOffered()
  const answer = await scope.client.write({
    service: 'dm',
    method: 'DELETE',
    path: recordPath(scope, home),
    signal: context.signal,
  })
  if (answer.ok && answer.value.status !== 204) {
    const read = await pullMemories(scope, directory, context.signal)
    return confirmGone(read.ok ? ok(read.value.pulled) : read, current)
  }
  if (answer.ok || answer.error.kind === 'not-found') return ok(undefined)
  return err(answer.error)
}

function recordPath(scope: ProfileScope, home: MemoryHome): Result<ApiPath> {
  switch (home.store) {
    case 'mentor':
      return memoryPaths.oneOfMentor(scope, home.mentor, home.id)
    case 'global':
      return memoryPaths.oneGlobal(scope, home.id)
    case 'legacy':
      return memoryPaths.oneLegacy(scope, home.id)
  }
}

function fieldsOf(wireKey: string): readonly string[] {
  if (wireKey === 'content' || wireKey === 'entries' || wireKey === 'value') return ['content']
  return wireKey === 'category_slug' || wireKey === 'category' ? ['category'] : []
}

/** One short page of each place tells how many there are, where the server has those places. */
async function count(scope: ProfileScope, signal: AbortSignal): Promise<Result<Counted>> {
  const places = [memoryPaths.acrossMentors(scope), memoryPaths.global(scope)]
  const query = { page: '1', page_size: '1', my_memory: 'true' }
  const answers = await Promise.all(
    places.map((path) => scope.client.read({ service: 'dm', path, query, signal })),
  )
  const read = answers.filter((answer) => answer.ok)
  if (read.length > 0) return ok({ canWrite: true, found: totalOf(read.map(({ value }) => value)) })
  // Agent by agent, or the older generation: neither has a short page that tells.
  const pulled = await pullMemories(scope, createAgentDirectory(scope), signal)
  if (!pulled.ok) return answers.find((answer) => !answer.ok) ?? pulled
  return ok({ canWrite: true, found: pulled.value.pulled.items.length })
}

function totalOf(answers: readonly Answer[]): number {
  return answers.reduce((sum, { body }) => {
    const page = listPage(body)
    return sum + (page?.count ?? page?.entries.length ?? 0)
  }, 0)
}
