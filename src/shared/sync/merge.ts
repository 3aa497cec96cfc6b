import { equalField } from '../domain/field-equality'
import { mergePolicyOf, type AnySection } from '../domain/sections/section'
import {
  equalValue,
  isFileValue,
  listOf,
  type FieldValue,
  type FileValue,
  type Values,
} from '../domain/values'
import type { Replacement } from './state'

export interface MergeInput {
  /** What the server had when the edit was made. */
  readonly base: Values
  /** What the person wants. */
  readonly local: Values
  /** What the server has now. */
  readonly remote: Values
  /** What earlier attempts of this very edit may have written. */
  readonly sent?: readonly Values[]
  /** What unanswered writes of ours to this record wrote and over what: they may land late. */
  readonly unanswered?: readonly Replacement[]
  /** Fields that the end of a pause puts back. */
  readonly putsBack?: readonly string[]
}

export interface Merged {
  /** What has to be written so that the edit holds. Empty: the server has it already. */
  readonly toWrite: Values
  /** Fields changed on both sides: the server's value of each. Nothing is written while there are any. */
  readonly contested: Values
}

/** Three-way merge of the edited fields; the descriptor decides where both sides changed one. */
export function mergeFields(section: AnySection, input: MergeInput): Merged {
  const toWrite: Record<string, FieldValue> = {}
  const contested: Record<string, FieldValue> = {}
  for (const [key, local] of Object.entries(input.local)) {
    const remote = input.remote[key]
    if (equalField(section, key, [local, remote]) || hasArrived(input, key)) continue
    if (remote === undefined || isUnmoved(section, input, key)) toWrite[key] = local
    else if (mergePolicyOf(section, key) === 'ask') contested[key] = remote
    else {
      const merged = byPolicy(section, key, { ...input, local, remote })
      if (!equalField(section, key, [merged, remote])) toWrite[key] = merged
    }
  }
  return { toWrite, contested }
}

/** Nobody else has moved the field: it is as it was, or as an earlier attempt of ours left it. */
function isUnmoved(section: AnySection, input: MergeInput, key: string): boolean {
  const { base, remote, sent, putsBack } = input
  if (equalField(section, key, [base[key], remote[key]])) return true
  // Off may have been said by another device as well: in doubt it stays off, save after a pause.
  const isOff = mergePolicyOf(section, key) === 'off-wins' && remote[key] === false
  if (isOff && putsBack?.includes(key) !== true) return false
  return (sent ?? []).some(
    (form) => key in form && equalField(section, key, [form[key], remote[key]]),
  )
}

/**
 * A file has another form on the server than in the spool. After an attempt to send this very file,
 * one of its name and size there is it, unless one like it was there before.
 */
function hasArrived({ base, local, remote, sent }: MergeInput, key: string): boolean {
  const file = local[key]
  const there = remote[key]
  if (!isFileValue(file) || !isFileValue(there) || !looksLike(file, there)) return false
  const before = base[key]
  if (isFileValue(before) && looksLike(file, before)) return false
  return (sent ?? []).some((form) => equalValue(form[key], file))
}

const looksLike = (file: FileValue, there: FileValue): boolean =>
  file.name === there.name && file.size !== undefined && file.size === there.size

interface Sides extends Pick<MergeInput, 'base' | 'unanswered'> {
  readonly local: FieldValue
  readonly remote: FieldValue
}

function byPolicy(
  section: AnySection,
  key: string,
  { base, local, remote, unanswered = [] }: Sides,
): FieldValue {
  switch (mergePolicyOf(section, key)) {
    case 'union':
      return mergeSets(listOf(base[key]), listOf(local), listOf(remote), ofSet(unanswered, key))
    case 'off-wins':
      return remote === false ? false : local
    case 'server':
      return remote
    case 'local':
    case 'ask':
      return local
  }
}

interface SetReplacement {
  readonly before: readonly string[]
  readonly body: readonly string[]
}

const ofSet = (writes: readonly Replacement[], key: string): readonly SetReplacement[] =>
  writes
    .filter(({ body }) => key in body)
    .map(({ before, body }) => ({ before: listOf(before[key]), body: listOf(body[key]) }))

/**
 * What was added here is added, what was removed here is removed, the rest is the server's. What an
 * unanswered write of ours has added or removed, and is not wanted so any more, is undone: nobody else
 * has done it.
 */
export function mergeSets(
  base: readonly string[],
  local: readonly string[],
  remote: readonly string[],
  unanswered: readonly SetReplacement[] = [],
): readonly string[] {
  const wasRemoved = (entry: string) =>
    unanswered.some(({ before, body }) => before.includes(entry) && !body.includes(entry))
  const wasAdded = (entry: string) =>
    unanswered.some(({ before, body }) => body.includes(entry) && !before.includes(entry))
  const added = local.filter((entry) => !base.includes(entry) || wasRemoved(entry))
  const isKept = (entry: string) =>
    local.includes(entry) || !(base.includes(entry) || wasAdded(entry))
  return [...new Set([...remote.filter(isKept), ...added])]
}
