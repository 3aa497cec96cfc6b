import { asMutationId, type MutationId } from '../domain/ids'
import type { AnySection } from '../domain/sections/section'
import { equalValue, type FieldValue, type Values } from '../domain/values'
import { isSameRecord, isStuck } from './chain'
import type { JournalRecord } from './ports'
import type { Mutation, MutationState } from './state'

/** Pure operations on the list of unconfirmed edits. Each answers the new list and what to store. */
export interface OutboxChange {
  readonly outbox: readonly Mutation[]
  /** Any number of them, from the first on, leaves a list that goes on rightly. */
  readonly records: readonly JournalRecord[]
}

export const stored = (mutation: Mutation): JournalRecord => ({ type: 'mutation', mutation })
export const gone = (id: MutationId): JournalRecord => ({ type: 'mutation-gone', id })

/** Adds an edit: to an unsent one of the same record if there is one, else behind what is there. */
export function addEdit(outbox: readonly Mutation[], edit: Mutation): OutboxChange {
  return edit.op === 'delete' ? addDelete(outbox, edit) : addChange(outbox, edit)
}

function addChange(outbox: readonly Mutation[], edit: Mutation): OutboxChange {
  const stuckDelete = outbox.find((entry) => isSameRecord(entry, edit) && isStuckDelete(entry))
  if (stuckDelete) {
    // Editing a record whose delete did not go through takes the delete back.
    const without = outbox.filter((entry) => entry.id !== stuckDelete.id)
    const change = addChange(without, edit)
    return { outbox: change.outbox, records: [...change.records, gone(stuckDelete.id)] }
  }
  const earlier = outbox.findLast((entry) => isSameRecord(entry, edit) && entry.op !== 'delete')
  if (!earlier || earlier.state.kind === 'in-flight') {
    return { outbox: [...outbox, edit], records: [stored(edit)] }
  }
  const joined = absorb(earlier, edit, aheadOf(outbox, earlier))
  const isNothing = joined.op === 'update' && Object.keys(joined.patch).length === 0
  return isNothing ? removeEdit(outbox, earlier.id) : replaceEdit(outbox, joined)
}

/** Fields that other edits of the record change: what was there before them is not there any more. */
const aheadOf = (outbox: readonly Mutation[], of: Mutation): ReadonlySet<string> =>
  new Set(
    outbox
      .filter((entry) => isSameRecord(entry, of) && entry.id !== of.id)
      .flatMap(({ patch }) => Object.keys(patch)),
  )

const isStuckDelete = (mutation: Mutation): boolean => mutation.op === 'delete' && isStuck(mutation)

/**
 * A delete goes behind the edits of its record, which stay until it is through. One that did not go
 * through before is replaced.
 */
function addDelete(outbox: readonly Mutation[], edit: Mutation): OutboxChange {
  const earlier = outbox.filter((entry) => isSameRecord(entry, edit) && entry.op === 'delete')
  const rest = outbox.filter((entry) => !earlier.includes(entry))
  return {
    outbox: [...rest, edit],
    records: [stored(edit), ...earlier.map(({ id }) => gone(id))],
  }
}

/**
 * The earlier edit with the later one's fields over it. A field put back to its base leaves it, unless
 * an attempt may have written it, another edit of it (`ahead`) is before it, or the record is gone:
 * then there is no copy left to show it.
 */
export function absorb(
  earlier: Mutation,
  later: Mutation,
  ahead: ReadonlySet<string> = new Set(),
): Mutation {
  const merged: Values = { ...earlier.patch, ...later.patch }
  const allBase: Values = { ...later.base, ...earlier.base }
  const isGone = earlier.lastSeen !== undefined
  const mayBeElsewhere = earlier.op === 'create' || (earlier.sent ?? []).length > 0
  // Put back to the value of then, while the copy has another by now, it is still an edit.
  const isPutBack = (key: string) =>
    key in later.patch &&
    !ahead.has(key) &&
    equalValue(merged[key], allBase[key]) &&
    (!(key in later.base) || equalValue(merged[key], later.base[key]))
  const { putsBack, ...rest } = earlier
  const kept = Object.entries(merged).filter(([key]) => isGone || mayBeElsewhere || !isPutBack(key))
  const patch = Object.fromEntries(kept)
  return reconsidered({
    ...rest,
    ...puttingBack(putsBack, later),
    ...(earlier.isTakenBack === true && { isTakenBack: false }),
    patch,
    base: pick(allBase, Object.keys(patch)),
    title: later.title,
    // Strictly later, whatever the clock says: plans are recognised by it.
    editedAt: Math.max(later.editedAt, earlier.editedAt + 1),
  })
}

/** What the person typed since is theirs. */
function puttingBack(before: Mutation['putsBack'] = [], later: Mutation) {
  const kept = before.filter((key) => !(key in later.patch))
  const putsBack = [...kept, ...(later.putsBack ?? [])]
  return putsBack.length > 0 ? { putsBack } : {}
}

/** The state of an edit that has just been changed. */
function reconsidered(mutation: Mutation): Mutation {
  const { state } = mutation
  switch (state.kind) {
    case 'blocked':
      return { ...mutation, state: { kind: 'queued' } }
    case 'conflict':
      return withTheirs(mutation, state.theirs)
    case 'queued':
    case 'waiting':
    case 'in-flight':
      return mutation
  }
}

/**
 * The edit with these fields in question. One where both sides agree is in question no more, and
 * with none left the edit may be sent.
 */
