import type { AnySection } from '../domain/sections/section'
import type { ItemId, MutationId, SectionId } from '../domain/ids'
import type { JsonObject, Values } from '../domain/values'
import type { AppError } from '../errors'
import { editsByRecord, recordKey, standingEdits } from './chain'
import { newDraftId } from './drafts'
import { fieldMarks, gravest, gravity, markOf, type Mark } from './marks'
import { pick } from './outbox'
import {
  inOrder,
  orderedCopy,
  placeOf,
  sliceOf,
  type CopyRow,
  type OrderedCopy,
  type Place,
} from './rows'
import { arrivingIn } from './situation'
import {
  draftKey,
  type Draft,
  type Mutation,
  type ReadState,
  type ServerItem,
  type SyncState,
} from './state'

export interface ItemView {
  readonly id: ItemId
  /** The local id it had before the server gave it this one. */
  readonly was?: ItemId
  /** What the person sees: the server's values with every unsent edit over them. */
  readonly values: Values
  /** The server's values alone, for "Cancel" and for naming what an edit replaces. */
  readonly saved: Values
  readonly labels: Readonly<Record<string, string>>
  /** Per field that is not simply saved. */
  readonly marks: Readonly<Record<string, Mark>>
  readonly mark?: Mark
  readonly mutation?: MutationId
  /** Server sentences by field, and the reason a mutation is stuck. */
  readonly error?: AppError
  /** The other side's value of each contested field. */
  readonly theirs?: Values
  readonly theirsSeenAt?: number
  /** What each contested field was before both sides changed it. */
  readonly began?: Values
  /** Why there is a question, where it is not that both sides have changed a field. */
  readonly cause?: 'late-write'
  readonly editedAt?: number
  readonly isNew: boolean
  readonly draft?: Draft
  readonly can: { readonly update: boolean; readonly delete: boolean }
}

export interface SectionView {
  readonly section: SectionId
  /** Absent when the section has never been read. */
  readonly readAt?: number
  readonly read: ReadState
  /** How many there are; `items` may be the first page of them. */
  readonly total: number
  readonly items: readonly ItemView[]
  readonly facts: JsonObject
  readonly mark?: Mark
  /** Unsent edits. */
  readonly unsent: number
  readonly savedAt?: number
  /** What stands in the form for a new record. */
  readonly newDraft?: Draft
  /** A switch of it that is turned off until then. */
  readonly pause?: { readonly field: string; readonly until: number }
}

/** The item id under which the draft of a not yet saved record is kept. */
export const newItemDraftId = (section: AnySection): string => newDraftId(section.id)

/** A section's rows, each made only when it is looked at. */
export interface SectionRows {
  readonly total: number
  /** Everything but the rows. */
  readonly head: SectionView
  /** Rows from `start` to before `end`, in the order they are shown. */
  readonly slice: (start: number, end: number) => readonly ItemView[]
}

/** Pure: the snapshot with the outbox over it. Deleted records are left out. */
export function sectionView(section: AnySection, state: SyncState): SectionView {
  const { head, slice, total } = sectionRows(section, state)
  return { ...head, items: slice(0, total) }
}

/** The same as `sectionView` for as many rows as are asked for: it costs no more than they do. */
export function sectionRows(section: AnySection, state: SyncState): SectionRows {
  const snapshot = state.snapshots.get(section.id)
  const edits = standingEdits(state.outbox).filter(({ section: id }) => id === section.id)
  const drafts = [...state.drafts.values()].filter((draft) => draft.section === section.id)
  const items = snapshot?.items ?? noItems
  const copy = orderedCopy(items, section.sortBy)
  const touched = new Set([...edits, ...drafts].map(({ item }) => item))
  const changed = changedRows(section, state, { edits, touched, copy })
  const hidden = new Set([...touched, ...arrivingIn(items, edits)])
  const replaced = [...hidden].reduce((sum, id) => sum + copy.of(id).length, 0)
  const total = items.length - replaced + changed.length
  const isReplaced = (id: ItemId) => hidden.has(id)
  const locals = localIdsOf(state.aliases)
  const viewOf = (row: CopyRow | ChangedRow): ItemView =>
    'view' in row
      ? row.view
      : withLocalId(serverView(section, row.item, []), locals.get(row.item.id))
  const savedAt = state.sectionSavedAt.get(section.id)
  const { pause } = state
  const newDraft = drafts.find(({ item }) => item === newItemDraftId(section))
  const mark = gravest([
    ...changed.map(({ view }) => view.mark),
    ...edits.map((edit) => markOf(edit)),
    newDraft && ('draft' as const),
  ])
  return {
    total,
    slice: (start, end) =>
      sliceOf({ copy: copy.rows(), changed, isReplaced }, start, end).map(viewOf),
    head: {
      section: section.id,
      ...(snapshot && { readAt: snapshot.readAt }),
      read: state.reads.get(section.id) ?? { kind: 'idle' },
      total,
      items: [],
      facts: snapshot?.facts ?? {},
      ...(mark && { mark }),
      unsent: edits.length,
      ...(savedAt !== undefined && { savedAt }),
      ...(newDraft && { newDraft }),
      ...(pause?.section === section.id && { pause: { field: pause.field, until: pause.until } }),
    },
  }
}

/** One record as `sectionView` has it. */
export const itemView = (
  section: AnySection,
  state: SyncState,
  item: ItemId,
): ItemView | undefined => {
  const edits = standingEdits(state.outbox).filter(
    (edit) => edit.section === section.id && edit.item === item,
  )
  const copy = orderedCopy(state.snapshots.get(section.id)?.items ?? noItems, section.sortBy)
  const found = { edits, touched: new Set([item]), copy }
  return changedRows(section, state, found)[0]?.view
}

