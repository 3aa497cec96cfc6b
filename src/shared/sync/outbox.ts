import type { AnySection } from '../domain/sections/section'
import type { ItemId, MutationId } from '../domain/ids'
import { equalValue, type FieldValue, type Values } from '../domain/values'
import type { JournalRecord } from './ports'
import type { Draft, Mutation, MutationState, SyncState } from './state'
import { draftKey } from './state'

/** Pure operations on the list of unconfirmed edits. Each answers the new list and what to store. */
export interface OutboxChange {
  readonly outbox: readonly Mutation[]
  readonly records: readonly JournalRecord[]
}

const stored = (mutation: Mutation): JournalRecord => ({ type: 'mutation', mutation })
const gone = (id: MutationId): JournalRecord => ({ type: 'mutation-gone', id })

/** Whether a later edit may still be put into this one. */
const isOpen = (mutation: Mutation): boolean =>
  mutation.state.kind !== 'in-flight' && mutation.state.kind !== 'conflict'

/**
 * Adds an edit. It is absorbed by an unsent one of the same record; deleting a record that was never
 * sent removes both.
 */
export function addEdit(outbox: readonly Mutation[], edit: Mutation): OutboxChange {
  const earlier = outbox.findLast((mutation) => mutation.item === edit.item && isOpen(mutation))
  if (!earlier) return { outbox: [...outbox, edit], records: [stored(edit)] }
  if (edit.op === 'delete') return addDelete(outbox, earlier, edit)
  const merged = absorb(earlier, edit)
  const isNothing = merged.op === 'update' && Object.keys(merged.patch).length === 0
  if (isNothing) return removeEdit(outbox, earlier.id)
  return {
    outbox: outbox.map((mutation) => (mutation.id === earlier.id ? merged : mutation)),
    records: [stored(merged)],
  }
}

function addDelete(outbox: readonly Mutation[], earlier: Mutation, edit: Mutation): OutboxChange {
  const wasNeverSent = earlier.op === 'create' && earlier.attempts === 0
  if (wasNeverSent) return removeEdit(outbox, earlier.id)
  if (earlier.op === 'create') return { outbox: [...outbox, edit], records: [stored(edit)] }
  const rest = outbox.filter((mutation) => mutation.id !== earlier.id)
  return { outbox: [...rest, edit], records: [gone(earlier.id), stored(edit)] }
}

/** The earlier edit with the later one's fields over it; a field put back to its base leaves it. */
export function absorb(earlier: Mutation, later: Mutation): Mutation {
  const patch: Record<string, FieldValue> = { ...earlier.patch, ...later.patch }
  const base: Values = { ...later.base, ...earlier.base }
  if (earlier.op === 'update' && earlier.attempts === 0) {
    for (const key of Object.keys(patch)) {
      if (equalValue(patch[key], base[key])) delete patch[key]
    }
  }
  return {
    ...earlier,
    patch,
    base,
    title: later.title,
    editedAt: later.editedAt,
    state: { kind: 'queued' },
  }
}

export function removeEdit(outbox: readonly Mutation[], id: MutationId): OutboxChange {
  return { outbox: outbox.filter((mutation) => mutation.id !== id), records: [gone(id)] }
}

export function setState(
  outbox: readonly Mutation[],
  id: MutationId,
  change: Partial<Mutation> & { readonly state: MutationState },
): OutboxChange {
  const records: JournalRecord[] = []
  const next = outbox.map((mutation) => {
    if (mutation.id !== id) return mutation
    const changed = { ...mutation, ...change }
    records.push(stored(changed))
    return changed
  })
  return { outbox: next, records }
}

/**
 * After a failed attempt, edits made meanwhile join the failed one, so that there is one base again.
 * What the failed attempt may have written is remembered in `sent`.
 */
export function joinFollowers(outbox: readonly Mutation[], id: MutationId): OutboxChange {
  const first = outbox.find((mutation) => mutation.id === id)
  if (!first || first.op === 'delete') return { outbox, records: [] }
  const followers = outbox.filter(
    (mutation) => mutation.item === first.item && mutation.id !== id && mutation.op === 'update',
  )
  if (followers.length === 0) return { outbox, records: [] }
  const joined = { ...followers.reduce(absorb, first), state: first.state }
  const ids = new Set(followers.map((mutation) => mutation.id))
  return {
    outbox: outbox
      .filter((mutation) => !ids.has(mutation.id))
      .map((mutation) => (mutation.id === id ? joined : mutation)),
    records: [stored(joined), ...[...ids].map(gone)],
  }
}

export interface Renamed extends OutboxChange {
  readonly drafts: SyncState['drafts']
}

/** The server has given a record its id: every edit and draft that names the local one follows. */
export function renameItem(state: SyncState, local: ItemId, server: ItemId): Renamed {
  const records: JournalRecord[] = [{ type: 'alias', local, server }]
  const outbox = state.outbox.map((mutation) => {
    const renamed = renamedIn(mutation, local, server)
    if (renamed !== mutation) records.push(stored(renamed))
    return renamed
  })
  const drafts = new Map<string, Draft>()
  for (const draft of state.drafts.values()) {
    const renamed = renamedIn(draft, local, server)
    if (renamed !== draft) {
      records.push({ type: 'draft-gone', section: draft.section, item: draft.item })
      records.push({ type: 'draft', draft: renamed })
    }
    drafts.set(draftKey(renamed.section, renamed.item), renamed)
  }
  return { outbox, drafts, records }
}

type Naming = { readonly item: ItemId; readonly patch?: Values; readonly values?: Values }

function renamedIn<T extends Naming>(entry: T, local: ItemId, server: ItemId): T {
  const swap = (values: Values | undefined): Values | undefined =>
    values && Object.values(values).includes(local)
      ? Object.fromEntries(
          Object.entries(values).map(([key, value]) => [key, value === local ? server : value]),
        )
      : values
  const patch = swap(entry.patch)
  const values = swap(entry.values)
  const item = entry.item === local ? server : entry.item
  if (item === entry.item && patch === entry.patch && values === entry.values) return entry
  return { ...entry, item, ...(patch && { patch }), ...(values && { values }) }
}

/** Words that name a record in the queue: its title fields, resolved where they are references. */
export function titleOf(
  section: AnySection,
  values: Values,
  labels: Readonly<Record<string, string>>,
): string {
  const parts = (section.row?.title ?? [])
    .map((key) => labels[key] ?? values[key])
    .filter((part): part is string => typeof part === 'string' && part !== '')
  return parts.length > 0 ? parts.join(', ').slice(0, 120) : section.title
}
