import { mergePolicyOf, type AnySection } from '../domain/sections/section'
import { equalValue, listOf, type FieldValue, type Values } from '../domain/values'

export interface MergeInput {
  /** What the server had when the edit was made. */
  readonly base: Values
  /** What the person wants. */
  readonly local: Values
  /** What the server has now. */
  readonly remote: Values
  /** What an earlier attempt of this very edit may have written. */
  readonly sent?: Values
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
    if (equalValue(local, remote)) continue
    if (remote === undefined || isUnmoved(input, key)) {
      toWrite[key] = local
      continue
    }
    switch (mergePolicyOf(section, key)) {
      case 'ask':
        contested[key] = remote
        break
      case 'local':
        toWrite[key] = local
        break
      case 'server':
        break
      case 'union':
        toWrite[key] = mergeSets(listOf(input.base[key]), listOf(local), listOf(remote))
        break
      case 'off-wins':
        if (remote !== false) toWrite[key] = local
        break
    }
  }
  return { toWrite: withoutEqual(toWrite, input.remote), contested }
}

/** Nobody else has moved the field: it is as it was, or as our own earlier attempt left it. */
function isUnmoved({ base, remote, sent }: MergeInput, key: string): boolean {
  if (equalValue(base[key], remote[key])) return true
  return sent !== undefined && key in sent && equalValue(sent[key], remote[key])
}

/** What was added here is added, what was removed here is removed, the rest is the server's. */
export function mergeSets(
  base: readonly string[],
  local: readonly string[],
  remote: readonly string[],
): readonly string[] {
  const removed = base.filter((entry) => !local.includes(entry))
  const added = local.filter((entry) => !base.includes(entry) && !remote.includes(entry))
  return [...remote.filter((entry) => !removed.includes(entry)), ...added]
}

function withoutEqual(toWrite: Values, remote: Values): Values {
  return Object.fromEntries(
    Object.entries(toWrite).filter(([key, value]) => !equalValue(value, remote[key])),
  )
}
