import type { ItemId, MutationId, SectionId } from '../domain/ids'
import { isLocalId } from '../domain/ids'
import type { Mutation } from './state'

/** Questions about the edits of one record among all that wait. */
export interface RecordName {
  readonly section: SectionId
  readonly item: ItemId
}

/** Item ids are unique within a section only. */
export const recordKey = ({ section, item }: RecordName): string => `${section}/${item}`

export const isSameRecord = (a: RecordName, b: RecordName): boolean =>
  a.item === b.item && a.section === b.section

export const isStuck = ({ state }: Mutation): boolean =>
  state.kind === 'blocked' || state.kind === 'conflict'

const isLiveDelete = (mutation: Mutation): boolean => mutation.op === 'delete' && !isStuck(mutation)

/** An outbox is never changed in place, and each is asked about several times. */
const coveredBefore = new WeakMap<readonly Mutation[], ReadonlySet<MutationId>>()

/**
 * Edits that a later delete of their record has made pointless. They are held back and hidden, and
 * kept until the delete is through: taking the delete back brings them back.
 */
export function coveredEdits(outbox: readonly Mutation[]): ReadonlySet<MutationId> {
  const known = coveredBefore.get(outbox)
  if (known) return known
  const covered = findCovered(outbox)
  coveredBefore.set(outbox, covered)
  return covered
}

function findCovered(outbox: readonly Mutation[]): ReadonlySet<MutationId> {
  const deletes = outbox.filter(isLiveDelete)
  if (deletes.length === 0) return new Set()
  const doomed = new Set(deletes.map(recordKey))
  // Putting a record's name together costs more than everything else here.
  const doomedItems = new Set(deletes.map(({ item }) => item))
  const isCovered = (mutation: Mutation) =>
    mutation.op !== 'delete' &&
    mutation.state.kind !== 'in-flight' &&
    doomedItems.has(mutation.item) &&
    doomed.has(recordKey(mutation))
  return new Set(outbox.filter(isCovered).map(({ id }) => id))
}

/** The edits a person would call waiting. */
export function standingEdits(outbox: readonly Mutation[]): readonly Mutation[] {
  const covered = coveredEdits(outbox)
  return covered.size === 0 ? outbox : outbox.filter((mutation) => !covered.has(mutation.id))
}

/** Edits of each record, in order. */
export function editsByRecord(
  outbox: readonly Mutation[],
): ReadonlyMap<string, readonly Mutation[]> {
  const byRecord = new Map<string, Mutation[]>()
  for (const mutation of outbox) {
    const key = recordKey(mutation)
    const edits = byRecord.get(key)
    if (edits) edits.push(mutation)
    else byRecord.set(key, [mutation])
  }
  return byRecord
}

/** Unconfirmed creates by the local id that other edits refer to them by. */
export function createsByItem(outbox: readonly Mutation[]): ReadonlyMap<string, Mutation> {
  const creates = new Map<string, Mutation>()
  for (const mutation of outbox) {
    if (mutation.op === 'create') creates.set(mutation.item, mutation)
  }
  return creates
}

/** The unconfirmed create that an edit refers to, if any: it has to come first. */
export function parentOf(
  mutation: Mutation,
  creates: ReadonlyMap<string, Mutation>,
): Mutation | undefined {
  if (creates.size === 0) return undefined
  for (const value of Object.values(mutation.patch)) {
    if (typeof value !== 'string' || !isLocalId(value)) continue
    const parent = creates.get(value)
    if (parent && parent.id !== mutation.id) return parent
  }
  return undefined
}

/** Edits of other records that refer to this one. */
export const dependantsOf = (
  outbox: readonly Mutation[],
  record: RecordName,
): readonly Mutation[] =>
  outbox.filter(
    (mutation) =>
      !isSameRecord(mutation, record) && Object.values(mutation.patch).includes(record.item),
  )
