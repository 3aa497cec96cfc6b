import type { ItemId } from '../../../shared/domain/ids'
import type { JsonObject } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Pulled } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import { readLegacyCategories, type Agent, type AgentDirectory } from './memory-agents'
import { readGate } from './memory-gate'
import {
  readAcrossMentors,
  readByMentor,
  lookForMemory,
  readGlobal,
  readLegacy,
  type PlaceAnswer,
} from './memory-read'
import { homeOf, itemFromMemory, mentorOf, type MemoryHome } from './memory-wire'
import { cutList, type ProfileScope } from './resource-api'

export type Generation = 'current' | 'legacy'

export interface MemoryPull {
  readonly pulled: Pulled
  readonly generation: Generation
  /** Of the current generation: how to look for one memory again. */
  readonly places?: Readonly<Record<'mentor' | 'global', PlaceAnswer>>
  readonly agents: readonly Agent[]
}

interface Places {
  readonly mentor: PlaceAnswer
  readonly global: PlaceAnswer
  readonly agents: readonly Agent[]
  /** Facts of which not all could be read. */
  readonly addsTo: readonly string[]
  readonly gate: boolean | undefined
}

/** Every own memory this server has, and what is needed to add another. */
export async function pullMemories(
  scope: ProfileScope,
  directory: AgentDirectory,
  signal: AbortSignal,
): Promise<Result<MemoryPull>> {
  const places = await readPlaces(scope, directory, signal)
  if (!places.ok) return places
  const { mentor, global, gate } = places.value
  if (mentor.kind === 'read' || global.kind === 'read') {
    return current(scope, directory, { places: places.value, signal })
  }
  if (gate === false) return ok(switchedOff(places.value))
  if (mentor.kind === 'denied') return err(mentor.error)
  if (global.kind === 'denied') return err(global.error)
  return older(scope, places.value, { signal, missing: mentor.error })
}

async function readPlaces(
  scope: ProfileScope,
  directory: AgentDirectory,
  signal: AbortSignal,
): Promise<Result<Places>> {
  const [across, global, list, gate] = await Promise.all([
    readAcrossMentors(scope, signal),
    readGlobal(scope, signal),
    directory.agents(signal),
    readGate(scope, signal),
  ])
  if (!across.ok) return across
  if (!global.ok) return global
  // Without the agents their memories cannot be read, and would look deleted.
  if (across.value.kind === 'missing' && list.trouble) return err(list.trouble)
  const mentor = across.value.kind === 'missing' ? await readByMentor(scope, list, signal) : across
  if (!mentor.ok) return mentor
  const { agents, isWhole } = list
  const addsTo = isWhole ? [] : ['agents']
  return ok({ mentor: mentor.value, global: global.value, agents, addsTo, gate })
}

async function current(
  scope: ProfileScope,
  directory: AgentDirectory,
  { places, signal }: { readonly places: Places; readonly signal: AbortSignal },
): Promise<Result<MemoryPull>> {
  const { mentor, global } = places
  const agents = withMentioned(places.agents, memoriesIn(mentor))
  const used = new Set(memoriesIn(mentor).map(mentorOf))
  const order = [...agents].sort((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)))
  const categories = await directory.categories(
    order.map((agent) => agent.id),
    signal,
  )
  const items = [...itemsFrom(mentor, 'mentor', agents), ...itemsFrom(global, 'global', agents)]
  const denied = [refusalOf(mentor) && 'mentor', refusalOf(global) && 'global']
  const facts: JsonObject = {
    ...commonFacts(places, agents),
    generation: 'current',
    hasGlobal: global.kind === 'read',
    categories: Object.fromEntries(
      [...categories.byAgent].map(([agent, list]) => [
        agent,
        list.map(({ slug, name }) => ({ slug, name })),
      ]),
    ),
    denied: denied.filter((store) => store !== undefined),
    isCut: isCut(mentor) || isCut(global),
  }
  const addsTo = [...places.addsTo, ...(categories.isWhole ? [] : ['categories'])]
  const unread = unreadIn(scope, [mentor, global])
  const pulled = { items, facts, addsTo, ...(unread && { unread }) }
  return ok({ pulled, generation: 'current', places: { mentor, global }, agents })
}

