import type { AnySection } from '../domain/sections/section'
import { isLocalId, type ItemId, type MutationId, type SectionId } from '../domain/ids'
import { textOf, type JsonObject, type Values } from '../domain/values'
import type { AppError } from '../errors'
import { editsByRecord, recordKey, standingEdits } from './chain'
import { newDraftId } from './drafts'
import {
  draftKey,
  type Draft,
  type Mutation,
  type ReadState,
  type ServerItem,
  type SyncState,
} from './state'

/** Where a value is, gravest first. Absent: saved. */
export type Mark = 'needs-you' | 'refused' | 'here' | 'sending' | 'draft'

export const gravity: readonly Mark[] = ['needs-you', 'refused', 'here', 'sending', 'draft']

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
}

/** The item id under which the draft of a not yet saved record is kept. */
export const newItemDraftId = (section: AnySection): string => newDraftId(section.id)

/** Pure: the snapshot with the outbox over it. Deleted records are left out. */
export function sectionView(section: AnySection, state: SyncState): SectionView {
  const snapshot = state.snapshots.get(section.id)
  const mutations = standingEdits(state.outbox).filter(({ section: id }) => id === section.id)
  const items = itemViews(section, state, mutations)
  const newDraft = [...state.drafts.values()].find(
    (draft) => draft.section === section.id && draft.item === newItemDraftId(section),
  )
  const marks = [
    ...items.map((item) => item.mark),
    ...mutations.map((mutation) => markOf(mutation)),
    newDraft && ('draft' as const),
  ]
  const mark = gravest(marks)
  const savedAt = state.sectionSavedAt.get(section.id)
  return {
    section: section.id,
    ...(snapshot && { readAt: snapshot.readAt }),
    read: state.reads.get(section.id) ?? { kind: 'idle' },
    total: items.length,
    items,
    facts: snapshot?.facts ?? {},
    ...(mark && { mark }),
    unsent: mutations.length,
    ...(savedAt !== undefined && { savedAt }),
    ...(newDraft && { newDraft }),
  }
}

function itemViews(
  section: AnySection,
  state: SyncState,
  mutations: readonly Mutation[],
): readonly ItemView[] {
  const byRecord = editsByRecord(mutations)
  const editsOf = (item: ItemId) => byRecord.get(recordKey({ section: section.id, item })) ?? []
  const server = state.snapshots.get(section.id)?.items ?? []
  const known = new Set(server.map((item) => item.id))
  const away = [...byRecord.values()].filter(([first]) => first && !known.has(first.item))
  const localIds = new Map([...state.aliases].map(([local, id]) => [id, local]))
  const views = [
    ...away.map((edits) => awayView(section, edits)),
    ...server.map((item) => serverView(section, item, editsOf(item.id))),
  ]
    .filter((view) => view !== undefined)
    .filter((view) => !isHiddenByDelete(editsOf(view.id).at(-1)))
    .map((view) => withDraft(section, state, view))
    .map((view) => withLocalId(view, localIds.get(view.id)))
  return section.sortBy ? newestFirst(views, section.sortBy) : views
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

function fieldMarks(mutation: Mutation): Readonly<Record<string, Mark>> {
  const mark = markOf(mutation)
  const keys = Object.keys(mutation.patch)
  const contested = mutation.state.kind === 'conflict' ? mutation.state.theirs : undefined
  const refused = refusedFields(mutation)
  return Object.fromEntries(
    keys.map((key) => {
      if (contested) return [key, key in contested ? 'needs-you' : 'here']
      if (mark === 'refused' && refused.length > 0) {
        return [key, refused.includes(key) ? 'refused' : 'here']
      }
      return [key, mark]
    }),
  )
}

function refusedFields(mutation: Mutation): readonly string[] {
  const { state } = mutation
  if (state.kind !== 'blocked' || state.error.kind !== 'invalid') return []
  return Object.keys(state.error.fields)
}

function trouble(
  mutation: Mutation,
): Pick<ItemView, 'error' | 'theirs' | 'theirsSeenAt' | 'editedAt' | 'cause'> {
  const { state, editedAt } = mutation
  if (state.kind === 'blocked' || state.kind === 'waiting') return { error: state.error, editedAt }
  if (state.kind === 'conflict')
    return {
      theirs: state.theirs,
      theirsSeenAt: state.seenAt,
      editedAt,
      ...(state.cause && { cause: state.cause }),
    }
  return { editedAt }
}

export function markOf(mutation: Mutation): Mark {
  switch (mutation.state.kind) {
    case 'queued':
    case 'waiting':
      return 'here'
    case 'in-flight':
      return 'sending'
    case 'blocked':
      return 'refused'
    case 'conflict':
      return 'needs-you'
  }
}

export function gravest(marks: readonly (Mark | undefined)[]): Mark | undefined {
  return gravity.find((mark) => marks.includes(mark))
}

/** Empty dates count as newest: an entry without one is being worked on. */
function newestFirst(views: readonly ItemView[], keys: readonly string[]): readonly ItemView[] {
  const rank = (view: ItemView) => keys.map((key) => textOf(view.values[key]) || '9999').join(' ')
  const order = (a: string, b: string) => (a === b ? 0 : a < b ? 1 : -1)
  return views
    .map((view) => ({ view, rank: rank(view), isLocal: isLocalId(view.id) }))
    .sort((a, b) => order(a.rank, b.rank) || Number(b.isLocal) - Number(a.isLocal))
    .map(({ view }) => view)
}
