import * as v from 'valibot'
import { fieldOf, type AnySection, type FieldRule } from './sections/section'
import { parseSocialLink } from './social-link'
import { textOf, tidyValue, type FieldValue, type Values } from './values'

/** Field key → the sentence shown at the field. Empty: everything is fine. */
export type FieldProblems = Readonly<Record<string, string>>

/**
 * Checks a record field by field, then the rules over two fields. With `keys` only those fields are
 * looked at, so that an edit is never refused for a stored value it does not touch.
 */
export function validateValues(
  section: AnySection,
  values: Values,
  keys: readonly string[] = everyKey(section, values),
): FieldProblems {
  const problems: Record<string, string> = {}
  for (const key of keys) {
    const problem = fieldProblem(section, values, key)
    if (problem !== undefined) problems[key] = problem
  }
  for (const rule of section.rules ?? []) {
    if (!concerns(rule, keys) || rule.field in problems || rule.than in problems) continue
    if (breaks(section, values, rule)) problems[rule.field] = rule.message
  }
  return problems
}

const everyKey = (section: AnySection, values: Values): readonly string[] => [
  ...new Set([...Object.keys(section.fields), ...Object.keys(values)]),
]

function fieldProblem(section: AnySection, values: Values, key: string): string | undefined {
  const field = fieldOf(section, key)
  const schema = Object.hasOwn(section.schema.entries, key)
    ? section.schema.entries[key]
    : undefined
  if (!field || !schema) return 'This field does not exist here.'
  if (isSwitchedOff(section, values, key)) return undefined
  const value = givenValue(values[key], field.kind === 'choices')
  const parsed = v.safeParse(schema, value, { abortEarly: true })
  if (!parsed.success) return parsed.issues[0].message
  if (field.kind !== 'social-link') return undefined
  const link = parseSocialLink(field.platform, textOf(value))
  return link.kind === 'problem' ? link.problem : undefined
}

function givenValue(value: FieldValue | undefined, isList: boolean): FieldValue {
  if (value === undefined || value === null) return isList ? [] : null
  return tidyValue(value)
}

/** A field that a switched-on flag empties is not asked about. */
function isSwitchedOff(section: AnySection, values: Values, key: string): boolean {
  const flag = fieldOf(section, key)?.unless
  return flag !== undefined && values[flag] === true
}

const concerns = (rule: FieldRule, keys: readonly string[]): boolean =>
  keys.includes(rule.field) || keys.includes(rule.than)

function breaks(section: AnySection, values: Values, rule: FieldRule): boolean {
  if (isSwitchedOff(section, values, rule.field)) return false
  const later = textOf(values[rule.field])
  const earlier = textOf(values[rule.than])
  return later !== '' && earlier !== '' && later < earlier
}
