import { isLocalId, type ItemId } from '../domain/ids'
import { equalField } from '../domain/field-equality'
import type { AnySection } from '../domain/sections/section'
import { validateValues } from '../domain/validation'
import { equalValue, isFileValue, type FieldValue, type Values } from '../domain/values'
import type { AppError } from '../errors'
import { isKept } from './kept'
import { mergeFields } from './merge'
import type { Mutation, Replacement, ServerItem } from './state'
import { suspectsOf } from './suspects'

/** What to do with a mutation, decided from the section as it was just read. */
export type PushPlan =
  | { readonly kind: 'done'; readonly item?: ServerItem }
  | { readonly kind: 'contested'; readonly theirs: Values }
  | { readonly kind: 'impossible'; readonly error: AppError }
  /** An earlier attempt may still be carried out: look again then. */
  | { readonly kind: 'later'; readonly until: number }
  /** Nothing of it is on the platform, and nothing is wanted there. */
  | { readonly kind: 'never-made' }
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly current: ServerItem; readonly toWrite: Values }
  | { readonly kind: 'delete'; readonly current: ServerItem }

/** What the plan needs to know besides the mutation. */
export interface Situation {
  /** The section as it was just read. */
  readonly items: readonly ServerItem[]
  readonly now: number
  /** Ids that other creates of ours have got: their records are taken. */
  readonly taken?: ReadonlySet<ItemId>
  /** The id this create has got already, though the edit is still here. */
  readonly madeAs?: ItemId
  /** A delete of the record waits behind it. */
  readonly isDoomed?: boolean
  /** What other unfinished creates of the section may have written: a record wholly theirs is not ours. */
  readonly rivals?: readonly Values[]
  /** What other edits of the same record may have written. */
  readonly alsoSent?: readonly Values[]
  /** Writes of the same record that were not answered and may still land. */
  readonly doubted?: readonly Replacement[]
}

/** How long the platform may still carry out a request whose answer was lost. */
export const settleMs = 30_000

const looksAfterMs: readonly number[] = [2_000, 10_000, settleMs]

export function planPush(section: AnySection, mutation: Mutation, at: Situation): PushPlan {
  const dangling = danglingReference(section, mutation.patch)
  if (dangling) return { kind: 'impossible', error: dangling }
  switch (mutation.op) {
    case 'create':
      return planCreate(section, mutation, at)
    case 'update':
      return planUpdate(section, mutation, at)
    case 'delete':
      return planDelete(section, mutation, at)
  }
}

/** A record that was never made has no id the platform would understand. */
function danglingReference(section: AnySection, patch: Values): AppError | undefined {
  for (const [key, field] of Object.entries(section.fields)) {
    const value = patch[key]
    if (field.kind !== 'reference' || typeof value !== 'string' || !isLocalId(value)) continue
    const problem = validateValues(section, { ...patch, [key]: null }, [key])[key] ?? ''
    return { kind: 'refused-input', field: key, problem }
  }
  return undefined
}

/** The platform honours no idempotency key: a create that may have happened looks for its record first. */
function planCreate(section: AnySection, mutation: Mutation, at: Situation): PushPlan {
  if (at.madeAs !== undefined) {
    const made = at.items.find((item) => item.id === at.madeAs)
    return made ? { kind: 'done', item: made } : { kind: 'done' }
  }
  const marked = at.items.find(({ madeBy }) => madeBy === mutation.id)
  if (marked) return { kind: 'done', item: marked }
  if (mutation.isUncertain !== true) return { kind: at.isDoomed ? 'never-made' : 'create' }
  const twin = twinOf(section, mutation, at)
  if (twin) return { kind: 'done', item: twin }
  const until = nextLook(mutation, at.now)
  if (until !== undefined) return { kind: 'later', until }
  // Whose it is, is uncertain: what is not wanted any more is left alone.
  if (at.isDoomed === true) return { kind: 'never-made' }
  const { sure, all } = suspectsOf(section, formsOf(mutation), strangers(section, mutation, at))
  if (sure) return { kind: 'done', item: sure }
  if (all.length > 0) return { kind: 'impossible', error: { kind: 'duplicate' } }
  return { kind: 'create' }
}

const formsOf = ({ sent, patch }: Mutation): readonly Values[] => sent ?? [patch]

/** Records that are new since the first attempt and are not known to be another's of ours. */
const strangers = (
  section: AnySection,
  { knownIds = [] }: Mutation,
  { items, taken, rivals = [] }: Situation,
): readonly ServerItem[] =>
  items.filter(
    (item) =>
      item.madeBy === undefined &&
      !knownIds.includes(item.id) &&
      !taken?.has(item.id) &&
      !rivals.some((rival) => holds(section, item, { form: rival, keys: Object.keys(rival) })),
  )

/** The record an unanswered attempt has made: new since, ours by its key fields, not another's of ours. */
function twinOf(
  section: AnySection,
  mutation: Mutation,
  { items, taken, rivals = [] }: Situation,
): ServerItem | undefined {
  const known = new Set(mutation.knownIds ?? [])
  const forms = mutation.sent ?? [mutation.patch]
  const fresh = items.filter(
    ({ id, madeBy }) => madeBy === undefined && !known.has(id) && !taken?.has(id),
  )
  for (const form of forms.toReversed()) {
    const identity = section.identity ?? Object.keys(form)
    const same = fresh.filter((item) => holds(section, item, { form, keys: identity }))
    const isWhole = (item: ServerItem, of: Values) =>
      holds(section, item, { form: of, keys: Object.keys(of) })
    const twin =
      same.find((item) => isWhole(item, form)) ??
      same.find((item) => !rivals.some((rival) => isWhole(item, rival)))
    if (twin) return twin
  }
  return wornTwin(section, forms, fresh)
}