export function withTheirs(mutation: Mutation, theirs: Values): Mutation {
  if (mutation.state.kind !== 'conflict') return mutation
  const open = Object.entries(theirs).filter(
    ([key, value]) => key in mutation.patch && !equalValue(mutation.patch[key], value),
  )
  if (open.length === 0) return { ...mutation, state: { kind: 'queued' } }
  return { ...mutation, state: { ...mutation.state, theirs: Object.fromEntries(open) } }
}

export const pick = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(
    keys.flatMap((key): (readonly [string, FieldValue])[] => {
      const value = values[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )

export function removeEdit(outbox: readonly Mutation[], id: MutationId): OutboxChange {
  return { outbox: outbox.filter((mutation) => mutation.id !== id), records: [gone(id)] }
}

export function replaceEdit(outbox: readonly Mutation[], changed: Mutation): OutboxChange {
  return {
    outbox: outbox.map((mutation) => (mutation.id === changed.id ? changed : mutation)),
    records: [stored(changed)],
  }
}

export function setState(
  outbox: readonly Mutation[],
  id: MutationId,
  change: Partial<Mutation> & { readonly state: MutationState },
): OutboxChange {
  const mutation = outbox.find((entry) => entry.id === id)
  return mutation ? replaceEdit(outbox, { ...mutation, ...change }) : { outbox, records: [] }
}

/** The edit as if no attempt had ever been made. */
export function unattempted(mutation: Mutation): Mutation {
  const { id, section, item, op, patch, base, title, editedAt, lastSeen } = mutation
  return {
    id,
    section,
    item,
    op,
    patch,
    base,
    title,
    editedAt,
    attempts: 0,
    ...(lastSeen && { lastSeen }),
    state: { kind: 'queued' },
  }
}

/** All edits of a record leave, a delete last: without it the others would be sent. */
export function removeRecord(outbox: readonly Mutation[], of: Mutation): OutboxChange {
  const edits = outbox.filter((entry) => isSameRecord(entry, of))
  const inOrder = edits.toSorted((a, b) => Number(a.op === 'delete') - Number(b.op === 'delete'))
  return {
    outbox: outbox.filter((entry) => !edits.includes(entry)),
    records: inOrder.map(({ id }) => gone(id)),
  }
}

/** After a failed attempt, edits made meanwhile join the failed one, so that there is one base again. */
export function joinFollowers(outbox: readonly Mutation[], id: MutationId): OutboxChange {
  const first = outbox.find((mutation) => mutation.id === id)
  if (!first || first.op === 'delete') return { outbox, records: [] }
  const followers = outbox.filter(
    (entry) =>
      isSameRecord(entry, first) &&
      entry.id !== id &&
      entry.op === 'update' &&
      entry.state.kind !== 'conflict',
  )
  if (followers.length === 0) return { outbox, records: [] }
  const joined = followers.reduce((edit, next) => absorb(edit, next), first)
  return {
    outbox: outbox
      .filter((mutation) => !followers.includes(mutation))
      .map((mutation) => (mutation.id === id ? joined : mutation)),
    records: [stored(joined), ...followers.map((follower) => gone(follower.id))],
  }
}

/**
 * Takes an edit back. What an attempt may have carried out has to be undone on the platform: an
 * update writes its base again, a create is followed by a delete where the section has one.
 */
export function takeBack(
  outbox: readonly Mutation[],
  mutation: Mutation,
  canDelete: boolean,
): OutboxChange {
  if (mutation.op === 'create') return takeBackCreate(outbox, mutation, canDelete)
  const isReverted = Object.entries(mutation.patch).every(([key, value]) =>
    equalValue(value, mutation.base[key]),
  )
  const isNothing = mutation.isTakenBack === true || (isReverted && !mayHaveChanged(mutation))
  if (mutation.op === 'delete' || mutation.isUncertain !== true || isNothing) {
    return removeEdit(outbox, mutation.id)
  }
  const reverted: Mutation = {
    ...mutation,
    patch: Object.fromEntries(
      Object.keys(mutation.patch).map((key) => [key, mutation.base[key] ?? null]),
    ),
    editedAt: mutation.editedAt + 1,
    isTakenBack: true,
    state: { kind: 'queued' },
  }
  const replaced = replaceEdit(outbox, reverted)
  const joined = joinFollowers(replaced.outbox, mutation.id)
  return { outbox: joined.outbox, records: [...replaced.records, ...joined.records] }
}

/** Typed back by the person, it is what undoes an attempt. Refused, it may be given up. */
const mayHaveChanged = (mutation: Mutation): boolean =>
  mutation.isUncertain === true &&
  !isStuck(mutation) &&
  (mutation.sent ?? []).some((form) =>
    Object.entries(form).some(
      ([key, value]) => key in mutation.patch && !equalValue(mutation.base[key], value),
    ),
  )

function takeBackCreate(
  outbox: readonly Mutation[],
  mutation: Mutation,
  canDelete: boolean,
): OutboxChange {
  if (mutation.isUncertain !== true || !canDelete) return removeRecord(outbox, mutation)
  const { section, item, title, editedAt } = mutation
  const looked = isStuck(mutation)
    ? setState(outbox, mutation.id, { state: { kind: 'queued' } })
    : { outbox, records: [] }
  const change = addDelete(looked.outbox, {
    id: asMutationId(`${mutation.id.slice(0, 50)}-undo`),
    section,
    item,
    op: 'delete',
    patch: {},
    base: {},
    title,
    editedAt: editedAt + 1,
    attempts: 0,
    state: { kind: 'queued' },
  })
  // The delete first: with the other alone it would be sent again.
  return { outbox: change.outbox, records: [...change.records, ...looked.records] }
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
