import { equalValue, type FieldValue, type Values } from '../domain/values'
import { renamedDraft, renamedEdit } from './aliases'
import { isSameRecord } from './chain'
import { withConfirmed, type Confirmed } from './confirmed'
import { published, type Step, type SyncEvent } from './events'
import { absorb, gone, pick, removeRecord, stored, unattempted } from './outbox'
import { draftOnNowBase, withOwnWrite } from './own-writes'
import type { JournalRecord } from './ports'
import { withAccessTo, withAnswerFrom } from './reach'
import { draftKey, type Draft, type Mutation, type ServerItem } from './state'
import type { SyncState } from './state'

type Accepted = Extract<SyncEvent, { type: 'accepted' }>

/** The server holds the edit: it leaves the outbox, and the copy has its record. */
export function accepted(state: SyncState, event: Accepted): Step {
  const { service, at } = event
  const reached = withAccessTo(withAnswerFrom(state, service, at), service)
  const mutation = reached.outbox.find((entry) => entry.id === event.id)
  if (!mutation || isForAnother(mutation, event)) return [reached, [{ type: 'publish-status' }]]
  const settled = settle(reached, mutation, event)
  const { section } = mutation
  const confirmed = confirmedBy(settled.state, mutation, event.item)
  const copy = state.snapshots.get(section)
  const snapshot = confirmed && copy && withConfirmed(copy, confirmed)
  const settledState: SyncState = {
    ...settled.state,
    savedAt: at,
    sectionSavedAt: new Map(state.sectionSavedAt).set(section, at),
    confirmations: new Map(state.confirmations).set(
      section,
      (state.confirmations.get(section) ?? 0) + 1,
    ),
    ...(confirmed && { confirmedCount: confirmed.number }),
    ...(snapshot && { snapshots: new Map(state.snapshots).set(section, snapshot) }),
  }
  const { state: next, records } = withDraftOnNow(settledState, mutation, event.item)
  const kept = confirmed ? [confirmed] : []
  return [
    next,
    [
      { type: 'persist', records: [...records, ...settled.records, ...kept] },
      ...(snapshot ? [{ type: 'save-snapshot', snapshot } as const] : []),
      ...sectionsTouched(settled.records, mutation).flatMap(published),
    ],
  ]
}

/** What is typed in an open form was typed over what has just been confirmed. */
function withDraftOnNow(state: SyncState, mutation: Mutation, item?: ServerItem): Settled {
  const written = withOwnWrite(state, mutation, item)
  const key = draftKey(mutation.section, item?.id ?? mutation.item)
  const draft = written.drafts.get(key)
  const based = draft && draftOnNowBase(written, draft)
  if (!based || based === draft) return { state: written, records: [] }
  return {
    state: { ...written, drafts: new Map(written.drafts).set(key, based) },
    records: [{ type: 'draft', draft: based }],
  }
}

/** The answer is for the edit as it was before a later one joined it. */
const isForAnother = (mutation: Mutation, event: Accepted): boolean =>
  mutation.state.kind !== 'in-flight' &&
  event.editedAt !== undefined &&
  event.editedAt !== mutation.editedAt

const sectionsTouched = (records: readonly JournalRecord[], mutation: Mutation) => [
  ...new Set([
    mutation.section,
    ...records.flatMap((record) => {
      if (record.type === 'mutation') return [record.mutation.section]
      return record.type === 'draft' ? [record.draft.section] : []
    }),
  ]),
]

interface Settled {
  readonly state: SyncState
  readonly records: readonly JournalRecord[]
}

function settle(state: SyncState, mutation: Mutation, event: Accepted): Settled {
  switch (mutation.op) {
    case 'create':
      return settleCreate(state, mutation, event)
    case 'update':
      return settleUpdate(state, mutation, event)
    case 'delete':
      return withoutRecord(state, mutation)
  }
}

/** Every edit and the draft of a record that is no more. */
export function withoutRecord(state: SyncState, mutation: Mutation): Settled {
  const removed = removeRecord(state.outbox, mutation)
  const { section, item } = mutation
  const drafts = new Map(state.drafts)
  const hadDraft = drafts.delete(draftKey(section, item))
  return {
    state: { ...state, outbox: removed.outbox, drafts },
    records: [
      ...(hadDraft ? [{ type: 'draft-gone', section, item } as const] : []),
      ...removed.records,
    ],
  }
}

function settleUpdate(state: SyncState, mutation: Mutation, { item }: Accepted): Settled {
  const records: JournalRecord[] = []
  const outbox = state.outbox
    .filter((entry) => entry.id !== mutation.id)
    .map((entry) => {
      if (!item || !isSameRecord(entry, mutation)) return entry
      const based = onNewBase(entry, item.values, Object.keys(mutation.patch))
      if (based !== entry) records.push(stored(based))
      return based
    })
  return { state: { ...state, outbox }, records: [...records, gone(mutation.id)] }
}

/**
 * An edit made while an earlier one was on its way had the value before that one for its base; now
 * the earlier one's result is what it changes.
 */
function onNewBase(entry: Mutation, now: Values, written: readonly string[]): Mutation {
  const keys = written.filter((key) => key in entry.base && now[key] !== undefined)
  if (keys.length === 0) return entry
  return { ...entry, base: { ...entry.base, ...pick(now, keys) } }
}

