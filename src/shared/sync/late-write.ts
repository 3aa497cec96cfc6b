import { asMutationId } from '../domain/ids'
import { equalValue, type FieldValue, type Values } from '../domain/values'
import { isSameRecord } from './chain'
import { pick, replaceEdit, stored, type OutboxChange } from './outbox'
import type { Doubt, Mutation } from './state'

export interface LateWrite {
  /** What the late write has replaced: newer values, the person's own or another's. */
  readonly late: Values
  readonly at: number
  /** The edits before anything was told of it: what was in question then is no decision. */
  readonly asked: readonly Mutation[]
}

/**
 * A write whose answer was lost has been carried out late, over newer values. The person is asked
 * which stays: what was there is offered as the edit, what the late write put there is the other side.
 * Fields that a waiting edit has changed over the newer value are settled by that edit. A delete that waits
 * hides the question; taken back, it shows it.
 */
export function raised(
  outbox: readonly Mutation[],
  doubt: Doubt,
  { late, at, asked }: LateWrite,
): OutboxChange {
  const edits = outbox.filter((entry) => isSameRecord(entry, doubt))
  const earlier = edits.findLast(({ op, state }) => op === 'update' && state.kind !== 'in-flight')
  const mine = asked.filter((edit) => isSameRecord(edit, doubt))
  const isAsked = (key: string) =>
    edits.some((edit) => asksAlready(edit, key, { mine: late[key], theirs: doubt.body[key] }))
  const keys = Object.keys(late).filter(
    (key) => !isAsked(key) && !mine.some((edit) => isDecided(edit, key, late)),
  )
  if (keys.length === 0) return { outbox, records: [] }
  const sides = { late: pick(late, keys), body: pick(doubt.body, keys), at }
  if (earlier) return replaceEdit(outbox, questioned(earlier, sides))
  const { section, item, title, id } = doubt
  const question: Mutation = {
    id: asMutationId(`${id.slice(0, 40)}-late-${String(at)}`),
    section,
    item,
    op: 'update',
    patch: {},
    base: {},
    title,
    editedAt: at,
    attempts: 0,
    state: { kind: 'queued' },
  }
  const told = questioned(question, sides)
  return { outbox: [...outbox, told], records: [stored(told)] }
}

/** The edit was made, or decided, over the newer value. */
const isDecided = ({ state, patch, base }: Mutation, key: string, late: Values): boolean =>
  key in patch &&
  equalValue(base[key], late[key]) &&
  !(state.kind === 'conflict' && key in state.theirs)

/** Of two writes given up that hold the same value the second asks nothing more. */
const asksAlready = (
  { state, patch }: Mutation,
  key: string,
  {
    mine,
    theirs,
  }: { readonly mine: FieldValue | undefined; readonly theirs: FieldValue | undefined },
): boolean =>
  state.kind === 'conflict' &&
  key in state.theirs &&
  equalValue(patch[key], mine) &&
  equalValue(state.theirs[key], theirs)

interface Sides {
  readonly late: Values
  readonly body: Values
  readonly at: number
}

/** A field of which the edit wants something else still is a question of that and the newer value. */
function questioned(edit: Mutation, { late, body, at }: Sides): Mutation {
  const isOther = (key: string) => key in edit.patch && !equalValue(edit.patch[key], body[key])
  const other = Object.keys(late).filter(isOther)
  const plain = Object.keys(late).filter((key) => !isOther(key))
  const open = edit.state.kind === 'conflict' ? edit.state : undefined
  const theirs = { ...open?.theirs, ...pick(body, plain), ...pick(late, other) }
  return {
    ...edit,
    patch: { ...edit.patch, ...pick(late, plain) },
    base: { ...edit.base, ...pick(body, plain) },
    editedAt: Math.max(at, edit.editedAt + 1),
    state: {
      kind: 'conflict',
      theirs,
      seenAt: at,
      cause: 'late-write',
      late: { ...open?.late, ...body },
    },
  }
}
