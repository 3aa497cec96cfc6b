import type { FieldDescriptor } from '../../../shared/domain/sections/section'
import { isFileValue, isList, textOf, type FieldValue } from '../../../shared/domain/values'
import { formatMonth } from '../../ui/month'
import { labelOfChoice } from './choice-options'

/** A value in words, where it is read and not edited. */
export function shownValue(field: FieldDescriptor, value: FieldValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (isFileValue(value)) return value.name
  if (isList(value)) return value.map((entry) => labelOfChoice(field, entry)).join(', ')
  if (field.kind === 'month') return formatMonth(textOf(value).slice(0, 7), 'en') || textOf(value)
  return labelOfChoice(field, textOf(value))
}