const noItems: readonly ServerItem[] = []

interface ChangedRow extends Place {
  readonly view: ItemView
}

/** Rows that differ from the copy, or may: those of new records, and of records with edits or a draft. */
function changedRows(
  section: AnySection,
  state: SyncState,
  {
    edits,
    touched,
    copy,
  }: {
    readonly edits: readonly Mutation[]
    readonly touched: ReadonlySet<ItemId>
    readonly copy: OrderedCopy
  },
): readonly ChangedRow[] {
  const byRecord = editsByRecord(edits)
  const editsOf = (item: ItemId) => byRecord.get(recordKey({ section: section.id, item })) ?? []
  const locals = localIdsOf(state.aliases)
  const rowOf = (view: ItemView | undefined, at: number): ChangedRow | undefined => {
    if (!view || isHiddenByDelete(editsOf(view.id).at(-1))) return undefined
    const shown = withLocalId(withDraft(section, state, view), locals.get(view.id))
    return { ...placeOf(view, section.sortBy, at), view: shown }
  }
  const away = [...byRecord.values()].filter(([first]) => first && copy.of(first.item).length === 0)
  const known = [...touched].flatMap((id) => copy.of(id))
  return [
    ...away.map((of, index) => rowOf(awayView(section, of), index - away.length)),
    ...known.map(({ item, at }) => rowOf(serverView(section, item, editsOf(item.id)), at)),
  ]
    .filter((row) => row !== undefined)
    .sort(inOrder)
}

const localIds = new WeakMap<SyncState['aliases'], ReadonlyMap<ItemId, ItemId>>()

/** Local ids by the ones the server has given. */
function localIdsOf(aliases: SyncState['aliases']): ReadonlyMap<ItemId, ItemId> {
  const known = localIds.get(aliases)
  if (known) return known
  const turned = new Map([...aliases].map(([local, id]) => [id, local]))
  localIds.set(aliases, turned)
  return turned
}

/** A delete that the server refused or contests shows its record again, with the reason. */
const isHiddenByDelete = (mutation: Mutation | undefined): boolean =>
  mutation?.op === 'delete' &&
  mutation.state.kind !== 'blocked' &&
  mutation.state.kind !== 'conflict'

const withLocalId = (view: ItemView, was: ItemId | undefined): ItemView =>
  was === undefined ? view : { ...view, was }

/** A record that is not in the copy: a new one, or one that has gone while it was being edited. */
function awayView(section: AnySection, edits: readonly Mutation[]): ItemView | undefined {
  const overlay = overlayOf(edits)
  const isNew = edits.some((edit) => edit.op === 'create')
  if (!isNew && !edits.some((edit) => edit.op === 'update')) return undefined
  const saved = isNew ? {} : lastSeenOf(edits)
  return {
    id: overlay.item,
    values: { ...saved, ...overlay.patch },
    saved,
    labels: {},
    ...overlay.shown,
    isNew,
    can: { update: section.allows.update, delete: section.allows.delete },
  }
}

const lastSeenOf = (edits: readonly Mutation[]): Values =>
  layered(edits.map((edit) => ({ ...edit.base, ...edit.lastSeen })))

function serverView(section: AnySection, item: ServerItem, edits: readonly Mutation[]): ItemView {
  const overlay = edits.length > 0 ? overlayOf(edits) : undefined
  return {
    id: item.id,
    values: { ...item.values, ...overlay?.patch },
    saved: item.values,
    labels: item.labels ?? {},
    marks: {},
    ...overlay?.shown,
    isNew: false,
    can: {
      update: section.allows.update && item.can?.update !== false,
      delete: section.allows.delete && item.can?.delete !== false,
    },
  }
}

interface Overlay {
  readonly item: ItemId
  readonly patch: Values
  readonly shown: Pick<ItemView, 'marks' | 'mark' | 'mutation' | 'error' | 'theirs' | 'cause'>
}

const layered = <Value>(
  layers: readonly Readonly<Record<string, Value>>[],
): Readonly<Record<string, Value>> => Object.fromEntries(layers.flatMap(Object.entries<Value>))

/** A record's edits in order, laid over each other; the gravest gives the mark and the reason. */
function overlayOf(edits: readonly Mutation[]): Overlay {
  const ranked = [...edits].sort((a, b) => gravity.indexOf(markOf(a)) - gravity.indexOf(markOf(b)))
  const [gravestEdit] = ranked
  if (!gravestEdit) throw new Error('an overlay needs an edit')
  return {
    item: gravestEdit.item,
    patch: layered(edits.map((edit) => edit.patch)),
    shown: {
      marks: layered(ranked.toReversed().map(fieldMarks)),
      mark: markOf(gravestEdit),
      mutation: gravestEdit.id,
      ...trouble(gravestEdit),
    },
  }
}

function withDraft(section: AnySection, state: SyncState, view: ItemView): ItemView {
  const draft = state.drafts.get(draftKey(section.id, view.id))
  if (!draft) return view
  const marks = { ...view.marks }
  for (const key of Object.keys(draft.values)) marks[key] ??= 'draft'
  return { ...view, draft, marks, mark: view.mark ?? 'draft' }
}

function trouble(
  mutation: Mutation,
): Pick<ItemView, 'error' | 'theirs' | 'theirsSeenAt' | 'began' | 'editedAt' | 'cause'> {
  const { state, base, editedAt } = mutation
  if (state.kind === 'blocked' || state.kind === 'waiting') return { error: state.error, editedAt }
  if (state.kind === 'conflict')
    return {
      theirs: state.theirs,
      theirsSeenAt: state.seenAt,
      editedAt,
      ...(state.cause ? { cause: state.cause } : { began: pick(base, Object.keys(state.theirs)) }),
    }
  return { editedAt }
}
