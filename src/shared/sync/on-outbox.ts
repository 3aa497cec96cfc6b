import type { MutationId } from '../domain/ids'
import { published, type Step } from './events'
import type { OutboxChange } from './outbox'
import type { Mutation, SyncState } from './state'

/** A step that changes one edit, if it is still there and `change` has something to say. */
export function onOutbox(
  state: SyncState,
  id: MutationId,
  change: (outbox: readonly Mutation[], mutation: Mutation) => OutboxChange | undefined,
): Step {
  const mutation = state.outbox.find((entry) => entry.id === id)
  const changed = mutation && change(state.outbox, mutation)
  if (!mutation || !changed) return [state, []]
  return [
    { ...state, outbox: changed.outbox },
    [{ type: 'persist', records: changed.records }, ...published(mutation.section)],
  ]
}
