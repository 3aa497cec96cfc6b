import type { ItemId } from '../domain/ids'
import type { AnySection } from '../domain/sections/section'
import { coveredEdits, isSameRecord, isStuck } from './chain'
import type { Found } from './events'
import { fieldsToWrite } from './kept'
import { planPush, type Situation } from './plan'
import type { Mutation, ServerItem, SyncState } from './state'

/** What was read, and when. */
export interface Reading {
  readonly items: readonly ServerItem[]
  readonly now: number
}

/** What a plan for the edit has to know besides it. */
export function situationOf(
  { aliases, outbox, doubts }: Pick<SyncState, 'aliases' | 'outbox' | 'doubts'>,
  mutation: Mutation,
  { items, now }: Reading,
): Situation {
  const taken = [...aliases].filter(([local]) => local !== mutation.item)
  const madeAs: ItemId | undefined = aliases.get(mutation.item)
  const others = outbox.filter((entry) => entry.id !== mutation.id)
  return {
    items,
    now,
    taken: new Set(taken.map(([, id]) => id)),
    ...(madeAs !== undefined && mutation.op === 'create' && { madeAs }),
    isDoomed: coveredEdits(outbox).has(mutation.id),
    rivals: others
      .filter(({ op, section }) => op === 'create' && section === mutation.section)
      .flatMap((entry) => entry.sent ?? []),
    alsoSent: others
      .filter((entry) => isSameRecord(entry, mutation))
      .flatMap((entry) => entry.sent ?? []),
    doubted: doubts.filter((doubt) => isSameRecord(doubt, mutation)),
  }
}

/**
 * Creates whose answer was lost and whose record is among what was read, whoever asked: it is never
 * to be shown beside the edit that made it.
 */
export function foundCreates(
  section: AnySection,
  state: Pick<SyncState, 'aliases' | 'outbox' | 'doubts'>,
  reading: Reading,
): readonly Found[] {
  const lost = state.outbox.filter(
    (entry) => entry.section === section.id && entry.op === 'create' && isLost(entry),
  )
  const found: Found[] = []
  const aliases = new Map(state.aliases)
  for (const mutation of lost) {
    const situation = situationOf({ ...state, aliases }, mutation, reading)
    const plan = planPush(section, mutation, situation)
    if (plan.kind !== 'done' || !plan.item) continue
    aliases.set(mutation.item, plan.item.id)
    const { id, editedAt, patch } = mutation
    const notKept = fieldsToWrite(section, patch, plan.item)
    found.push({ id, editedAt, item: plan.item, notKept })
  }
  return found
}

const isLost = (mutation: Mutation): boolean =>
  mutation.isUncertain === true && mutation.state.kind !== 'in-flight' && !isStuck(mutation)

/** Records that were read before the answer to the create that made them: that edit shows them already. */
export function arrivingIn(
  items: readonly ServerItem[],
  edits: readonly Mutation[],
): ReadonlySet<ItemId> {
  const makers = new Set<string>(
    edits
      .filter(({ op, state }) => op === 'create' && state.kind === 'in-flight')
      .map(({ id }) => id),
  )
  if (makers.size === 0) return new Set()
  const made = items.filter(({ madeBy }) => madeBy !== undefined && makers.has(madeBy))
  return new Set(made.map(({ id }) => id))
}
