import type { ItemId, MutationId, SectionId } from '../domain/ids'
import { equalValue } from '../domain/values'
import { accepted, failed, pulled, pullFailed, withRead } from './answers'
import { published, type Step, type SyncEvent } from './events'
import { addEdit, removeEdit, setState, type OutboxChange } from './outbox'
import type { JournalRecord } from './ports'
import { draftKey, type Draft, type Mutation, type SyncState } from './state'

/** The whole engine: the state before and what happened give the state after and what to do. */
export function step(state: SyncState, event: SyncEvent): Step {
  switch (event.type) {
    case 'edited':
      return edited(state, event.mutation)
    case 'draft-saved':
      return draftSaved(state, event.draft)
    case 'draft-dropped':
      return draftDropped(state, event.section, event.item)
    case 'read-started':
      return withRead(state, event.section, { kind: 'reading' })
    case 'pulled':
      return pulled(state, event)
    case 'pull-failed':
      return pullFailed(state, event)
    case 'sending':
      return sending(state, event)
    case 'accepted':
      return accepted(state, event)
    case 'contested':
      return onOutbox(state, event.id, (outbox) =>
        setState(outbox, event.id, {
          state: { kind: 'conflict', theirs: event.theirs, seenAt: event.at },
        }),
      )
    case 'failed':
      return failed(state, event)
    case 'withdrawn':
      return onOutbox(state, event.id, (outbox, mutation) =>
        mutation.state.kind === 'in-flight' ? undefined : removeEdit(outbox, event.id),
      )
    case 'resolved':
      return resolved(state, event)
    case 'retried':
      return retried(state, event.id)
    case 'connectivity':
      return connectivity(state, event.isOnline, event.at)
    case 'credential-renewed':
      return [
        { ...state, access: { lms: 'unknown', dm: 'unknown' }, reads: new Map() },
        [{ type: 'publish-status' }],
      ]
    case 'restarted':
      return restarted(state)
  }
}

function sending(state: SyncState, event: Extract<SyncEvent, { type: 'sending' }>): Step {
  return onOutbox(state, event.id, (outbox, mutation) => {
    const isAsPlanned = mutation.editedAt === event.editedAt && canBeSent(mutation)
    if (!isAsPlanned) return undefined
    return setState(outbox, event.id, {
      state: { kind: 'in-flight', since: event.at },
      attempts: mutation.attempts + 1,
      sent: { ...mutation.sent, ...event.sent },
      ...(mutation.op === 'create' && { knownIds: mutation.knownIds ?? event.knownIds }),
    })
  })
}

const canBeSent = (mutation: Mutation): boolean =>
  mutation.state.kind === 'queued' || mutation.state.kind === 'waiting'

function edited(state: SyncState, mutation: Mutation): Step {
  const change = addEdit(state.outbox, mutation)
  const key = draftKey(mutation.section, mutation.item)
  const drafts = new Map(state.drafts)
  const hadDraft = drafts.delete(key)
  const records: JournalRecord[] = [...change.records]
  if (hadDraft) records.push({ type: 'draft-gone', section: mutation.section, item: mutation.item })
  return [
    { ...state, outbox: change.outbox, drafts },
    [{ type: 'persist', records }, ...published(mutation.section)],
  ]
}

function draftSaved(state: SyncState, draft: Draft): Step {
  const drafts = new Map(state.drafts).set(draftKey(draft.section, draft.item), draft)
  return [
    { ...state, drafts },
    [
      { type: 'persist', records: [{ type: 'draft', draft }] },
      { type: 'publish', section: draft.section },
    ],
  ]
}

function draftDropped(state: SyncState, section: SectionId, item: ItemId): Step {
  const drafts = new Map(state.drafts)
  if (!drafts.delete(draftKey(section, item))) return [state, []]
  return [
    { ...state, drafts },
    [
      { type: 'persist', records: [{ type: 'draft-gone', section, item }] },
      { type: 'publish', section },
    ],
  ]
}

/** The person has chosen; the server's values of now become the base, so that the choice is written. */
function resolved(state: SyncState, event: Extract<SyncEvent, { type: 'resolved' }>): Step {
  return onOutbox(state, event.id, (outbox, mutation) => {
    if (mutation.state.kind !== 'conflict') return undefined
    const { theirs } = mutation.state
    if (mutation.op === 'delete') {
      return setState(outbox, mutation.id, {
        state: { kind: 'queued' },
        base: { ...mutation.base, ...theirs },
        editedAt: event.at,
      })
    }
    const patch = { ...mutation.patch, ...event.choices }
    const kept = Object.fromEntries(
      Object.entries(patch).filter(([key, value]) => !equalValue(value, theirs[key])),
    )
    if (Object.keys(kept).length === 0) return removeEdit(outbox, mutation.id)
    return setState(outbox, mutation.id, {
      state: { kind: 'queued' },
      patch: kept,
      base: { ...mutation.base, ...theirs },
      editedAt: event.at,
    })
  })
}

function retried(state: SyncState, id: MutationId | undefined): Step {
  const wanted = state.outbox.filter(
    (mutation) =>
      (id === undefined || mutation.id === id) &&
      (mutation.state.kind === 'waiting' || mutation.state.kind === 'blocked'),
  )
  let { outbox } = state
  const records: JournalRecord[] = []
  for (const mutation of wanted) {
    const change = setState(outbox, mutation.id, { state: { kind: 'queued' } })
    outbox = change.outbox
    records.push(...change.records)
  }
  const sections = new Set(wanted.map((mutation) => mutation.section))
  return [
    { ...state, outbox },
    [
      { type: 'persist', records },
      ...[...sections].map((section) => ({ type: 'publish', section }) as const),
      { type: 'publish-status' },
    ],
  ]
}

function connectivity(state: SyncState, isOnline: boolean, at: number): Step {
  if (state.connectivity.isOnline === isOnline) return [state, []]
  return [{ ...state, connectivity: { isOnline, since: at } }, [{ type: 'publish-status' }]]
}

/** What was unanswered when the app ended may or may not have been carried out. */
function restarted(state: SyncState): Step {
  const outbox = state.outbox.map((mutation) =>
    mutation.state.kind === 'in-flight'
      ? { ...mutation, state: { kind: 'queued' } as const }
      : mutation,
  )
  return [{ ...state, outbox }, []]
}

function onOutbox(
  state: SyncState,
  id: MutationId,
  change: (outbox: readonly Mutation[], mutation: Mutation) => OutboxChange | undefined,
): Step {
  const mutation = state.outbox.find((entry) => entry.id === id)
  const changed = mutation && change(state.outbox, mutation)
  if (!mutation || !changed) return [state, []]
  return [
    { ...state, outbox: changed.outbox },
    [{ type: 'persist', records: changed.records }, ...published(mutation.section)],
  ]
}
