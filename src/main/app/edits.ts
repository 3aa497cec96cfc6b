import { isLocalId, localItemId, asMutationId, type ItemId } from '../../shared/domain/ids'
import { fieldOf, type AnySection } from '../../shared/domain/sections/section'
import { parseSocialLink } from '../../shared/domain/social-link'
import { validateValues } from '../../shared/domain/validation'
import { textOf, tidyValue, type FieldValue, type Values } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { titleOf } from '../../shared/sync/outbox'
import type { Mutation, SyncState } from '../../shared/sync/state'
import { sectionView, type ItemView } from '../../shared/sync/view'

/** What an edit is made from besides the person's words. */
export interface EditMoment {
  readonly now: number
  readonly unique: string
}

/** How long a delete is held back, so that Undo never has to ask the platform to bring it back. */
const undoMs = 12_000

/** The id the server knows a record by, when it has given one meanwhile. */
export const currentId = (state: SyncState, item: ItemId): ItemId => state.aliases.get(item) ?? item

export function updateOf(
  section: AnySection,
  state: SyncState,
  edit: { readonly item: ItemId; readonly patch: Values; readonly base?: Values | undefined },
  moment: EditMoment,
): Result<Mutation> {
  const item = currentId(state, edit.item)
  const view = sectionView(section, state).items.find((entry) => entry.id === item)
  if (!section.allows.update || view?.can.update === false) return err(notAllowed)
  if (!view) return err({ kind: 'not-found' })
  const patch = resolveReferences(state, storedForm(section, edit.patch))
  const problem = firstProblem(section, { ...view.values, ...patch }, Object.keys(patch))
  if (problem) return err(problem)
  return ok({
    ...mutationOf(section, moment),
    item,
    op: 'update',
    patch,
    base: Object.fromEntries(
      Object.keys(patch).map((key) => [key, edit.base?.[key] ?? view.saved[key] ?? null]),
    ),
    title: titleFrom(section, state, { ...view, values: { ...view.values, ...patch } }),
  })
}

export function createOf(
  section: AnySection,
  state: SyncState,
  values: Values,
  moment: EditMoment,
): Result<Mutation> {
  if (!section.allows.create) return err(notAllowed)
  const patch = resolveReferences(state, storedForm(section, values))
  const problem = firstProblem(section, patch)
  if (problem) return err(problem)
  const view = { values: patch, labels: {} }
  return ok({
    ...mutationOf(section, moment),
    item: localItemId(moment.unique),
    op: 'create',
    patch,
    base: {},
    title: titleFrom(section, state, view),
  })
}

export function deleteOf(
  section: AnySection,
  state: SyncState,
  item: ItemId,
  moment: EditMoment,
): Result<Mutation> {
  const id = currentId(state, item)
  const view = sectionView(section, state).items.find((entry) => entry.id === id)
  if (!view) return err({ kind: 'not-found' })
  if (!view.can.delete) return err(notAllowed)
  return ok({
    ...mutationOf(section, moment),
    item: id,
    op: 'delete',
    patch: {},
    base: view.saved,
    title: titleFrom(section, state, view),
    state: { kind: 'queued', notBefore: moment.now + undoMs },
  })
}

const notAllowed: AppError = { kind: 'forbidden' }

function mutationOf(section: AnySection, moment: EditMoment) {
  return {
    id: asMutationId(moment.unique),
    section: section.id,
    editedAt: moment.now,
    attempts: 0,
    state: { kind: 'queued' },
  } as const
}

/** Values as they are kept: tidy, links in canonical form, and what a flag rules out emptied. */
function storedForm(section: AnySection, values: Values): Values {
  const stored: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(values)) {
    const field = fieldOf(section, key)
    stored[key] = tidyValue(value)
    if (field?.kind !== 'social-link') continue
    const link = parseSocialLink(field.platform, textOf(value))
    if (link.kind === 'link') stored[key] = link.stored
  }
  for (const [key, field] of Object.entries(section.fields)) {
    if (field.unless !== undefined && stored[field.unless] === true) stored[key] = null
  }
  return stored
}

/** A record chosen under its local id may have its real one by now. */
function resolveReferences(state: SyncState, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const isLocal = typeof value === 'string' && isLocalId(value)
      const alias = isLocal ? [...state.aliases].find(([local]) => local === value)?.[1] : undefined
      return [key, alias ?? value]
    }),
  )
}

function firstProblem(
  section: AnySection,
  values: Values,
  keys?: readonly string[],
): AppError | undefined {
  const [problem] = Object.entries(validateValues(section, values, keys))
  return problem && { kind: 'refused-input', field: problem[0], problem: problem[1] }
}

/** References are named by the record they point to. */
function titleFrom(
  section: AnySection,
  state: SyncState,
  view: Pick<ItemView, 'values' | 'labels'>,
): string {
  const names = Object.entries(section.fields).flatMap(([key, field]) => {
    if (field.kind !== 'reference') return []
    const name = nameOf(state, field.to, textOf(view.values[key]))
    return name === undefined ? [] : [[key, name] as const]
  })
  return titleOf(section, view.values, { ...view.labels, ...Object.fromEntries(names) })
}

function nameOf(state: SyncState, section: string, item: string): string | undefined {
  const created = state.outbox.find((mutation) => mutation.item === item)
  if (created) return textOf(created.patch['name']) || undefined
  for (const snapshot of state.snapshots.values()) {
    if (snapshot.section !== section) continue
    const found = snapshot.items.find((entry) => entry.id === item)
    return found && textOf(found.values['name'])
  }
  return undefined
}
