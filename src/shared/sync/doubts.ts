import { equalValue, isFileValue, isList, type FieldValue, type Values } from '../domain/values'
import { isSameRecord, type RecordName } from './chain'
import { isOutdated } from './answers'
import { published, recordsIn, type Step, type SyncEffect, type SyncEvent } from './events'
import { raised, type LateWrite } from './late-write'
import { pick } from './outbox'
import type { JournalRecord } from './ports'
import type { Doubt, Mutation, ServerItem, SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/** A record is looked at this long after a write of it got no answer. */
const looksAfterMs: readonly number[] = [10_000, 31_000]
const lastLookMs = 31_000
const looksAgainMs = 10_000
/** An edit that keeps a late write from being said may wait for days. */
const looksWhileHeldMs = 60 * 60_000
const mostOfOneRecord = 8

/**
 * The step, and what it says about writes that got no answer: the platform may still put them over
 * what others, or we ourselves, have written since.
 */
export function withDoubts(before: SyncState, event: SyncEvent, step: Step): Step {
  return kept(before, told(before, event, step))
}

/**
 * Those of a restart are in memory only, told from the edit that was on its way. Whatever stores that
 * edit anew, or takes it from the journal, stores them first.
 */
function kept(before: SyncState, step: Step): Step {
  const [state, effects] = step
  if (state.doubts.length === 0) return step
  const records = recordsIn(effects)
  const touched = records.flatMap((record) => {
    if (record.type === 'mutation') return [record.mutation]
    if (record.type !== 'mutation-gone') return []
    return before.outbox.filter(({ id }) => id === record.id)
  })
  const isTold = (id: string) =>
    records.some((record) => record.type === 'doubt' && record.doubt.id === id)
  const owed = state.doubts.filter(
    (doubt) => !isTold(doubt.id) && touched.some((edit) => isSameRecord(doubt, edit)),
  )
  return changed(step, owed, [])
}

function told(before: SyncState, event: SyncEvent, step: Step): Step {
  switch (event.type) {
    case 'failed':
      return opened(step, doubtsOf(before, step[0], event.id))
    case 'restarted': {
      const cut = before.outbox.flatMap((mutation) => doubtOf(mutation, event.at ?? 0))
      const [state, effects] = step
      const doubts = state.doubts.map((doubt) => lookedAtAnew(doubt, event.at))
      return opened([{ ...state, doubts }, effects], cut)
    }
    case 'pulled': {
      if (isOutdated(before, event)) return step
      const { items } = event.pulled
      return observed(step, event.section, {
        items,
        at: event.at,
        isRead: true,
        own: undefined,
        asked: before.outbox,
      })
    }
    case 'accepted':
      return afterConfirmed(before, event, step)
    case 'withdrawn':
      return afterWithdrawn(before, event, step)
    case 'pull-failed':
      return [{ ...step[0], doubts: laterIn(step[0].doubts, event) }, step[1]]
    default:
      return step
  }
}

/** The next look at a record in doubt; `undefined` when there is none. */
export const nextLookAt = ({ doubts }: SyncState): number | undefined =>
  doubts.length > 0 ? Math.min(...doubts.map(({ nextAt }) => nextAt)) : undefined

function doubtsOf(before: SyncState, after: SyncState, id: string): readonly Doubt[] {
  const sent = before.outbox.find((entry) => entry.id === id)
  const left = after.outbox.find((entry) => entry.id === id)
  if (sent?.state.kind !== 'in-flight' || left?.isUncertain !== true) return []
  return doubtOf(sent, sent.sentAt ?? 0)
}

function doubtOf(mutation: Mutation, sentAt: number): readonly Doubt[] {
  const { replaces, section, item, title, attempts, id } = mutation
  if (mutation.state.kind !== 'in-flight' || mutation.op !== 'update' || !replaces) return []
  const [first = 0] = looksAfterMs
  const name = `${id}:${String(attempts)}`
  return [{ id: name, section, item, title, ...replaces, seen: {}, sentAt, nextAt: sentAt + first }]
}

/** The clock may be another than the one it was sent by. */
const lookedAtAnew = (doubt: Doubt, at: number | undefined): Doubt =>
  at === undefined ? doubt : { ...doubt, sentAt: at, nextAt: at + (looksAfterMs[0] ?? 0) }

function opened(step: Step, added: readonly Doubt[]): Step {
  if (added.length === 0) return step
  return added.reduce<Step>(([state, effects], doubt) => {
    const others = state.doubts.filter((other) => isSameRecord(other, doubt))
    const same = others.find((other) => isSameBody(other.body, doubt.body))
    const oldest = others.length >= mostOfOneRecord ? others[0] : undefined
    // Under the name of before: a restart stores nothing, and the older one would come back.
    const known = same ? { ...doubt, id: same.id, seen: same.seen } : doubt
    return changed([state, effects], [known], oldest && oldest !== same ? [oldest] : [])
  }, step)
}

const isSameBody = (a: Values, b: Values): boolean =>
  Object.keys({ ...a, ...b }).every((key) => equalValue(a[key], b[key]))

function changed([state, effects]: Step, kept: readonly Doubt[], left: readonly Doubt[]): Step {
  if (kept.length + left.length === 0) return [state, effects]
  const keptIds = new Set(kept.map(({ id }) => id))
  const records: readonly JournalRecord[] = [
    ...kept.map((doubt) => ({ type: 'doubt', doubt }) as const),
    ...left
      .filter(({ id }) => !keptIds.has(id))
      .map(({ id }) => ({ type: 'doubt-gone', id }) as const),
  ]
  // Each stays in its place, as in the journal: the oldest first.
  const doubts = new Map(state.doubts.map((doubt) => [doubt.id, doubt]))
  for (const { id } of left) doubts.delete(id)
  for (const doubt of kept) doubts.set(doubt.id, doubt)
  return [{ ...state, doubts: [...doubts.values()] }, [{ type: 'persist', records }, ...effects]]
}

interface Observation {
  readonly items: readonly ServerItem[]
  readonly at: number
  /** The whole section was read, not one record answered. */
  readonly isRead: boolean
  /** The edit of ours that has just been confirmed. */
  readonly own: Mutation | undefined
  readonly asked: readonly Mutation[]
}

function afterConfirmed(before: SyncState, event: EventOf<'accepted'>, step: Step): Step {
  const own = before.outbox.find(({ id }) => id === event.id)
  if (own?.op !== 'update' || !event.item) return step
  const items = [event.item]
  return observed(step, own.section, {
    items,
    at: event.at,
    isRead: false,
    own,
    asked: before.outbox,
  })
}

/** The edit had settled what a late write has replaced: taken back, it leaves that to be said. */
function afterWithdrawn(before: SyncState, event: EventOf<'withdrawn'>, step: Step): Step {
  const edit = before.outbox.find(({ id }) => id === event.id)
  const isGone = !step[0].outbox.some(({ id }) => id === event.id)
  if (!edit || !isGone) return step
  const { values: now = {} } = itemOf(before, edit) ?? {}
  const at = event.at ?? edit.editedAt
  return step[0].doubts
    .filter((doubt) => isSameRecord(doubt, edit))
    .reduce((told, doubt) => {
      const late = settledOver(edit, doubt, now)
      return saidOf(told, doubt, { late, at, asked: [] })
    }, step)
}

/**
 * What the edit was made over, where the write in doubt has replaced it since: nobody need be told while
 * the edit stands. One that was sent itself has put there what is there.
 */
function settledOver(edit: Mutation, doubt: Doubt, now: Values): Values {
  if (edit.op !== 'update' || edit.sent !== undefined) return {}
  const isReplaced = (key: string) =>
    isAsSent(now[key] ?? null, doubt.body[key]) &&
    !equalValue(edit.base[key], doubt.body[key]) &&
    !equalValue(edit.base[key], doubt.before[key])
  return pick(edit.base, Object.keys(edit.patch).filter(isReplaced))
}

/**
 * What an attempt of this edit has added to a list or taken out of it is known as our own doing by the
 * doubt alone, and as long as the edit waits it may have to be undone.
 */
const leansOn = ({ isUncertain, patch }: Mutation, { body }: Doubt): boolean =>
  isUncertain === true && Object.keys(patch).some((key) => isList(patch[key]) && key in body)

/** Whether a waiting edit needs the doubt beyond its last look. */
const isHeld = ({ outbox }: SyncState, doubt: Doubt, now: Values): boolean =>
  outbox.some(
    (edit) =>
      isSameRecord(doubt, edit) &&
      (Object.keys(settledOver(edit, doubt, now)).length > 0 || leansOn(edit, doubt)),
  )

const itemOf = ({ snapshots }: SyncState, { section, item }: RecordName): ServerItem | undefined =>
  snapshots.get(section)?.items.find(({ id }) => id === item)

function observed(step: Step, section: string, at: Observation): Step {
  return step[0].doubts
    .filter((doubt) => doubt.section === section)
    .reduce((now, doubt) => looked(now, doubt, at), step)
}

function looked(step: Step, doubt: Doubt, at: Observation): Step {
  const item = at.items.find(({ id }) => id === doubt.item)
  if (!item) return at.isRead ? changed(step, [], [doubt]) : step
  const others = step[0].doubts.filter((other) => other !== doubt && isSameRecord(other, doubt))
  const { seen, late } = compared(doubt, item.values, { own: at.own?.patch ?? {}, others })
  const { asked } = at
  const told = saidOf(step, { ...doubt, seen }, { late, at: at.at, asked })
  const whileHeld = () =>
    isHeld(step[0], doubt, item.values) ? at.at + looksWhileHeldMs : undefined
  const nextAt = at.isRead ? (nextAfter(doubt, at.at) ?? whileHeld()) : doubt.nextAt
  if (nextAt === undefined) return changed(told, [], [doubt])
  if (seen === doubt.seen && nextAt === doubt.nextAt) return told
  return changed(told, [{ ...doubt, seen, nextAt }], [])
}

function saidOf(step: Step, doubt: Doubt, write: LateWrite): Step {
  const [state, effects] = step
  const change = raised(state.outbox, doubt, write)
  if (change.records.length === 0) return step
  const persist: SyncEffect = { type: 'persist', records: change.records }
  return [{ ...state, outbox: change.outbox }, [...effects, persist, ...published(doubt.section)]]
}

/** After a clock was set back, the looks begin anew. */
function nextAfter({ sentAt, nextAt }: Doubt, at: number): number | undefined {
  const began = Math.min(sentAt, at)
  if (at >= began + lastLookMs) return undefined
  return at < nextAt && nextAt <= began + lastLookMs
    ? nextAt
    : looksAfterMs.map((after) => began + after).find((next) => next > at)
}

/** The platform tells of a file its name only. */
const isAsSent = (value: FieldValue, sent: FieldValue | undefined): boolean =>
  equalValue(value, sent) ||
  (isFileValue(value) &&
    isFileValue(sent) &&
    value.sha256 === undefined &&
    value.name === sent.name)

interface Compared {
  /** Values newer than the write, the newest of each field. */
  readonly seen: Values
  /** Of those, what the write has replaced. */
  readonly late: Values
}

function compared(
  { body, before, seen, sentAt }: Doubt,
  now: Values,
  { own, others }: { readonly own: Values; readonly others: readonly Doubt[] },
): Compared {
  const next: Record<string, FieldValue> = { ...seen }
  const late: Record<string, FieldValue> = {}
  for (const [key, sent] of Object.entries(body)) {
    const value = now[key]
    if (value === undefined) continue
    const newer = seen[key]
    const isOwn = key in own
    if (isAsSent(value, sent)) {
      // Off needs no question: it is what wins where nobody is asked.
      if (newer !== undefined && !isOwn && value !== false) late[key] = newer
      Reflect.deleteProperty(next, key)
      continue
    }
    const isOld = equalValue(value, before[key])
    // What was sent after it is newer.
    const isOfAnother = others.some(
      (other) => other.sentAt <= sentAt && isAsSent(value, other.body[key]),
    )
    if (isOwn || !(isOld || isOfAnother)) next[key] = value
  }
  const isSame = isSameBody(next, seen) && Object.keys(next).length === Object.keys(seen).length
  return { seen: isSame ? seen : next, late }
}

function laterIn(doubts: readonly Doubt[], event: EventOf<'pull-failed'>): readonly Doubt[] {
  return doubts.map((doubt) =>
    doubt.section === event.section && doubt.nextAt <= event.at
      ? { ...doubt, nextAt: event.at + looksAgainMs }
      : doubt,
  )
}
