import type { ItemId } from '../domain/ids'
import type { Values } from '../domain/values'
import type { Draft, Mutation, SyncState } from './state'

type Aliases = SyncState['aliases']

/** The id the server knows a record by, when it has given one meanwhile. */
export const currentId = (aliases: Aliases, item: ItemId): ItemId => aliases.get(item) ?? item

/** References to records that have got their real id since. Unchanged values stay the same object. */
export function withCurrentIds(aliases: Aliases, values: Values): Values {
  const byText: ReadonlyMap<string, ItemId> = aliases
  const isOutdated = Object.values(values).some(
    (value) => typeof value === 'string' && byText.has(value),
  )
  if (!isOutdated) return values
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? (byText.get(value) ?? value) : value,
    ]),
  )
}

/**
 * An edit, told in the ids of now: it may have been made before the server named its record. A create
 * keeps its local id: it is what tells that its record is known already.
 */
export function renamedEdit(aliases: Aliases, edit: Mutation): Mutation {
  if (aliases.size === 0) return edit
  const item = edit.op === 'create' ? edit.item : currentId(aliases, edit.item)
  const patch = withCurrentIds(aliases, edit.patch)
  const base = withCurrentIds(aliases, edit.base)
  if (item === edit.item && patch === edit.patch && base === edit.base) return edit
  return { ...edit, item, patch, base }
}

export function renamedDraft(aliases: Aliases, draft: Draft): Draft {
  const item = currentId(aliases, draft.item)
  const values = withCurrentIds(aliases, draft.values)
  const base = draft.base && withCurrentIds(aliases, draft.base)
  if (item === draft.item && values === draft.values && base === draft.base) return draft
  return { ...draft, item, values, ...(base && { base }) }
}
