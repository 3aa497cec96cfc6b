import { isLocalId, type SectionId } from '../domain/ids'
import type { SectionRegistry } from '../domain/sections/registry'
import { coveredEdits, createsByItem, parentOf, recordKey } from './chain'
import { nextLookAt } from './doubts'
import { isReachable } from './reach'
import type { Mutation, SyncState } from './state'

/** Edits under way at a time: as many requests as a browser makes to one host. */
const maxInFlight = 6

/** Nothing waits longer than this by itself; a later moment is a clock that has been set back. */
const longestPauseMs = 60 * 60_000 + 60_000

/**
 * The edits that may be sent now, in order. One lane per record and one create at a time per
 * section; a record's edits keep their order, and one that is stuck holds back the later ones of its
 * record and nothing else; a section asked to wait waits as a whole; a host that refuses the
 * credential or is silent stops its own lanes only.
 * `claimed` are those already being worked on.
 */
export function sendable(
  state: SyncState,
  registry: SectionRegistry,
  moment: { readonly now: number; readonly claimed: ReadonlySet<string> },
): readonly Mutation[] {
  if (state.outbox.length === 0 || moment.claimed.size >= maxInFlight) return []
  const creates = createsByItem(state.outbox)
  const busy = new Set(
    state.outbox.filter(({ id }) => moment.claimed.has(id)).flatMap((entry) => lanesOf(entry)),
  )
  const held = busySections(state, moment.now)
  const chosen: Mutation[] = []
  for (const mutation of fronts(state.outbox)) {
    if (moment.claimed.size + chosen.length >= maxInFlight) break
    const lanes = lanesOf(mutation)
    if (lanes.some((lane) => busy.has(lane)) || dueAt(mutation, moment.now) > moment.now) continue
    if (parentOf(mutation, creates) || !isOpen(mutation, state, registry)) continue
    if (held.has(mutation.section) && !isLocalOnly(mutation)) continue
    lanes.forEach((lane) => busy.add(lane))
    chosen.push(mutation)
  }
  return chosen
}

/**
 * Of each record the edit whose turn it is: the first; with a delete behind, an unfinished create
 * that may have happened, so that its record is found, else the delete.
 */
function* fronts(outbox: readonly Mutation[]): Generator<Mutation> {
  const covered = coveredEdits(outbox)
  const passed = new Set<string>()
  for (const mutation of outbox) {
    const isToBeFound = mutation.op === 'create' && mutation.isUncertain === true
    if (covered.has(mutation.id) && !isToBeFound) continue
    const key = recordKey(mutation)
    if (passed.has(key)) continue
    passed.add(key)
    yield mutation
  }
}

const lanesOf = (mutation: Mutation): readonly string[] => [
  recordKey(mutation),
  ...(mutation.op === 'create' ? [`create ${mutation.section}`] : []),
]

/**
 * Where the platform has asked one edit to wait, the others of its section need not ask. Not those of
 * the whole host: an upload may be limited by the hour where everything else is not.
 */
const busySections = ({ outbox }: SyncState, now: number): ReadonlySet<string> =>
  new Set(
    outbox.flatMap((mutation) => {
      const { state, section } = mutation
      const isBusy = state.kind === 'waiting' && state.error.kind === 'rate-limited'
      return isBusy && dueAt(mutation, now) > now ? [section] : []
    }),
  )

/** The delete of a record that never left this computer asks nobody. */
export const isLocalOnly = (mutation: Mutation): boolean =>
  mutation.op === 'delete' && isLocalId(mutation.item)

function isOpen(mutation: Mutation, state: SyncState, registry: SectionRegistry): boolean {
  if (isLocalOnly(mutation)) return true
  const service = registry.find(mutation.section)?.service
  if (!service) return false
  return isReachable(state, service) && state.access[service] !== 'refused'
}

/** Sections with records that a write given up may still replace, where it is time to look. */
export function sectionsToLookAt(
  state: SyncState,
  registry: SectionRegistry,
  now: number,
): readonly SectionId[] {
  const due = state.doubts.filter(({ nextAt }) => nextAt <= now)
  return [...new Set(due.map(({ section }) => section))].filter((section) => {
    const service = registry.find(section)?.service
    return service && isReachable(state, service) && state.access[service] !== 'refused'
  })
}

/** When the mutation may be sent, as far as time alone decides. `Infinity`: not by itself. */
export function dueAt(mutation: Mutation, now: number): number {
  const at = statedTime(mutation)
  return at !== Infinity && at - now > longestPauseMs ? now : at
}

function statedTime({ state }: Mutation): number {
  switch (state.kind) {
    case 'queued':
      return state.notBefore ?? 0
    case 'waiting':
      return state.until
    case 'in-flight':
    case 'blocked':
    case 'conflict':
      return Infinity
  }
}

/** When to look again; `undefined` when nothing waits for time. */
export function nextWakeAt(state: SyncState, now: number): number | undefined {
  let earliest = Infinity
  const take = (at: number): void => {
    if (at > now && at < earliest) earliest = at
  }
  for (const mutation of state.outbox) take(dueAt(mutation, now))
  take(nextLookAt(state) ?? Infinity)
  return earliest === Infinity ? undefined : earliest
}
