import { fieldOf, type AnySection } from '../../../shared/domain/sections/section'
import { isFileValue, listOf, textOf } from '../../../shared/domain/values'
import type { ItemView } from '../../../shared/sync/view'
import { formatMonth, splitMonth } from '../../ui/month'
import { labelOfChoice } from './choice-options'
import { calendarDay, dayNow } from './time-words'

const locale = 'en'

/** What a list says about one record. */
export interface RowWords {
  readonly title: string
  readonly second: string
  readonly third: string
  readonly dates: string
  readonly duration: string
  readonly isExpected: boolean
  readonly initial: string
}

/** Answers the name behind a reference, else the field's own text. */
export type NameField = (field: string) => string

export function describeRow(
  section: AnySection,
  item: ItemView,
  { nameField, now }: { nameField: NameField; now: number },
): RowWords {
  const words = (keys: readonly string[]) =>
    keys
      .map((key) => shownText(section, item, { key, nameField }))
      .filter((part) => part !== '')
      .join(', ')
  const row = section.row
  const second = words(row?.subtitle ?? [])
  const title = words(row?.title ?? [])
  return {
    title: title === '' ? second || section.words.one : title,
    second: title === '' ? '' : second,
    third: thirdLine(section, item),
    ...spanWords(section, item, now),
    initial: initialOf(second === '' ? title : second),
  }
}

function shownText(
  section: AnySection,
  item: ItemView,
  { key, nameField }: { key: string; nameField: NameField },
): string {
  const field = fieldOf(section, key)
  const value = item.values[key]
  if (!field) return ''
  if (field.kind === 'reference') return nameField(key)
  if (field.kind === 'month') return formatMonth(textOf(value).slice(0, 7), locale)
  if (isFileValue(value)) return value.name
  if (field.kind === 'choices') {
    return listOf(value)
      .map((entry) => labelOfChoice(field, entry))
      .join(', ')
  }
  return labelOfChoice(field, textOf(value))
}

/** The first long text, as one line. */
function thirdLine(section: AnySection, item: ItemView): string {
  const titles = [...(section.row?.title ?? []), ...(section.row?.subtitle ?? [])]
  const key = Object.keys(section.fields).find(
    (name) => fieldOf(section, name)?.kind === 'long-text' && !titles.includes(name),
  )
  return key === undefined ? '' : (textOf(item.values[key]).split('\n')[0]?.trim() ?? '')
}

function initialOf(words: string): string {
  return Array.from(words.trim())[0]?.toLocaleUpperCase() ?? ''
}

function spanWords(
  section: AnySection,
  item: ItemView,
  now: number,
): Pick<RowWords, 'dates' | 'duration' | 'isExpected'> {
  const row = section.row
  const from = row?.from === undefined ? '' : textOf(item.values[row.from])
  const until = row?.until === undefined ? '' : textOf(item.values[row.until])
  const isCurrent = row?.current !== undefined && item.values[row.current] === true
  const today = dayNow(now)
  return {
    dates: dateSpan(from, isCurrent ? 'now' : until),
    duration: duration(from, isCurrent ? today : until),
    isExpected: !isCurrent && until > today,
  }
}

/** "Sep 2011 – Jun 2013", "Feb – Jun 2019", "Mar 2021 – now". */
export function dateSpan(from: string, until: string): string {
  const start = formatMonth(from.slice(0, 7), locale)
  const end = until === 'now' ? 'now' : formatMonth(until.slice(0, 7), locale)
  if (start === '' || end === '') return start || (end === 'now' ? '' : end)
  if (start === end) return start
  const [startMonth = '', startYear] = start.split(' ')
  const [, endYear] = end.split(' ')
  return `${startYear === endYear ? startMonth : start} – ${end}`
}

/** "3 y 2 m": both months count. */
export function duration(from: string, until: string): string {
  const start = splitMonth(from.slice(0, 7))
  const end = splitMonth(until.slice(0, 7))
  if (!start || !end) return ''
  const months = (end.year - start.year) * 12 + end.month - start.month + 1
  if (months <= 0) return ''
  const parts = [
    months >= 12 && `${String(Math.floor(months / 12))} y`,
    months % 12 > 0 && `${String(months % 12)} m`,
  ]
  return parts.filter((part) => part !== false).join(' ')
}

/** "The days on record, 1 Sep 2011 and 30 Jun 2013, stay as they are." */
export function keptDayWords(dates: readonly string[]): string {
  const days = dates.map(calendarDay)
  if (days.length === 0) return ''
  if (days.length === 1) return `The day on record, ${days.join()}, stays as it is.`
  return `The days on record, ${days.join(' and ')}, stay as they are.`
}
