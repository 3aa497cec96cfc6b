import { withoutKept } from './drafts'
import { published, type Step } from './events'
import { addEdit } from './outbox'
import type { Mutation, SyncState } from './state'

/** A step that adds an edit to those that wait, and takes what it holds out of the open form. */
export function edited(state: SyncState, mutation: Mutation): Step {
  const change = addEdit(state.outbox, mutation)
  const drafts = withoutKept(state.drafts, mutation)
  return [
    { ...state, outbox: change.outbox, drafts: drafts.drafts },
    [
      { type: 'persist', records: [...change.records, ...drafts.records] },
      ...published(mutation.section),
    ],
  ]
}
