import type { SectionId } from '../domain/ids'
import { isTemporary, type AppError, type Service } from '../errors'
import { backoffMs } from './backoff'
import { published, type Step, type SyncEvent } from './events'
import { joinFollowers, removeEdit, renameItem, setState } from './outbox'
import type { JournalRecord } from './ports'
import type { Mutation, ReadState, ServerItem, Snapshot, SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/** A section was read: its copy is replaced, and the platform can be reached. */
export function pulled(state: SyncState, event: EventOf<'pulled'>): Step {
  const snapshot: Snapshot = { section: event.section, ...event.pulled, readAt: event.at }
  const next: SyncState = {
    ...state,
    snapshots: new Map(state.snapshots).set(event.section, snapshot),
    reads: new Map(state.reads).set(event.section, { kind: 'idle' }),
    connectivity: nowOnline(state, event.at),
  }
  return [next, [{ type: 'save-snapshot', snapshot }, ...published(event.section)]]
}

/** A read failed: the copy stays. */
export function pullFailed(state: SyncState, event: EventOf<'pull-failed'>): Step {
  const { error, at, section } = event
  const reachable = withAnswer(state, event.service, error, at)
  return withRead(reachable, section, { kind: 'failed', error, at })
}

/** The server holds the edit: it leaves the outbox, and the copy has its record. */
export function accepted(state: SyncState, event: EventOf<'accepted'>): Step {
  const mutation = state.outbox.find((entry) => entry.id === event.id)
  if (!mutation) return [state, []]
  const removed = removeEdit(state.outbox, mutation.id)
  let next: SyncState = {
    ...state,
    outbox: removed.outbox,
    savedAt: event.at,
    sectionSavedAt: new Map(state.sectionSavedAt).set(mutation.section, event.at),
    connectivity: nowOnline(state, event.at),
  }
  const records: JournalRecord[] = [...removed.records]
  if (mutation.op === 'create' && event.item) {
    const renamed = renameItem(next, mutation.item, event.item.id)
    records.push(...renamed.records)
    next = {
      ...next,
      outbox: renamed.outbox,
      drafts: renamed.drafts,
      aliases: new Map(next.aliases).set(mutation.item, event.item.id),
    }
  }
  const snapshot = snapshotAfter(next, mutation, event.item)
  if (snapshot)
    next = { ...next, snapshots: new Map(next.snapshots).set(snapshot.section, snapshot) }
  return [
    next,
    [
      { type: 'persist', records },
      ...(snapshot ? [{ type: 'save-snapshot', snapshot } as const] : []),
      ...published(mutation.section),
    ],
  ]
}

/** The snapshot with the confirmed record in its place. */
function snapshotAfter(
  state: SyncState,
  mutation: Mutation,
  item: ServerItem | undefined,
): Snapshot | undefined {
  const snapshot = state.snapshots.get(mutation.section)
  if (!snapshot) return undefined
  if (mutation.op === 'delete') {
    const items = snapshot.items.filter((entry) => entry.id !== mutation.item)
    return { ...snapshot, items }
  }
  if (!item) return undefined
  const isKnown = snapshot.items.some((entry) => entry.id === item.id)
  const items = isKnown
    ? snapshot.items.map((entry) => (entry.id === item.id ? item : entry))
    : [...snapshot.items, item]
  return { ...snapshot, items }
}

/** An attempt failed: the edit waits, is blocked, or waits for a credential. Nothing is dropped. */
export function failed(state: SyncState, event: EventOf<'failed'>): Step {
  const { error, at } = event
  const mutation = state.outbox.find((entry) => entry.id === event.id)
  if (!mutation) return [withAnswer(state, event.service, error, at), [{ type: 'publish-status' }]]
  const reachable = withAnswer(state, event.service, error, at)
  const change = setState(reachable.outbox, event.id, {
    state: stateAfterFailure(mutation, event),
  })
  const joined = joinFollowers(change.outbox, event.id)
  return [
    { ...reachable, outbox: joined.outbox },
    [
      { type: 'persist', records: [...change.records, ...joined.records] },
      ...published(mutation.section),
    ],
  ]
}

function stateAfterFailure(mutation: Mutation, event: EventOf<'failed'>): Mutation['state'] {
  const { error, at } = event
  const waitsForCredential = error.kind === 'unauthorized' || error.kind === 'keychain'
  if (waitsForCredential || error.kind === 'cancelled') return { kind: 'queued' }
  if (!isTemporary(error)) return { kind: 'blocked', error }
  const pause = error.kind === 'rate-limited' ? error.retryAfterMs : undefined
  const until = at + (pause ?? backoffMs(mutation.attempts, event.chance))
  return { kind: 'waiting', until, error }
}

/** What an answer, or its absence, says about the host and the network. */
function withAnswer(state: SyncState, service: Service, error: AppError, at: number): SyncState {
  if (error.kind === 'offline' && error.reason !== 'tls') {
    return state.connectivity.isOnline
      ? { ...state, connectivity: { isOnline: false, since: at } }
      : state
  }
  if (error.kind === 'keychain') {
    return { ...state, access: { lms: 'refused', dm: 'refused' } }
  }
  if (error.kind === 'unauthorized') {
    return {
      ...state,
      access: { ...state.access, [service]: 'refused' },
      connectivity: nowOnline(state, at),
    }
  }
  return 'status' in error && error.status !== undefined
    ? { ...state, connectivity: nowOnline(state, at) }
    : state
}

function nowOnline(state: SyncState, at: number): SyncState['connectivity'] {
  return state.connectivity.isOnline ? state.connectivity : { isOnline: true, since: at }
}

export function withRead(state: SyncState, section: SectionId, read: ReadState): Step {
  return [{ ...state, reads: new Map(state.reads).set(section, read) }, published(section)]
}