/**
 * A new record has got its id: what names the local one follows, and what the record found does not
 * hold yet becomes an update of it.
 */
function settleCreate(state: SyncState, mutation: Mutation, event: Accepted): Settled {
  const { item } = event
  if (!item) return withoutRecord(state, mutation)
  const aliases = new Map(state.aliases).set(mutation.item, item.id)
  const later = state.outbox.filter(
    (entry) => isSameRecord(entry, mutation) && entry.op === 'update',
  )
  const rest = restOf(mutation, item, event)
  const records: JournalRecord[] = [{ type: 'alias', local: mutation.item, server: item.id }]
  const updates = [...(rest ? [rest] : []), ...later.map((edit) => onRecord(edit, mutation, item))]
  const joined = updates.length > 0 ? updates.reduce((edit, next) => absorb(edit, next)) : undefined
  const outbox = state.outbox.flatMap((entry) => {
    if (entry.id === joined?.id) return [joined]
    if (entry.id === mutation.id || later.includes(entry)) return []
    return [onKnown(renamedEdit(aliases, entry), mutation, item)]
  })
  const unchanged = new Set(state.outbox)
  records.push(...outbox.filter((entry) => !unchanged.has(entry)).map(stored))
  const drafts = renamedDrafts(state, aliases)
  records.push(...drafts.records)
  const left = [...later, mutation].filter(({ id }) => !outbox.some((entry) => entry.id === id))
  records.push(...left.map(({ id }) => gone(id)))
  return { state: { ...state, outbox, aliases, drafts: drafts.drafts }, records }
}

/** What is wanted and is not in the record that was found. */
function restOf(
  mutation: Mutation,
  item: ServerItem,
  { isFound = false, notKept }: Accepted,
): Mutation | undefined {
  if (!isFound && !notKept) return undefined
  const forms = mutation.sent ?? []
  const keys = Object.keys(mutation.patch).filter((key) => {
    const wanted = mutation.patch[key]
    const there = item.values[key]
    // What nobody filled in, the server may: so it does when its answer arrives.
    if ([wanted, ...forms.map((form) => form[key])].every(isEmpty)) return false
    // The server does not tell. What it answered it has made of what was sent; what was found, perhaps not.
    if (there === undefined) return isFound
    return notKept ? notKept.includes(key) : !equalValue(wanted, there)
  })
  if (keys.length === 0) return undefined
  return {
    ...unattempted(mutation),
    item: item.id,
    op: 'update',
    patch: pick(mutation.patch, keys),
    base: Object.fromEntries(keys.map((key) => [key, baseIn(mutation, item, key)])),
  }
}

const isEmpty = (value: FieldValue | undefined): boolean => equalValue(value, null)

/** An update of a record that was being created: it changes what the create wrote. */
function onRecord(edit: Mutation, created: Mutation, item: ServerItem): Mutation {
  const keys = Object.keys(edit.patch)
  return {
    ...edit,
    item: item.id,
    base: Object.fromEntries(keys.map((key) => [key, baseIn(created, item, key)])),
  }
}

/**
 * An edit that a restart has given the record's id before the record was known: what it holds for
 * empty is what the create wrote.
 */
function onKnown(edit: Mutation, created: Mutation, item: ServerItem): Mutation {
  if (edit.op !== 'update' || edit.section !== created.section || edit.item !== item.id) return edit
  const blank = Object.keys(edit.patch).filter(
    (key) => equalValue(edit.base[key], null) && !equalValue(item.values[key], null),
  )
  if (blank.length === 0) return edit
  const based = blank.map((key) => [key, baseIn(created, item, key)] as const)
  return { ...edit, base: { ...edit.base, ...Object.fromEntries(based) } }
}

/** The record's value where it is ours or a default; else a foreign one, to be asked about. */
function baseIn(created: Mutation, item: ServerItem, key: string): FieldValue {
  const value = item.values[key] ?? null
  const isDefault = equalValue(value, null) || value === false
  const forms = created.sent ?? [created.patch]
  return isDefault || forms.some((form) => equalValue(form[key], value)) ? value : null
}

function renamedDrafts(state: SyncState, aliases: SyncState['aliases']) {
  const records: JournalRecord[] = []
  const drafts = new Map<string, Draft>()
  for (const draft of state.drafts.values()) {
    const renamed = renamedDraft(aliases, draft)
    if (renamed !== draft) {
      records.push({ type: 'draft', draft: renamed })
      const hasMoved = renamed.item !== draft.item
      if (hasMoved) records.push({ type: 'draft-gone', section: draft.section, item: draft.item })
    }
    drafts.set(draftKey(renamed.section, renamed.item), renamed)
  }
  return { drafts, records }
}

/** What is kept of the answer until the section's copy is written; nothing where there is no copy. */
function confirmedBy(
  state: SyncState,
  { section, op, item: id }: Mutation,
  item: ServerItem | undefined,
): Confirmed | undefined {
  if (!state.snapshots.has(section)) return undefined
  const number = state.confirmedCount + 1
  if (op === 'delete') return { type: 'confirmed', section, id, number }
  return item && { type: 'confirmed', section, id: item.id, number, item }
}
