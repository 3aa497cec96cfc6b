import {
  asItemId,
  asMutationId,
  isLocalId,
  localItemId,
  selfItemId,
  type ItemId,
  type MutationId,
} from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../shared/domain/sections/section'
import { parseSocialLink } from '../../shared/domain/social-link'
import { validateValues } from '../../shared/domain/validation'
import {
  equalValue,
  isList,
  textOf,
  tidyValue,
  type FieldValue,
  type Values,
} from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { titleOf } from '../../shared/sync/outbox'
import type { Draft, Mutation, SyncState } from '../../shared/sync/state'
import { itemView, type ItemView } from '../../shared/sync/view'

/** What an edit is made from besides the person's words. */
export interface EditMoment {
  readonly now: number
  readonly unique: string
}

/** How long a delete is held back, so that Undo never has to ask the platform to bring it back. */
const undoMs = 12_000

/** The id the server knows a record by, when it has given one meanwhile. */
export const currentId = (state: SyncState, item: ItemId): ItemId => state.aliases.get(item) ?? item

export interface Edit {
  readonly item: ItemId
  readonly patch: Values
  /** The server's values when the person began, where they are known. */
  readonly base?: Values | undefined
}

export function updateOf(
  section: AnySection,
  state: SyncState,
  edit: Edit,
  moment: EditMoment,
): Result<Mutation> {
  const item = currentId(state, edit.item)
  const view = editedView(section, state, item)
  if (!section.allows.update || view?.can.update === false) return err(notAllowed)
  if (!view) return err({ kind: 'not-found' })
  const given = storedForm(section, edit.patch, view.values)
  const { patch, problem: dangling } = resolveReferences(section, state, given)
  const problem =
    dangling ?? firstProblem(section, { ...view.values, ...patch }, Object.keys(patch))
  if (problem) return err(problem)
  const baseOf = (key: string): FieldValue =>
    edit.base && Object.hasOwn(edit.base, key)
      ? (edit.base[key] ?? null)
      : (view.saved[key] ?? null)
  return ok({
    ...mutationOf(section, moment),
    item,
    op: 'update',
    patch,
    base: Object.fromEntries(Object.keys(patch).map((key) => [key, baseOf(key)])),
    title: titleFrom(section, state, { ...view, values: { ...view.values, ...patch } }),
  })
}

/** The only record of a section can be edited before it was ever read; merging compares it then. */
function editedView(
  section: AnySection,
  state: SyncState,
  item: ItemId,
): Pick<ItemView, 'values' | 'saved' | 'labels' | 'can'> | undefined {
  const view = itemView(section, state, item)
  const isUnread = section.cardinality === 'one' && !state.snapshots.has(section.id)
  if (view || !isUnread || item !== selfItemId) return view
  return { values: {}, saved: {}, labels: {}, can: { update: true, delete: false } }
}

export function createOf(
  section: AnySection,
  state: SyncState,
  values: Values,
  moment: EditMoment,
): Result<Mutation> {
  if (!section.allows.create) return err(notAllowed)
  const { patch, problem: dangling } = resolveReferences(
    section,
    state,
    storedForm(section, values, {}),
  )
  const problem = dangling ?? firstProblem(section, patch)
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
  const view = itemView(section, state, id)
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

/**
 * What was chosen where both sides had changed a field: only those fields, in stored form. Taking
 * the server's own value is always possible, whatever the app would ask of a new one.
 */
export function choicesOf(
  registry: SectionRegistry,
  state: SyncState,
  { mutation: id, choices }: { readonly mutation: MutationId; readonly choices: Values },
): Result<Values> {
  const mutation = state.outbox.find((entry) => entry.id === id)
  const section = mutation && registry.find(mutation.section)
  if (!section || mutation.state.kind !== 'conflict') return err({ kind: 'not-found' })
  const { theirs } = mutation.state
  if (Object.keys(choices).some((key) => !Object.hasOwn(theirs, key))) return err(notAllowed)
  const stored = storedForm(section, choices, mutation.patch)
  const own = Object.keys(choices).filter((key) => !equalValue(stored[key], theirs[key]))
  const problem = firstProblem(section, { ...mutation.patch, ...stored }, own)
  return problem ? err(problem) : ok(stored)
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
function storedForm(section: AnySection, values: Values, before: Values): Values {
  const stored: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(values)) {
    stored[key] = storedValue(fieldOf(section, key), value)
  }
  for (const [key, field] of Object.entries(section.fields)) {
    const flag = field.unless
    if (flag === undefined) continue
    const isRuledOut = (flag in stored ? stored[flag] : before[flag]) === true
    if (isRuledOut && (key in stored || flag in stored)) stored[key] = null
  }
  return stored
}

function storedValue(field: FieldDescriptor | undefined, value: FieldValue): FieldValue {
  if (isList(value)) return [...new Set(value)]
  if (field?.kind !== 'social-link') return tidyValue(value)
  const link = parseSocialLink(field.platform, textOf(value))
  return link.kind === 'link' ? link.stored : tidyValue(value)
}

/** A record chosen under its local id may have its real one by now, or may have been taken back. */
function resolveReferences(
  section: AnySection,
  state: SyncState,
  values: Values,
): { readonly patch: Values; readonly problem?: AppError } {
  const patch: Record<string, FieldValue> = { ...values }
  for (const [key, value] of Object.entries(values)) {
    if (fieldOf(section, key)?.kind !== 'reference' || typeof value !== 'string') continue
    const id = currentId(state, asItemId(value || ' '))
    patch[key] = value === '' ? null : id
    const isDangling = isLocalId(id) && !state.outbox.some((mutation) => mutation.item === id)
    if (isDangling) return { patch, problem: takenBack(key) }
  }
  return { patch }
}

const takenBack = (field: string): AppError => ({
  kind: 'refused-input',
  field,
  problem: 'This one was taken back. Choose another.',
})

function firstProblem(
  section: AnySection,
  values: Values,
  keys?: readonly string[],
): AppError | undefined {
  const shown = (keys ?? Object.keys(values)).find((key) => fieldOf(section, key)?.kind === 'shown')
  if (shown !== undefined) {
    return { kind: 'refused-input', field: shown, problem: 'This cannot be edited.' }
  }
  const [problem] = Object.entries(validateValues(section, values, keys))
  return problem && { kind: 'refused-input', field: problem[0], problem: problem[1] }
}

/** What the record of a draft is called; a new one by what stands in its form. */
export function titleOfDraft(section: AnySection, state: SyncState, draft: Draft): string {
  const view = itemView(section, state, draft.item) ?? { values: draft.values, labels: {} }
  return titleFrom(section, state, view)
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
  const created = state.outbox.find(
    (mutation) => mutation.op === 'create' && mutation.item === item,
  )
  if (created) return textOf(created.patch['name']) || undefined
  for (const snapshot of state.snapshots.values()) {
    if (snapshot.section !== section) continue
    const found = snapshot.items.find((entry) => entry.id === item)
    return found && textOf(found.values['name'])
  }
  return undefined
}