/**
 * The only new record that holds nothing but what was sent, without a key field that the server has
 * dropped. Asking for all of them would have it made a second time.
 */
function wornTwin(
  section: AnySection,
  forms: readonly Values[],
  fresh: readonly ServerItem[],
): ServerItem | undefined {
  const keys = section.identity ?? []
  const isWorn = (item: ServerItem, form: Values) => {
    const held = keys.filter((key) => !equalValue(item.values[key], null))
    const isPart = Object.keys(section.fields).every(
      (key) =>
        isBlankThere(item, key) || isKept(section, key, [form[key] ?? null, item.values[key]]),
    )
    return held.length > 0 && held.length >= keys.length - 1 && isPart
  }
  const worn = fresh.filter((item) => forms.some((form) => isWorn(item, form)))
  return worn.length === 1 ? worn[0] : undefined
}

const isBlankThere = (item: ServerItem, key: string): boolean =>
  equalValue(item.values[key], null) || item.values[key] === false

/** The one record that is new since a create the server has answered, however little it resembles it. */
export function onlyNew(
  { knownIds = [] }: Mutation,
  { items, taken }: Situation,
): ServerItem | undefined {
  const fresh = items.filter((item) => !knownIds.includes(item.id) && !taken?.has(item.id))
  return fresh.length === 1 ? fresh[0] : undefined
}

/** The record, whoever made it, that is all this create wants: the platform keeps no second one. */
export const equalRecord = (
  section: AnySection,
  { patch }: Mutation,
  { items, taken }: Situation,
): ServerItem | undefined =>
  items.find(
    (item) =>
      !taken?.has(item.id) && holds(section, item, { form: patch, keys: Object.keys(patch) }),
  )

const holds = (
  section: AnySection,
  item: ServerItem,
  { form, keys }: { readonly form: Values; readonly keys: readonly string[] },
): boolean => keys.every((key) => isKept(section, key, [form[key], item.values[key] ?? null]))

/** When to look again; `undefined` once the last attempt has had its time. */
function nextLook({ sentAt }: Mutation, now: number): number | undefined {
  if (sentAt === undefined) return undefined
  // A clock set back must not make it wait longer than once more.
  const began = Math.min(sentAt, now)
  const next = looksAfterMs.find((after) => began + after > now)
  return next === undefined ? undefined : began + next
}

function planUpdate(section: AnySection, mutation: Mutation, at: Situation): PushPlan {
  const current = at.items.find((item) => item.id === mutation.item)
  if (!current) return { kind: 'impossible', error: { kind: 'not-found' } }
  const until = hasOtherForm(mutation) ? nextLook(mutation, at.now) : undefined
  if (until !== undefined) return { kind: 'later', until }
  const own = mutation.isUncertain === true && mutation.replaces ? [mutation.replaces] : []
  const { toWrite, contested } = mergeFields(section, {
    base: mutation.base,
    local: mutation.patch,
    remote: current.values,
    unanswered: [...own, ...(at.doubted ?? [])],
    ...(mutation.sent && { sent: mutation.sent }),
    ...(mutation.isUncertain === true && mutation.putsBack && { putsBack: mutation.putsBack }),
  })
  if (Object.keys(contested).length > 0) return { kind: 'contested', theirs: contested }
  if (Object.keys(toWrite).length === 0) return { kind: 'done', item: current }
  return { kind: 'update', current, toWrite }
}

/** An unanswered attempt had other values than are wanted now: landing late it would undo them. */
const hasOtherForm = ({ isUncertain, patch, sent }: Mutation): boolean =>
  isUncertain === true &&
  (sent ?? []).some((form) =>
    Object.entries(form).some(([key, value]) => key in patch && !equalValue(patch[key], value)),
  )

/** Deleting a record that somebody changed meanwhile asks first. */
function planDelete(section: AnySection, mutation: Mutation, at: Situation): PushPlan {
  const current = at.items.find((item) => item.id === mutation.item)
  if (!current) return { kind: 'done' }
  const moved = Object.keys(mutation.base).filter((key) => {
    const now = current.values[key]
    if (now === undefined || section.fields[key]?.kind === 'shown') return false
    if (equalField(section, key, [mutation.base[key], now])) return false
    const isOurs = at.alsoSent?.some(
      (form) => key in form && equalField(section, key, [form[key], now]),
    )
    return isOurs !== true
  })
  if (moved.length === 0) return { kind: 'delete', current }
  const theirs = Object.fromEntries(moved.map((key) => [key, current.values[key] ?? null]))
  return { kind: 'contested', theirs }
}

/** Whether the server took a write and has another value than was written, the one of before or a third. */
export function wasIgnored(
  section: AnySection,
  written: Values,
  { before, after }: { readonly before: ServerItem; readonly after: ServerItem },
): boolean {
  return Object.entries(written).some(([key, value]) => {
    const now = after.values[key]
    const then = before.values[key]
    if (isFileValue(value) && isFileValue(now)) return isOtherFile(value, now, then)
    return !isKept(section, key, [value, now]) && after.values[pendingKeyOf(key)] === undefined
  })
}

/**
 * The file of before is still there. Servers rename files, so that its name need not be the one that
 * was sent; where it is, a size tells the old one from the new one.
 */
const isOtherFile = (written: FieldValue, now: FieldValue, then: FieldValue | undefined): boolean =>
  isFileValue(written) &&
  isFileValue(now) &&
  equalValue(now, then) &&
  (now.name !== written.name ||
    (now.size !== undefined && written.size !== undefined && now.size !== written.size))

/** A field `email` that waits for confirmation is announced in `pendingEmail`. */
const pendingKeyOf = (key: string): string => `pending${key.charAt(0).toUpperCase()}${key.slice(1)}`
