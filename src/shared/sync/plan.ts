import type { AnySection } from '../domain/sections/section'
import { equalValue, type Values } from '../domain/values'
import type { AppError } from '../errors'
import { mergeFields } from './merge'
import type { Mutation, ServerItem } from './state'

/** What to do with a mutation, decided from the section as it was just read. */
export type PushPlan =
  | { readonly kind: 'done'; readonly item?: ServerItem }
  | { readonly kind: 'contested'; readonly theirs: Values }
  | { readonly kind: 'impossible'; readonly error: AppError }
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly current: ServerItem; readonly toWrite: Values }
  | { readonly kind: 'delete'; readonly current: ServerItem }

export function planPush(
  section: AnySection,
  mutation: Mutation,
  items: readonly ServerItem[],
): PushPlan {
  switch (mutation.op) {
    case 'create':
      return planCreate(section, mutation, items)
    case 'update':
      return planUpdate(section, mutation, items)
    case 'delete':
      return planDelete(section, mutation, items)
  }
}

/** The platform honours no idempotency key: a create that may have happened looks for its record first. */
function planCreate(
  section: AnySection,
  mutation: Mutation,
  items: readonly ServerItem[],
): PushPlan {
  if (mutation.attempts === 0) return { kind: 'create' }
  const known = new Set(mutation.knownIds ?? [])
  const wanted = mutation.sent ?? mutation.patch
  const identity = section.identity ?? Object.keys(wanted)
  const twin = items.find(
    (item) =>
      !known.has(item.id) && identity.every((key) => equalValue(item.values[key], wanted[key])),
  )
  return twin ? { kind: 'done', item: twin } : { kind: 'create' }
}

function planUpdate(
  section: AnySection,
  mutation: Mutation,
  items: readonly ServerItem[],
): PushPlan {
  const current = items.find((item) => item.id === mutation.item)
  if (!current) return { kind: 'impossible', error: { kind: 'not-found' } }
  const { toWrite, contested } = mergeFields(section, {
    base: mutation.base,
    local: mutation.patch,
    remote: current.values,
    ...(mutation.sent && { sent: mutation.sent }),
  })
  if (Object.keys(contested).length > 0) return { kind: 'contested', theirs: contested }
  if (Object.keys(toWrite).length === 0) return { kind: 'done', item: current }
  return { kind: 'update', current, toWrite }
}

/** Deleting a record that somebody changed meanwhile asks first. */
function planDelete(
  section: AnySection,
  mutation: Mutation,
  items: readonly ServerItem[],
): PushPlan {
  const current = items.find((item) => item.id === mutation.item)
  if (!current) return { kind: 'done' }
  const moved = Object.keys(mutation.base).filter(
    (key) =>
      section.fields[key]?.kind !== 'shown' && !equalValue(mutation.base[key], current.values[key]),
  )
  if (moved.length === 0) return { kind: 'delete', current }
  const theirs = Object.fromEntries(moved.map((key) => [key, current.values[key] ?? null]))
  return { kind: 'contested', theirs }
}

/** Whether the server took a write and left the field as it was before. */
export function wasIgnored(before: ServerItem, written: Values, after: ServerItem): boolean {
  return Object.entries(written).some(
    ([key, value]) =>
      !equalValue(after.values[key], value) &&
      equalValue(after.values[key], before.values[key]) &&
      after.values[pendingKeyOf(key)] === undefined,
  )
}

/** A field `email` that waits for confirmation is announced in `pendingEmail`. */
const pendingKeyOf = (key: string): string => `pending${key.charAt(0).toUpperCase()}${key.slice(1)}`
