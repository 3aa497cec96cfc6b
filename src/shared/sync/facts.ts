import type { Json, JsonObject } from '../domain/values'
import type { Pulled } from './ports'

/**
 * The facts of a new copy. Those of which not all could be read add to what the last copy had: that
 * a list of choices did not come is no reason to have none.
 */
export function factsAfter(
  before: JsonObject | undefined,
  { facts, addsTo = [] }: Pick<Pulled, 'facts' | 'addsTo'>,
): JsonObject {
  if (!before || addsTo.length === 0) return facts
  const added = addsTo.flatMap((key) => {
    const value = withEarlier(facts[key], before[key])
    return value === undefined ? [] : [[key, value] as const]
  })
  return { ...facts, ...Object.fromEntries(added) }
}

function withEarlier(now: Json | undefined, before: Json | undefined): Json | undefined {
  if (now === undefined || before === undefined) return now ?? before
  if (isList(now) && isList(before)) {
    const known = new Set(now.map(nameOf))
    return [...now, ...before.filter((entry) => !known.has(nameOf(entry)))]
  }
  return isRecord(now) && isRecord(before) ? { ...before, ...now } : now
}

/** An entry with an id is that one whatever else it says. */
const nameOf = (entry: Json): string =>
  JSON.stringify(isRecord(entry) ? (entry['id'] ?? entry) : entry)

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const isRecord = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
