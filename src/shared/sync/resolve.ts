import { equalValue, type Values } from '../domain/values'
import { withCurrentIds } from './aliases'
import type { Step, SyncEvent } from './events'
import { onOutbox } from './on-outbox'
import { removeEdit, setState } from './outbox'
import type { SyncState } from './state'

type Resolved = Extract<SyncEvent, { type: 'resolved' }>

/**
 * The person has chosen; the server's values become the base, so that the choice is written: after a late
 * write what that has put there, which is not always the other side. A field without a choice stays in
 * question. A delete needs no choice of fields.
 */
export function resolved(state: SyncState, event: Resolved): Step {
  return onOutbox(state, event.id, (outbox, mutation) => {
    if (mutation.state.kind !== 'conflict') return undefined
    const { theirs } = mutation.state
    const editedAt = Math.max(event.at, mutation.editedAt + 1)
    if (mutation.op === 'delete') {
      const base = { ...mutation.base, ...theirs }
      return setState(outbox, mutation.id, { state: { kind: 'queued' }, base, editedAt })
    }
    // Which of the two is there by now only a read can tell.
    const isLate = mutation.state.cause === 'late-write'
    const choices = withCurrentIds(state.aliases, event.choices)
    const isChosen = (key: string) => key in choices && key in theirs
    const open = without(theirs, isChosen)
    const there = { ...theirs, ...mutation.state.late }
    const settled = without(there, (key) => !isChosen(key))
    const chosen = without(choices, (key) => !isChosen(key))
    const patch = without(
      { ...mutation.patch, ...chosen },
      (key) => !isLate && isChosen(key) && equalValue(chosen[key], theirs[key]),
    )
    if (Object.keys(patch).length === 0) return removeEdit(outbox, mutation.id)
    return setState(outbox, mutation.id, {
      state:
        Object.keys(open).length > 0 ? { ...mutation.state, theirs: open } : { kind: 'queued' },
      patch,
      base: { ...mutation.base, ...settled },
      editedAt,
    })
  })
}

const without = (values: Values, isDropped: (key: string) => boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !isDropped(key)))
