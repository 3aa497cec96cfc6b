import type { SectionRegistry } from '../domain/sections/registry'
import type { Mutation, SyncState } from './state'
import { waitsForParent } from './status'

const maxInFlight = 2

/**
 * The edits that may be sent now, in order. One lane per record and one create at a time per
 * section; a record's edits keep their order; a host that refuses the credential stops its own
 * lanes only; nothing is sent while the platform cannot be reached. `claimed` are those already
 * being worked on.
 */
export function sendable(
  state: SyncState,
  registry: SectionRegistry,
  moment: { readonly now: number; readonly claimed: ReadonlySet<string> },
): readonly Mutation[] {
  if (!state.connectivity.isOnline) return []
  const busyLanes = new Set(
    state.outbox.filter((mutation) => moment.claimed.has(mutation.id)).map(laneOf),
  )
  const chosen: Mutation[] = []
  const passedItems = new Set<string>()
  for (const mutation of state.outbox) {
    if (moment.claimed.size + chosen.length >= maxInFlight) break
    const lane = laneOf(mutation)
    const isNext = !passedItems.has(mutation.item)
    passedItems.add(mutation.item)
    if (!isNext || busyLanes.has(lane) || moment.claimed.has(mutation.id)) continue
    if (!isDue(mutation, moment.now) || waitsForParent(mutation, state)) continue
    const section = registry.find(mutation.section)
    if (!section || state.access[section.service] === 'refused') continue
    busyLanes.add(lane)
    chosen.push(mutation)
  }
  return chosen
}

const laneOf = (mutation: Mutation): string =>
  mutation.op === 'create' ? `create ${mutation.section}` : `${mutation.section} ${mutation.item}`

function isDue(mutation: Mutation, now: number): boolean {
  return dueAt(mutation) <= now
}

/** When the mutation may be sent, as far as time alone decides. `Infinity`: not by itself. */
export function dueAt(mutation: Mutation): number {
  switch (mutation.state.kind) {
    case 'queued':
      return mutation.state.notBefore ?? 0
    case 'waiting':
      return mutation.state.until
    case 'in-flight':
    case 'blocked':
    case 'conflict':
      return Infinity
  }
}

/** When to look again; `undefined` when nothing waits for time. */
export function nextWakeAt(state: SyncState, now: number): number | undefined {
  const times = state.outbox.map(dueAt).filter((at) => at > now && at !== Infinity)
  return times.length > 0 ? Math.min(...times) : undefined
}
