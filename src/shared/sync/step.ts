import type { ItemId, MutationId, SectionId } from '../domain/ids'
import { equalValue } from '../domain/values'
import type { AppError } from '../errors'
import { accepted, withoutRecord } from './accept'
import { currentId, renamedDraft, renamedEdit } from './aliases'
import { failed, isOutdated, pulled, pullFailed, withRead } from './answers'
import { coveredEdits } from './chain'
import { withDoubts } from './doubts'
import { published, storedAsOne, type Found, type Step, type SyncEvent } from './events'
import { historyCleared, withHistory } from './history'
import { replaceEdit, setState, takeBack, unattempted } from './outbox'
import { edited } from './on-edit'
import { onOutbox } from './on-outbox'
import type { JournalRecord } from './ports'
import { draftOnNowBase, onOwnWrites } from './own-writes'
import { pauseEnded, pauseMoved, pauseOnStart, withPause } from './pause'
import { settleMs } from './plan'
import { withHint } from './reach'
import { resolved } from './resolve'
import { draftKey, type Draft, type Mutation, type SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/** The whole engine: the state before and what happened give the state after and what to do. */
export function step(state: SyncState, event: SyncEvent): Step {
  const paused = withPause(state, event, decided(state, event))
  return storedAsOne(withHistory(state, event, withDoubts(state, event, paused)))
}

function decided(state: SyncState, event: SyncEvent): Step {
  switch (event.type) {
    case 'edited':
      return edited(state, onNowBase(state, renamedEdit(state.aliases, event.mutation)))
    case 'pause-ended':
      return pauseEnded(state, event)
    case 'pause-moved':
      return pauseMoved(state)
    case 'draft-saved':
      return draftSaved(state, draftOnNowBase(state, renamedDraft(state.aliases, event.draft)))
    case 'draft-dropped':
      return draftDropped(state, event.section, currentId(state.aliases, event.item))
    case 'read-started':
      return withRead(state, event.section, { kind: 'reading' })
    case 'pulled':
      return withFound(pulled(state, event), isOutdated(state, event) ? [] : event.found, event)
    case 'pull-failed':
      return pullFailed(state, event)
    case 'sending':
      return sending(state, event)
    case 'accepted':
      return accepted(state, event)
    case 'contested':
      return contested(state, event)
    case 'postponed':
      return postponed(state, event)
    case 'never-made':
      return neverMade(state, event.id)
    case 'failed':
      return failed(state, event)
    case 'withdrawn':
      return withdrawn(state, event)
    case 'resolved':
      return resolved(state, event)
    case 'retried':
      return retried(state, event.id)
    case 'history-cleared':
      return historyCleared(state)
    case 'connectivity':
      return [withHint(state, event.isOnline, event.at), [{ type: 'publish-status' }]]
    case 'credential-renewed':
      return credentialRenewed(state)
    case 'restarted':
      return [restarted(state, event.at), []]
  }
}

/** Together with what was read, so that no moment shows a record twice. */
function withFound(
  read: Step,
  found: readonly Found[] = [],
  { service, at }: EventOf<'pulled'>,
): Step {
  return found.reduce<Step>(([state, effects], { id, editedAt, item, notKept }) => {
    const isStillLost = state.outbox.some((entry) => entry.id === id && canBeSent(entry))
    const isTaken = [...state.aliases.values()].includes(item.id)
    if (!isStillLost || isTaken) return [state, effects]
    const event: EventOf<'accepted'> = {
      type: 'accepted',
      id,
      editedAt,
      item,
      at,
      isFound: true,
      ...(notKept && { notKept }),
    }
    const [next, more] = accepted(state, service ? { ...event, service } : event)
    return [next, [...effects, ...more]]
  }, read)
}

function sending(state: SyncState, event: EventOf<'sending'>): Step {
  const isCovered = coveredEdits(state.outbox).has(event.id)
  return onOutbox(state, event.id, (outbox, mutation) => {
    const isAsPlanned = mutation.editedAt === event.editedAt && canBeSent(mutation)
    if (!isAsPlanned || isCovered) return undefined
    return setState(outbox, event.id, {
      state: {
        kind: 'in-flight',
        since: event.at,
        ...(mutation.isUncertain === true && { wasUncertain: true }),
      },
      attempts: mutation.attempts + 1,
      isUncertain: true,
      sent: [...(mutation.sent ?? []), event.sent].slice(-maxForms),
      sentAt: event.at,
      ...(event.replaces && { replaces: event.replaces }),
      ...(mutation.op === 'create' && { knownIds: mutation.knownIds ?? event.knownIds }),
    })
  })
}

/** Forms of one edit that are remembered; more than these were never told apart in practice. */
const maxForms = 8

const canBeSent = (mutation: Mutation): boolean =>
  mutation.state.kind === 'queued' || mutation.state.kind === 'waiting'

const onNowBase = (state: SyncState, mutation: Mutation): Mutation =>
  mutation.op === 'create'
    ? mutation
    : { ...mutation, base: onOwnWrites(state, mutation, mutation.base) }

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

/** Both sides changed the same: of the fields in question only those that still are. */
function contested(state: SyncState, event: EventOf<'contested'>): Step {
  return onOutbox(state, event.id, (outbox, mutation) => {
    if (!canBeSent(mutation)) return undefined
    const open = Object.entries(event.theirs).filter(
      ([key, value]) =>
        mutation.op === 'delete' ||
        (key in mutation.patch && !equalValue(mutation.patch[key], value)),
    )
    if (open.length === 0) return undefined
    return setState(outbox, event.id, {
      state: { kind: 'conflict', theirs: Object.fromEntries(open), seenAt: event.at },
    })
  })
}

function postponed(state: SyncState, event: EventOf<'postponed'>): Step {
  return onOutbox(state, event.id, (outbox, mutation) => {
    if (!canBeSent(mutation)) return undefined
    const { sentAt } = mutation
    return setState(outbox, event.id, {
      state: { kind: 'queued', notBefore: event.until },
      // After a clock has been set back the wait begins anew, once.
      ...(sentAt !== undefined && { sentAt: Math.min(sentAt, event.at) }),
    })
  })
}

function withdrawn(state: SyncState, event: EventOf<'withdrawn'>): Step {
  return onOutbox(state, event.id, (outbox, mutation) =>
    mutation.state.kind === 'in-flight'
      ? undefined
      : takeBack(outbox, mutation, event.canDelete === true),
  )
}

function credentialRenewed(state: SyncState): Step {
  const access = { lms: 'unknown', dm: 'unknown' } as const
  return [{ ...state, access, accessErrors: {}, reads: new Map() }, [{ type: 'publish-status' }]]
}

/** Trying again at the person's word also asks a host anew that has refused the credential. */
function retried(state: SyncState, id: MutationId | undefined): Step {
  const wanted = state.outbox.filter(
    (mutation) =>
      (id === undefined ? !isSuspected(mutation) : mutation.id === id) &&
      (mutation.state.kind === 'waiting' || mutation.state.kind === 'blocked'),
  )
  let { outbox } = state
  const records: JournalRecord[] = []
  for (const mutation of wanted) {
    const change = setState(outbox, mutation.id, {
      state: { kind: 'queued' },
      failures: 0,
      ...withoutSuspects(state, mutation),
    })
    outbox = change.outbox
    records.push(...change.records)
  }
  const { lms, dm } = state.access
  const sections = new Set(wanted.map((mutation) => mutation.section))
  return [
    {
      ...state,
      outbox,
      access: {
        lms: lms === 'refused' ? 'unknown' : lms,
        dm: dm === 'refused' ? 'unknown' : dm,
      },
      accessErrors: {},
    },
    [
      ...(records.length > 0 ? [{ type: 'persist', records } as const] : []),
      ...[...sections].map((section) => ({ type: 'publish', section }) as const),
      { type: 'publish-status' },
    ],
  ]
}

/** The person has seen what looks like their new record and wants it sent all the same. */
function withoutSuspects({ snapshots }: SyncState, mutation: Mutation) {
  if (!isSuspected(mutation)) return {}
  const { section, knownIds } = mutation
  const there = (snapshots.get(section)?.items ?? []).map(({ id }) => id)
  return { knownIds: [...new Set([...(knownIds ?? []), ...there])] }
}

/** A new record that one like it keeps from being sent again. */
const isSuspected = ({ op, state }: Mutation): boolean =>
  op === 'create' && state.kind === 'blocked' && isOwnDoubt(state.error)

/** Not the platform has said so, but what was found there. */
const isOwnDoubt = (error: AppError): boolean =>
  error.kind === 'duplicate' && error.status === undefined

/** Nothing of the record is on the platform: what is left of a doomed one is forgotten here. */
function neverMade(state: SyncState, id: MutationId): Step {
  const mutation = state.outbox.find((entry) => entry.id === id)
  if (!mutation || mutation.state.kind === 'in-flight') return [state, []]
  if (mutation.op === 'delete') {
    const removed = withoutRecord(state, mutation)
    return [
      removed.state,
      [{ type: 'persist', records: removed.records }, ...published(mutation.section)],
    ]
  }
  return onOutbox(state, id, (outbox) => replaceEdit(outbox, unattempted(mutation)))
}

/** No moment that a clock since set back has named is waited for. */
const soonDue = (state: Mutation['state'], at = 0): Mutation['state'] =>
  state.kind === 'queued' && state.notBefore !== undefined
    ? { ...state, notBefore: Math.min(state.notBefore, at + settleMs) }
    : state

/**
 * What was unanswered when the app ended may or may not have been carried out. Pauses end, since the
 * clock may be another, and what has to pass since a request begins anew; names the server has given
 * are put in, in case not all of them were stored.
 */
function restarted(state: SyncState, at: number | undefined): SyncState {
  const outbox = state.outbox.map((mutation) => {
    const { kind } = mutation.state
    const isAsleep = kind === 'in-flight' || kind === 'waiting'
    const isUnanswered = mutation.isUncertain === true && at !== undefined
    return renamedEdit(state.aliases, {
      ...mutation,
      ...(isUnanswered && { sentAt: at }),
      state: isAsleep ? { kind: 'queued' } : soonDue(mutation.state, at),
    })
  })
  const drafts = [...state.drafts.values()].map((draft) => renamedDraft(state.aliases, draft))
  return {
    ...state,
    outbox,
    pause: pauseOnStart(state.pause, at),
    drafts: new Map(drafts.map((draft) => [draftKey(draft.section, draft.item), draft])),
  }
}
