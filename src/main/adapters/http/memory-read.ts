import type { JsonObject } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { AgentList } from './memory-agents'
import { memoryPaths } from './memory-paths'
import {
  isOwnMemory,
  legacyEntries,
  memoryPage,
  mentorOf,
  recordIdOf,
  type MemoryHome,
} from './memory-wire'
import { readAllPages, readPage } from './pages'
import type { ApiPath } from './path'
import type { ProfileScope } from './resource-api'

/** What one place of memories answered. */
export type PlaceAnswer =
  | {
      readonly kind: 'read'
      readonly memories: readonly JsonObject[]
      readonly isCut: boolean
      /** Why some of it could not be read. */
      readonly refusal?: AppError
      /** The page of each by what tells it apart, where the place was read in pages. */
      readonly pages?: ReadonlyMap<string, number>
    }
  /** This server has no such place. */
  | { readonly kind: 'missing'; readonly error: AppError }
  | { readonly kind: 'denied'; readonly error: AppError }

/** More than this is not asked for; longer pages are refused by some servers. */
const pageSize = 25
const ownOnly = { my_memory: 'true' }
/** One walk each where a server cannot list across agents. */
const maxAgentWalks = 50

/**
 * A failure that may pass fails the whole read: half a list would look like deleted memories. A
 * definite refusal is part of the picture.
 */
async function readPlace(
  scope: ProfileScope,
  path: Result<ApiPath>,
  { signal, query = {} }: { signal: AbortSignal; query?: Readonly<Record<string, string>> },
): Promise<Result<PlaceAnswer>> {
  const list = await readAllPages(scope.client, { service: 'dm', path, query, signal }, rules)
  if (list.ok) {
    const memories = list.value.entries.filter((entry) => isOwnMemory(entry, scope.username))
    return ok({ kind: 'read', memories, isCut: list.value.isCut, pages: list.value.pages })
  }
  const { error } = list
  const status = 'status' in error ? error.status : undefined
  if (error.kind === 'not-found' || status === 405 || status === 501) {
    return ok({ kind: 'missing', error })
  }
  return error.kind === 'forbidden' ? ok({ kind: 'denied', error }) : err(error)
}

function identityOf(memory: JsonObject): string | undefined {
  const id = recordIdOf(memory)
  return id === undefined ? undefined : identityAs(id, mentorOf(memory))
}

// Numbers start anew in every agent's store.
const identityAs = (id: string, mentor = ''): string => `${mentor}/${id}`

const rules = { identityOf, pageSize, parse: memoryPage }

/** The pages on which a memory may be now: that where it was met, and the one before if others went. */
function pagesOf(home: MemoryHome, place: PlaceAnswer): readonly number[] {
  const pages = place.kind === 'read' ? place.pages : undefined
  const mentor = home.store === 'mentor' ? home.mentor : undefined
  const number = pages?.get(identityAs(home.id, mentor))
  if (number === undefined) return []
  return number > 1 ? [number, number - 1] : [number]
}

/**
 * One memory where it was last met. `undefined`: it is not there, which tells nothing.
 * In: `place`, what the last whole read of its store gave.
 */
export async function lookForMemory(
  scope: ProfileScope,
  home: MemoryHome,
  { place, signal }: { readonly place: PlaceAnswer; readonly signal: AbortSignal },
): Promise<Result<JsonObject | undefined>> {
  const isOfMentor = home.store === 'mentor'
  const path = isOfMentor ? memoryPaths.acrossMentors(scope) : memoryPaths.global(scope)
  const request = { service: 'dm', path, signal, ...(isOfMentor && { query: ownOnly }) } as const
  for (const number of pagesOf(home, place)) {
    const page = await readPage(scope.client, request, { ...rules, number })
    if (!page.ok) return page.error.kind === 'not-found' ? ok(undefined) : page
    const met = page.value.entries.find((memory) => isMemoryAt(memory, home))
    if (met) return ok(isOwnMemory(met, scope.username) ? met : undefined)
  }
  return ok(undefined)
}

const isMemoryAt = (memory: JsonObject, home: MemoryHome): boolean =>
  recordIdOf(memory) === home.id && (home.store !== 'mentor' || mentorOf(memory) === home.mentor)

export const readAcrossMentors = (scope: ProfileScope, signal: AbortSignal) =>
  readPlace(scope, memoryPaths.acrossMentors(scope), { signal, query: ownOnly })

export const readGlobal = (scope: ProfileScope, signal: AbortSignal) =>
  readPlace(scope, memoryPaths.global(scope), { signal })

/** Agent by agent, in pages or grouped, whichever the server has. */
export async function readByMentor(
  scope: ProfileScope,
  { agents, refusal: listRefusal }: Pick<AgentList, 'agents' | 'refusal'>,
  signal: AbortSignal,
): Promise<Result<PlaceAnswer>> {
  const memories: JsonObject[] = []
  let refusal = listRefusal
  let missing: AppError = { kind: 'not-found', service: 'dm' }
  let isCut = agents.length > maxAgentWalks
  let hasRead = false
  for (const agent of agents.slice(0, maxAgentWalks)) {
    const answer = await readMentor(scope, agent.id, signal)
    if (!answer.ok) return answer
    const place = answer.value
    if (place.kind === 'denied') refusal ??= place.error
    if (place.kind === 'missing') missing = place.error
    if (place.kind !== 'read') continue
    hasRead = true
    isCut ||= place.isCut
    memories.push(...place.memories.map((memory) => withMentor(memory, agent.id)))
  }
  if (hasRead) return ok({ kind: 'read', memories, isCut, ...(refusal && { refusal }) })
  return ok(refusal ? { kind: 'denied', error: refusal } : { kind: 'missing', error: missing })
}

const withMentor = (memory: JsonObject, mentor: string): JsonObject =>
  mentorOf(memory) === undefined ? { ...memory, mentor_id: mentor } : memory

async function readMentor(
  scope: ProfileScope,
  mentor: string,
  signal: AbortSignal,
): Promise<Result<PlaceAnswer>> {
  const options = { signal, query: ownOnly }
  const paged = await readPlace(scope, memoryPaths.pagesOfMentor(scope, mentor), options)
  if (!paged.ok || paged.value.kind !== 'missing') return paged
  return readPlace(scope, memoryPaths.ofMentor(scope, mentor), options)
}

export async function readLegacy(
  scope: ProfileScope,
  signal: AbortSignal,
): Promise<Result<PlaceAnswer>> {
  const answer = await readPlace(scope, memoryPaths.legacy(scope), { signal })
  if (!answer.ok || answer.value.kind !== 'read') return answer
  return ok({ ...answer.value, memories: legacyEntries(answer.value.memories) })
}
