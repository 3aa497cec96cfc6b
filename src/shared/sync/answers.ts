import type { SectionId } from '../domain/ids'
import { isAmbiguous, isTemporary } from '../errors'
import { equalValue } from '../domain/values'
import { backoffMs } from './backoff'
import { coveredEdits } from './chain'
import { factsAfter } from './facts'
import { published, type Step, type SyncEvent } from './events'
import { joinFollowers, replaceEdit, stored, withTheirs } from './outbox'
import type { JournalRecord } from './ports'
import { withAccessTo, withAnswerFrom, withFailureOf } from './reach'
import type { Mutation, ReadState, ServerItem, Snapshot, SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/**
 * A section was read: its copy is replaced, and the platform can be reached. A read that began
 * before the last edit was confirmed may not hold it, and of two reads at a time the one told last
 * may be the older: the copy stays.
 */
export function pulled(state: SyncState, event: EventOf<'pulled'>): Step {
  const { section, service, at } = event
  const reached: SyncState = {
    ...withAccessTo(withAnswerFrom(state, service, at), service),
    reads: new Map(state.reads).set(section, { kind: 'idle' }),
  }
  if (isOutdated(state, event)) return [reached, published(section)]
  const { items } = event.pulled
  const facts = factsAfter(state.snapshots.get(section)?.facts, event.pulled)
  const snapshot: Snapshot = { section, items, facts, readAt: at, upTo: state.confirmedCount }
  const { outbox, records } = reconsidered(reached, snapshot)
  return [
    {
      ...reached,
      outbox,
      snapshots: new Map(state.snapshots).set(section, snapshot),
      confirmations: counted(state, section),
    },
    [
      ...(records.length > 0 ? [{ type: 'persist', records } as const] : []),
      { type: 'save-snapshot', snapshot },
      ...published(section),
    ],
  ]
}

/** One more thing is known of the section: reads that are on their way may be older than it. */
export const counted = (
  { confirmations }: SyncState,
  section: SectionId,
): SyncState['confirmations'] =>
  new Map(confirmations).set(section, (confirmations.get(section) ?? 0) + 1)

/** Begun before the last edit of the section was confirmed, or before another read of it was told. */
export const isOutdated = (state: SyncState, event: EventOf<'pulled'>): boolean =>
  event.confirmations !== undefined &&
  event.confirmations !== (state.confirmations.get(event.section) ?? 0)

/** What a new copy says to waiting edits: their record is gone, or both sides agree by now. */
function reconsidered(
  state: SyncState,
  snapshot: Snapshot,
): { readonly outbox: readonly Mutation[]; readonly records: readonly JournalRecord[] } {
  if (!state.outbox.some((mutation) => mutation.section === snapshot.section)) {
    return { outbox: state.outbox, records: [] }
  }
  const before = itemsById(state.snapshots.get(snapshot.section))
  const now = itemsById(snapshot)
  const records: JournalRecord[] = []
  const hasNews = snapshot.items.some((item) => !before.has(item.id))
  const outbox = state.outbox.map((mutation) => {
    if (mutation.section !== snapshot.section) return mutation
    if (mutation.op === 'create') return hasNews ? lookingNow(mutation) : mutation
    if (mutation.op === 'delete') return mutation
    const item = now.get(mutation.item)
    const changed = item ? agreeing(mutation, item) : withLastSeen(mutation, before)
    if (changed !== mutation) records.push(stored(changed))
    return changed
  })
  return { outbox, records }
}

/** A record has appeared that may be the one whose answer was lost: it is not to be shown twice. */
const lookingNow = (mutation: Mutation): Mutation =>
  mutation.isUncertain === true && mutation.state.kind === 'queued'
    ? { ...mutation, state: { kind: 'queued' } }
    : mutation

const itemsById = (snapshot: Snapshot | undefined): ReadonlyMap<string, ServerItem> =>
  new Map((snapshot?.items ?? []).map((item) => [item.id, item]))

function agreeing(mutation: Mutation, item: ServerItem): Mutation {
  if (mutation.state.kind !== 'conflict') return mutation
  const agreed = Object.keys(mutation.state.theirs).every((key) =>
    equalValue(mutation.patch[key], item.values[key]),
  )
  return agreed ? withTheirs(mutation, {}) : mutation
}

/** Killed between the copy and the journal, the app may find the record missing in both. */
function withLastSeen(mutation: Mutation, before: ReadonlyMap<string, ServerItem>): Mutation {
  const item = before.get(mutation.item)
  if (!item && mutation.lastSeen) return mutation
  return { ...mutation, lastSeen: item?.values ?? mutation.base }
}

/** A read failed: the copy stays. */
export function pullFailed(state: SyncState, event: EventOf<'pull-failed'>): Step {
  const { error, at, section, service } = event
  return withRead(withFailureOf(state, service, { error, at }), section, {
    kind: 'failed',
    error,
    at,
  })
}

export function withRead(state: SyncState, section: SectionId, read: ReadState): Step {
  return [{ ...state, reads: new Map(state.reads).set(section, read) }, published(section)]
}

/** An attempt failed: the edit waits, is blocked, or waits for a credential. Nothing is dropped. */
export function failed(state: SyncState, event: EventOf<'failed'>): Step {
  const reached = withFailureOf(state, event.service, event)
  const mutation = reached.outbox.find((entry) => entry.id === event.id)
  if (!mutation) return [reached, [{ type: 'publish-status' }]]
  // A question that another read has raised meanwhile stays one: nothing of it was sent.
  if (mutation.state.kind === 'conflict') return [reached, published(mutation.section)]
  const changed = afterFailure(mutation, event, coveredEdits(state.outbox).has(event.id))
  const change = replaceEdit(reached.outbox, changed)
  // What was edited while an attempt was being stopped stays apart: only that attempt is meant.
  const joined =
    event.error.kind === 'cancelled'
      ? { outbox: change.outbox, records: [] }
      : joinFollowers(change.outbox, event.id)
  return [
    { ...reached, outbox: joined.outbox },
    [
      { type: 'persist', records: [...change.records, ...joined.records] },
      ...published(mutation.section),
    ],
  ]
}

function afterFailure(mutation: Mutation, event: EventOf<'failed'>, isCovered: boolean): Mutation {
  const counted: Mutation = { ...mutation, failures: (mutation.failures ?? 0) + 1 }
  const settled = mutation.state.kind === 'in-flight' ? withOutcome(counted, event) : counted
  return { ...settled, state: stateAfterFailure(settled, event, isCovered) }
}

/** A clear refusal says that this attempt was not carried out; it tells nothing of earlier ones. */
function withOutcome(mutation: Mutation, event: EventOf<'failed'>): Mutation {
  const mayBeDone =
    event.isUncertain === true ||
    isAmbiguous(event.error) ||
    event.error.kind === 'cancelled' ||
    event.error.kind === 'unexpected'
  if (mayBeDone || mutation.state.kind !== 'in-flight') return mutation
  const { wasUncertain = false } = mutation.state
  const { sent, ...rest } = mutation
  const kept = wasUncertain ? (sent ?? []).slice(0, -1) : []
  return { ...rest, isUncertain: wasUncertain, ...(kept.length > 0 && { sent: kept }) }
}

function stateAfterFailure(
  mutation: Mutation,
  event: EventOf<'failed'>,
  isCovered: boolean,
): Mutation['state'] {
  const { error, at } = event
  const waitsForCredential = error.kind === 'unauthorized' || error.kind === 'keychain'
  if (waitsForCredential || error.kind === 'cancelled') return { kind: 'queued' }
  if (!isTemporary(error) && !isCovered) return { kind: 'blocked', error }
  const pause = error.kind === 'rate-limited' ? error.retryAfterMs : undefined
  const until = at + (pause ?? backoffMs((mutation.failures ?? 1) - 1, event.chance))
  return { kind: 'waiting', until, error }
}
