import { equalValue, type FieldValue, type Values } from '../domain/values'
import { recordKey, type RecordName } from './chain'
import type { Draft, Mutation, OwnWrite, ServerItem, SyncState } from './state'

/** Replacements that are remembered of one record; nobody types behind more of them. */
const mostWrites = 16

/** What a confirmed edit has replaced is kept: forms that were open meanwhile still name it. */
export function withOwnWrite(
  state: SyncState,
  mutation: Mutation,
  item: ServerItem | undefined,
): SyncState {
  if (mutation.op === 'delete' || !item) return state
  const { values: now } = item
  const writes = Object.keys(mutation.patch).flatMap((key): readonly OwnWrite[] => {
    const from = mutation.op === 'create' ? null : mutation.base[key]
    const to = now[key]
    // What a create was found to have otherwise is another's value.
    const isOurs = mutation.op === 'update' || isSent(mutation, key, to)
    return from === undefined || to === undefined || equalValue(from, to) || !isOurs
      ? []
      : [{ field: key, from, to }]
  })
  if (writes.length === 0) return state
  const name = recordKey({ section: mutation.section, item: item.id })
  const all = [...(state.ownWrites.get(name) ?? []), ...writes].slice(-mostWrites)
  return { ...state, ownWrites: new Map(state.ownWrites).set(name, all) }
}

const isSent = ({ sent = [], patch }: Mutation, key: string, to: FieldValue | undefined): boolean =>
  [...sent, patch].some((form) => equalValue(form[key], to))

/**
 * The base of what was typed before an earlier edit of the same field was confirmed: it named the
 * value from before that one, and would have the person asked about their own words.
 */
export function onOwnWrites(state: SyncState, of: RecordName, base: Values): Values {
  const writes = state.ownWrites.get(recordKey(of))
  if (!writes) return base
  const snapshot = state.snapshots.get(of.section)
  const saved = snapshot?.items.find(({ id }) => id === of.item)?.values ?? {}
  const moved = Object.entries(base).map(([key, value]): readonly [string, FieldValue] => [
    key,
    followed(
      value,
      saved[key],
      writes.filter(({ field }) => field === key),
    ),
  ])
  return moved.every(([key, value]) => value === base[key]) ? base : Object.fromEntries(moved)
}

export function draftOnNowBase(state: SyncState, draft: Draft): Draft {
  if (!draft.base) return draft
  const base = onOwnWrites(state, draft, draft.base)
  return base === draft.base ? draft : { ...draft, base }
}

/** Along our own writes, no further than to what is there. */
function followed(
  base: FieldValue,
  saved: FieldValue | undefined,
  writes: readonly OwnWrite[],
): FieldValue {
  let value = base
  for (const { from, to } of writes) {
    if (equalValue(value, saved)) return value
    if (equalValue(value, from)) value = to
  }
  return value
}