/** Why records may be there that are not among what was read. */
function unreadIn(scope: ProfileScope, places: readonly PlaceAnswer[]): AppError | undefined {
  const denied = places.map(refusalOf).find((error) => error !== undefined)
  return denied ?? (places.some(isCut) ? cutList(scope, 'dm') : undefined)
}

/** Why a place, or an agent in it, did not show its memories. */
function refusalOf(place: PlaceAnswer): AppError | undefined {
  return place.kind === 'read' ? place.refusal : place.kind === 'denied' ? place.error : undefined
}

/** Switched off for the organisation: nothing to show, and the reason why. */
const switchedOff = (places: Places): MemoryPull => ({
  generation: 'current',
  agents: places.agents,
  pulled: {
    items: [],
    facts: { ...commonFacts(places, places.agents), generation: 'current', hasGlobal: false },
    unread: { kind: 'forbidden', service: 'dm' },
  },
})

async function older(
  scope: ProfileScope,
  places: Places,
  { signal, missing }: { readonly signal: AbortSignal; readonly missing: AppError },
): Promise<Result<MemoryPull>> {
  const [legacy, categories] = await Promise.all([
    readLegacy(scope, signal),
    readLegacyCategories(scope, signal),
  ])
  if (!legacy.ok) return legacy
  // Neither generation: more likely a wrong organisation than a platform without memories.
  if (legacy.value.kind === 'missing') return err(missing)
  if (legacy.value.kind === 'denied') return err(legacy.value.error)
  const agents = withMentioned(places.agents, legacy.value.memories)
  const facts: JsonObject = {
    ...commonFacts(places, agents),
    generation: 'legacy',
    hasGlobal: true,
    legacyCategories: categories ?? [],
    isCut: legacy.value.isCut,
  }
  const items = itemsFrom(legacy.value, 'legacy', agents)
  const addsTo = [...places.addsTo, ...(categories ? [] : ['legacyCategories'])]
  const unread = unreadIn(scope, [legacy.value])
  const pulled = { items, facts, addsTo, ...(unread && { unread }) }
  return ok({ pulled, generation: 'legacy', agents })
}

const commonFacts = ({ gate }: Places, agents: readonly Agent[]): JsonObject => ({
  agents: agents.map(({ id, name }) => ({ id, name })),
  ...(gate !== undefined && { gate }),
})

const memoriesIn = (place: PlaceAnswer): readonly JsonObject[] =>
  place.kind === 'read' ? place.memories : []

const isCut = (place: PlaceAnswer): boolean => place.kind === 'read' && place.isCut

/** One memory where that read has met it; `undefined` where it is not there any more. */
export async function findMemory(
  scope: ProfileScope,
  { places, agents }: MemoryPull,
  { id, signal }: { readonly id: ItemId; readonly signal: AbortSignal },
): Promise<Result<ServerItem | undefined>> {
  const home = homeOf(id)
  if (!places || !home || home.store === 'legacy') return ok(undefined)
  const { store } = home
  const met = await lookForMemory(scope, home, { place: places[store], signal })
  if (!met.ok) return met
  return ok(met.value && itemFromMemory(met.value, { store }, namesOf(agents)))
}

const namesOf = (agents: readonly Agent[]) => ({
  agents: new Map(agents.map(({ id, name }) => [id, name])),
})

function itemsFrom(
  place: PlaceAnswer,
  store: MemoryHome['store'],
  agents: readonly Agent[],
): readonly ServerItem[] {
  const names = namesOf(agents)
  return memoriesIn(place)
    .map((memory) => itemFromMemory(memory, { store }, names))
    .filter((item) => item !== undefined)
}

/** Agents that only a memory names are offered too. */
function withMentioned(
  agents: readonly Agent[],
  memories: readonly JsonObject[],
): readonly Agent[] {
  const known = new Set(agents.map((agent) => agent.id))
  const mentioned = new Set(memories.map(mentorOf).filter((id) => id !== undefined))
  const rest = [...mentioned].filter((id) => !known.has(id))
  return [...agents, ...rest.map((id) => ({ id, name: id }))]
}
