import type { AnySection } from '../../../../shared/domain/sections/section'
import { textOf, type FieldValue } from '../../../../shared/domain/values'
import type { HistoryLine } from '../../../../shared/sync/history-view'
import { shownValue } from '../shown-value'
import { wordDiff, type DiffPart } from '../word-diff'

export interface ShownField {
  readonly key: string
  readonly label: string
  readonly before: readonly DiffPart[]
  readonly after: readonly DiffPart[]
}

/** The fields of an entry in words, with the words marked in which the two values differ. */
export function shownFields(
  section: AnySection | undefined,
  { fields, names }: HistoryLine,
): readonly ShownField[] {
  return fields.map(({ key, before, after }) => {
    const field = section?.fields[key]
    const words = (value: FieldValue): string => {
      if (!field) return textOf(value)
      if (field.kind !== 'reference') return shownValue(field, value)
      const id = textOf(value)
      return id === '' ? '' : (names[id] ?? 'No longer known')
    }
    const label = field?.label ?? key
    return { key, label, ...marked(words(before), words(after)) }
  })
}

/** Where little is the same, marks would say nothing. */
function marked(before: string, after: string): Pick<ShownField, 'before' | 'after'> {
  const was = wordDiff(before, after)
  const is = wordDiff(after, before)
  const same = was.reduce((sum, { text, isChanged }) => sum + (isChanged ? 0 : text.length), 0)
  const isPartly = same * 2 >= Math.min(before.length, after.length) && same > 0
  return isPartly ? { before: was, after: is } : { before: plain(before), after: plain(after) }
}

const plain = (text: string): readonly DiffPart[] =>
  text === '' ? [] : [{ text, isChanged: false }]
