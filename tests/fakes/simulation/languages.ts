import { isList, listOf, type FieldValue } from '../../../src/shared/domain/values'

/** The one field that is merged as a set: who adds and removes which of its entries. */

/** Nobody but the person adds or removes these. */
export const ownLanguages: readonly string[] = ['de', 'es']

/** Only other devices add or remove these. */
export const foreignLanguages: readonly string[] = ['fr', 'ja']

export const toggled = (list: FieldValue | undefined, code = ''): readonly string[] => {
  const before = listOf(list)
  return before.includes(code) ? before.filter((entry) => entry !== code) : [...before, code]
}

/** Of two lists that are merged, what only the person changes is the same. */
export const holdsOwn = (now: FieldValue | undefined, wanted: FieldValue): boolean =>
  isList(wanted) &&
  ownLanguages.every((code) => listOf(now).includes(code) === wanted.includes(code))

/** Of a list whose change was taken back, and that taken back too, any entry may have stayed. */
export const holdsOwnAtLeast = (now: FieldValue | undefined, wanted: FieldValue): boolean =>
  isList(wanted) &&
  ownLanguages.every((code) => !wanted.includes(code) || listOf(now).includes(code))
