import type { AnySection } from '../domain/sections/section'
import { isFileValue, isList, textOf, type FieldValue, type Values } from '../domain/values'
import { isKept, plainForm } from './kept'
import type { ServerItem } from './state'

/** Records that may be what an unanswered create has made, with a key field that the server has changed. */
export interface Suspects {
  /** The only one, and the rest of it is as it was sent: it is ours. */
  readonly sure: ServerItem | undefined
  readonly all: readonly ServerItem[]
}

/** @param fresh records that are new since the first attempt and not known to be others' */
export function suspectsOf(
  section: AnySection,
  forms: readonly Values[],
  fresh: readonly ServerItem[],
): Suspects {
  const all = fresh.filter((item) => forms.some((form) => isLike(section, form, item)))
  const [only] = all
  const isSure = all.length === 1 && only && forms.some((form) => isWholeBut(section, form, only))
  return { sure: isSure === true ? only : undefined, all }
}

/** All key fields but one are kept; of a single one something is left. */
function isLike(section: AnySection, form: Values, item: ServerItem): boolean {
  const keys = filled(form, section.identity ?? [])
  const other = keys.filter((key) => !isKept(section, key, [form[key], item.values[key] ?? null]))
  const [changed, another] = other
  if (changed === undefined) return keys.length > 0
  if (another !== undefined) return false
  return keys.length > 1 || resembles(form[changed], item.values[changed])
}

/** Of what was filled in, all but one field are there, and enough of it to be no chance. */
function isWholeBut(section: AnySection, form: Values, item: ServerItem): boolean {
  const keys = filled(form, Object.keys(section.fields))
  const kept = keys.filter((key) => isKept(section, key, [form[key], item.values[key] ?? null]))
  return kept.length >= leastKept && kept.length >= keys.length - 1
}

const leastKept = 2

const filled = (form: Values, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => plainForm(form[key]) !== '')

/** Cut off, written out or put in other words at one end. */
function resembles(sent: FieldValue | undefined, there: FieldValue | undefined): boolean {
  if ([sent, there].some((side) => isFileValue(side) || isList(side))) return false
  const [a, b] = [lettersOf(sent), lettersOf(there)]
  const shorter = Math.min(a.length, b.length)
  if (shorter === 0) return false
  let same = 0
  while (same < shorter && a[same] === b[same]) same += 1
  return same * 2 >= Math.max(a.length, 1) || a.includes(b) || b.includes(a)
}

const lettersOf = (value: FieldValue | undefined): string =>
  textOf(value)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
