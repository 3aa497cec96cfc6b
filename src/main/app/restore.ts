import { asItemId, type ItemId } from '../../shared/domain/ids'
import { fieldOf, type AnySection } from '../../shared/domain/sections/section'
import { isBlank, type Values } from '../../shared/domain/values'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { HistoryEntry } from '../../shared/sync/history-entry'
import { recordEntry, restorableValues, successorOf } from '../../shared/sync/history-view'
import { pick } from '../../shared/sync/outbox'
import type { Draft, Mutation, SyncState } from '../../shared/sync/state'
import { newItemDraftId, sectionView, type ItemView } from '../../shared/sync/view'
import { createOf, currentId, updateOf, type EditMoment } from './edits'

/** What bringing back an earlier value amounts to. */
export type Restoring =
  /** `seen`: what it takes the place of, to be written again if it is undone. */
  | { readonly kind: 'edit'; readonly mutation: Mutation; readonly seen: Values }
  | { readonly kind: 'record'; readonly mutation: Mutation }
  /** What would not be taken as it is stands in the form for the person to complete. */
  | { readonly kind: 'draft'; readonly draft: Draft }

/**
 * An earlier value becomes an edit like any other. Of a record that has gone, the whole record is
 * made anew where the history has it; else its fields stand in the form for a new one.
 */
export function restoringOf(
  section: AnySection,
  state: SyncState,
  { entry, moment }: { readonly entry: HistoryEntry; readonly moment: EditMoment },
): Result<Restoring> {
  const values = restorableValues(section, state, entry)
  if (Object.keys(values).length === 0) return err({ kind: 'not-found' })
  const { items } = sectionView(section, state)
  const known = currentId(state, entry.item)
  const view = items.find(({ id }) => id === known) ?? successorOf(section, state, { entry, items })
  const item = view?.id ?? known
  if (view || section.cardinality === 'one') {
    return restoredFields(section, state, { item, view, values, moment })
  }
  return restoredRecord(section, state, { entry, values, moment })
}

interface Fields {
  readonly item: ItemId
  readonly view: ItemView | undefined
  readonly values: Values
  readonly moment: EditMoment
}

function restoredFields(
  section: AnySection,
  state: SyncState,
  { item, view, values, moment }: Fields,
): Result<Restoring> {
  const patch = { ...values, ...flagsTurnedOff(section, values, view?.values ?? {}) }
  const made = updateOf(section, state, { item, patch }, moment)
  if (made.ok) {
    const seen = Object.keys(made.value.patch).map(
      (key) => [key, view?.values[key] ?? null] as const,
    )
    return ok({ kind: 'edit', mutation: made.value, seen: Object.fromEntries(seen) })
  }
  if (made.error.kind !== 'refused-input') return made
  const drafted = { ...state.drafts.get(`${section.id}/${item}`)?.values, ...patch }
  const base = pick(view?.saved ?? {}, Object.keys(drafted))
  const draft = { section: section.id, item, values: drafted, base, savedAt: moment.now }
  return ok({ kind: 'draft', draft })
}

/** A field that a switched-on flag empties comes back only together with the flag. */
const flagsTurnedOff = (section: AnySection, values: Values, now: Values): Values =>
  Object.fromEntries(
    Object.keys(values).flatMap((key) => {
      const flag = fieldOf(section, key)?.unless
      const isRuledOut = flag !== undefined && !(flag in values) && now[flag] === true
      return isRuledOut && !isBlank(values[key]) ? [[flag, false] as const] : []
    }),
  )

function restoredRecord(
  section: AnySection,
  state: SyncState,
  at: { readonly entry: HistoryEntry; readonly values: Values; readonly moment: EditMoment },
): Result<Restoring> {
  const record = recordEntry(state, at.entry)
  const values = { ...(record && restorableValues(section, state, record)), ...at.values }
  const made = createOf(section, state, values, at.moment)
  if (made.ok) return ok({ kind: 'record', mutation: made.value })
  if (made.error.kind !== 'refused-input') return made
  const item = asItemId(newItemDraftId(section))
  const { field } = made.error
  // A record that it refers to is no more: that one field is the person's to fill.
  const isDangling = field in values && fieldOf(section, field)?.kind === 'reference'
  const drafted = isDangling ? { ...values, [field]: null } : values
  return ok({
    kind: 'draft',
    draft: { section: section.id, item, values: drafted, savedAt: at.moment.now },
  })
}
