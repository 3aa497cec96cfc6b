import { equalValue, type Values } from '../domain/values'
import { isSameRecord } from './chain'
import { pick } from './outbox'
import type { JournalRecord } from './ports'
import { draftKey, type Draft, type Mutation, type SyncState } from './state'

type Drafts = SyncState['drafts']

/** The item id under which the draft of a not yet saved record is kept. */
export const newDraftId = (section: string): string => `new-${section}`

/**
 * What an edit has taken over is no draft any more; what it did not touch stays one. A delete takes
 * nothing over: it may be taken back.
 */
export function withoutKept(
  drafts: Drafts,
  edit: Mutation,
): { readonly drafts: Drafts; readonly records: readonly JournalRecord[] } {
  const draft = edit.op === 'delete' ? undefined : draftOf(drafts, edit)
  if (!draft) return { drafts, records: [] }
  const left = Object.keys(draft.values).filter((key) => !(key in edit.patch))
  const next = new Map(drafts)
  const { section, item } = draft
  if (edit.op === 'create' || left.length === 0) {
    next.delete(draftKey(section, item))
    return { drafts: next, records: [{ type: 'draft-gone', section, item }] }
  }
  const rest: Draft = {
    ...draft,
    values: pick(draft.values, left),
    ...(draft.base && { base: pick(draft.base, left) }),
  }
  next.set(draftKey(section, item), rest)
  return { drafts: next, records: [{ type: 'draft', draft: rest }] }
}

function draftOf(drafts: Drafts, edit: Mutation): Draft | undefined {
  for (const draft of drafts.values()) {
    if (draft.section !== edit.section) continue
    if (isSameRecord(draft, edit)) return draft
    const isNew = edit.op === 'create' && draft.item === newDraftId(edit.section)
    if (isNew && isHeldBy(draft.values, edit.patch)) return draft
  }
  return undefined
}

/** A new record made from something else leaves the draft in the form alone. */
const isHeldBy = (values: Values, patch: Values): boolean =>
  Object.entries(values).every(([key, value]) => equalValue(patch[key], value))
