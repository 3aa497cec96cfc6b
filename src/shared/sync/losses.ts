import { equalValue, isList, type Values } from '../domain/values'
import { isSameRecord } from './chain'
import type { SyncEvent } from './events'
import { historyEntry, type HistoryEntry, type HistoryReason } from './history-entry'
import { pick } from './outbox'
import { draftKey, type Draft, type Mutation, type ServerItem, type SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/**
 * The values that an event has put out of force, told from the states before and after it: so the
 * engine decides, and the history only watches.
 */
export function lossesOf(
  before: SyncState,
  after: SyncState,
  event: SyncEvent,
): readonly HistoryEntry[] {
  switch (event.type) {
    case 'accepted':
      return confirmed(before, after, event)
    case 'pulled':
      return (event.found ?? []).flatMap(({ id, item }) =>
        confirmed(before, after, { id, at: event.at, item }),
      )
    case 'resolved':
      return decided(before, after, event)
    case 'withdrawn':
      return takenBack(before, after, event)
    case 'never-made':
      return neverMade(before, after, event)
    case 'draft-dropped':
      return discarded(before, after, event)
    case 'edited':
      return replaced(before, event)
    default:
      return []
  }
}

const editIn = ({ outbox }: SyncState, id: string): Mutation | undefined =>
  outbox.find((mutation) => mutation.id === id)

/** What an edit of this kind is called, where and when; the values follow. */
const about = (mutation: Mutation, why: HistoryReason, at: number) => ({
  id: `${mutation.id}:${why}:${String(mutation.editedAt)}`,
  at,
  section: mutation.section,
  item: mutation.item,
  title: mutation.title,
  why,
})

function confirmed(
  before: SyncState,
  after: SyncState,
  { id, at, item }: Pick<EventOf<'accepted'>, 'id' | 'at' | 'item'>,
): readonly HistoryEntry[] {
  const edit = editIn(before, id)
  const rest = editIn(after, id)
  if (!edit || rest?.op === edit.op) return []
  switch (edit.op) {
    case 'create':
      return [added(edit, item, at)]
    case 'update':
      return saved(before, edit, { at, item })
    case 'delete':
      return removed(before, edit, at)
  }
}

const added = (edit: Mutation, item: ServerItem | undefined, at: number): HistoryEntry =>
  historyEntry({
    ...about(edit, 'added', at),
    item: item?.id ?? edit.item,
    before: {},
    after: edit.sent?.at(-1) ?? edit.patch,
    ...namesIn(item),
  })

function saved(
  state: SyncState,
  edit: Mutation,
  { at, item }: { readonly at: number; readonly item: ServerItem | undefined },
): readonly HistoryEntry[] {
  // A set is merged: what stands now may hold more than was typed.
  const now = (key: string) => (isList(edit.patch[key]) ? item?.values[key] : undefined)
  const after = Object.fromEntries(
    Object.keys(edit.patch).map((key) => [key, now(key) ?? edit.patch[key] ?? null]),
  )
  const isToldAlready = (key: string) =>
    state.history.some(
      ({ id, why, before }) =>
        why === 'kept-mine' &&
        id.startsWith(`${edit.id}:`) &&
        equalValue(before[key], edit.base[key]),
    )
  const keys = Object.keys(after).filter(
    (key) => !equalValue(edit.base[key], after[key]) && !isToldAlready(key),
  )
  const names = { ...namesIn(itemOf(state, edit)).names, ...namesIn(item).names }
  return told({ ...about(edit, 'saved', at), names }, whole(edit.base, keys), pick(after, keys))
}

/** A record has gone, with the unsent edits and the draft that lay over it. */
function removed(state: SyncState, remove: Mutation, at: number): readonly HistoryEntry[] {
  if (isToldOf(state, remove)) return []
  const item = itemOf(state, remove)
  const edits = state.outbox.filter((entry) => isSameRecord(entry, remove) && entry.op !== 'delete')
  const before = layered([remove.base, item?.values ?? {}, ...edits.map(({ patch }) => patch)])
  const title = edits.at(-1)?.title ?? remove.title
  const draft = state.drafts.get(draftKey(remove.section, remove.item))
  return [
    ...told({ ...about(remove, 'deleted', at), title, isRecord: true, ...namesIn(item) }, before),
    ...(draft ? thrownAway(draft, { title, at }) : []),
  ]
}

/** The delete that follows a create taken back: that the record went is in the history already. */
const isToldOf = ({ history }: SyncState, { id }: Mutation): boolean =>
  id.endsWith('-undo') && history.some((entry) => entry.id.startsWith(id.slice(0, -'-undo'.length)))

function neverMade(
  before: SyncState,
  after: SyncState,
  { id, at }: EventOf<'never-made'>,
): readonly HistoryEntry[] {
  const edit = editIn(before, id)
  if (edit?.op !== 'delete' || editIn(after, id)) return []
  return removed(before, edit, at ?? edit.editedAt)
}

/** For each field the person chose; what was not chosen is the earlier value. */
function decided(
  before: SyncState,
  after: SyncState,
  { id, at }: EventOf<'resolved'>,
): readonly HistoryEntry[] {
  const edit = editIn(before, id)
  if (edit?.state.kind !== 'conflict' || edit.op === 'delete') return []
  const { theirs } = edit.state
  const mine = edit.patch
  const left = editIn(after, id)
  const open = left?.state.kind === 'conflict' ? left.state.theirs : {}
  const keys = Object.keys(theirs).filter((key) => !(key in open))
  const chosen: Values = { ...theirs, ...pick(left?.patch ?? {}, keys) }
  const are = (key: string, side: Values) => equalValue(chosen[key], side[key])
  const names = namesIn(itemOf(before, edit))
  const lost = (why: HistoryReason, side: Values, of: readonly string[]) =>
    told({ ...about(edit, why, at), ...names }, pick(side, of), pick(chosen, of))
  const both = keys.filter((key) => !are(key, mine) && !are(key, theirs))
  const [first, ...second] = [...lost('joined', mine, both), ...lost('joined', theirs, both)]
  return [
    ...lost(
      'took-theirs',
      mine,
      keys.filter((key) => are(key, theirs)),
    ),
    ...lost(
      'kept-mine',
      theirs,
      keys.filter((key) => are(key, mine) && !are(key, theirs)),
    ),
    ...(first ? [first] : []),
    ...second.map((entry) => ({ ...entry, id: `${entry.id}:theirs` })),
  ]
}

function takenBack(
  before: SyncState,
  after: SyncState,
  { id, at }: EventOf<'withdrawn'>,
): readonly HistoryEntry[] {
  const edit = editIn(before, id)
  if (!edit || edit.op === 'delete' || before.outbox === after.outbox) return []
  const where = about(edit, 'taken-back', at ?? edit.editedAt)
  if (edit.op === 'create') {
    const edits = before.outbox.filter(
      (entry) => isSameRecord(entry, edit) && entry.op !== 'delete',
    )
    const title = edits.at(-1)?.title ?? edit.title
    return told({ ...where, title, isRecord: true }, layered(edits.map(({ patch }) => patch)))
  }
  const keys = Object.keys(edit.patch).filter((key) => !equalValue(edit.patch[key], edit.base[key]))
  const names = namesIn(itemOf(before, edit))
  return told({ ...where, ...names }, pick(edit.patch, keys), pick(edit.base, keys))
}

function discarded(
  before: SyncState,
  after: SyncState,
  { section, item, discarded }: EventOf<'draft-dropped'>,
): readonly HistoryEntry[] {
  if (!discarded) return []
  const key = draftKey(section, item)
  const draft = before.drafts.get(key)
  return draft && !after.drafts.has(key) ? thrownAway(draft, discarded) : []
}

function thrownAway(
  draft: Draft,
  { title, at }: { readonly title: string; readonly at: number },
): readonly HistoryEntry[] {
  const { section, item, values, base = {}, savedAt } = draft
  const id = `${draftKey(section, item)}:discarded:${String(savedAt)}`
  const keys = Object.keys(values).filter((key) => !equalValue(values[key], base[key]))
  const where = { id, at, section, item, title, why: 'discarded' } as const
  return told(where, pick(values, keys), pick(base, keys))
}

/** Restoring is not typing: what it covers was not given up word by word. */
function replaced(
  state: SyncState,
  { mutation, isRestored }: EventOf<'edited'>,
): readonly HistoryEntry[] {
  if (isRestored !== true || mutation.op !== 'update') return []
  const edits = state.outbox.filter((entry) => isSameRecord(entry, mutation))
  const draft = state.drafts.get(draftKey(mutation.section, mutation.item))
  const unsent = layered([...edits.map(({ patch }) => patch), draft?.values ?? {}])
  const keys = Object.keys(mutation.patch).filter(
    (key) => key in unsent && !equalValue(unsent[key], mutation.patch[key]),
  )
  const where = about(mutation, 'replaced', mutation.editedAt)
  return told(where, pick(unsent, keys), pick(mutation.patch, keys))
}

type Where = Omit<Parameters<typeof historyEntry>[0], 'before' | 'after'>

/** An entry where anything was lost. */
function told(where: Where, before: Values, after: Values = {}): readonly HistoryEntry[] {
  return Object.keys(before).length === 0 ? [] : [historyEntry({ ...where, before, after })]
}

const itemOf = (
  { snapshots }: SyncState,
  { section, item }: Pick<Mutation, 'section' | 'item'>,
): ServerItem | undefined => snapshots.get(section)?.items.find(({ id }) => id === item)

/** The names that a record brings of those it refers to. */
function namesIn(item: ServerItem | undefined): Pick<HistoryEntry, 'names'> {
  const names = Object.entries(item?.labels ?? {}).flatMap(([key, name]) => {
    const id = item?.values[key]
    return typeof id === 'string' ? [[id, name] as const] : []
  })
  return names.length > 0 ? { names: Object.fromEntries(names) } : {}
}

const layered = (layers: readonly Values[]): Values => Object.assign({}, ...layers) as Values

/** These fields of the values; one that was empty is told as empty. */
const whole = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
