import { isFileValue, type FieldValue, type Values } from '../domain/values'
import type { ItemId, SectionId } from '../domain/ids'

/** What happened to the earlier value. */
export type HistoryReason =
  /** The platform confirmed an edit, a new record, a delete. */
  | 'saved'
  | 'added'
  | 'deleted'
  /** Decided where both sides had changed a field; `joined`: neither side as it was. */
  | 'kept-mine'
  | 'took-theirs'
  | 'joined'
  /** An edit that was not sent, or whose sending was undone. */
  | 'taken-back'
  /** Typed into a form and thrown away there. */
  | 'discarded'
  /** Unsent words that a value restored from the history took the place of. */
  | 'replaced'

/** One change of one record, with the values that no longer stand. */
export interface HistoryEntry {
  /** The same change told again, as after a crash, has the same id. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly section: SectionId
  readonly item: ItemId
  /** Words that name the record, as they were. */
  readonly title: string
  readonly why: HistoryReason
  /** What Restore brings back. */
  readonly before: Values
  /** What stood in its place afterwards. Without a key: nothing did, or it is not known. */
  readonly after: Values
  /** `before` is the whole record, which has gone. */
  readonly isRecord?: boolean
  /** Names of records that the values refer to, by id. */
  readonly names?: Readonly<Record<string, string>>
  /** Characters of it in the journal, counted once. */
  readonly size: number
}

export type NewHistoryEntry = Omit<HistoryEntry, 'size'>

/** How long an entry is kept. */
export const historyDays = 30
export const historyMs = historyDays * 86_400_000
/** The oldest go first when there are more, or more text, than this. The newest always stays. */
export const maxHistoryEntries = 1_000
export const maxHistoryChars = 1_048_576

/** The entry as it is kept: the private copy of a file is gone by then and is not referred to. */
export function historyEntry(entry: NewHistoryEntry): HistoryEntry {
  const kept = {
    ...entry,
    before: withoutCopies(entry.before),
    after: withoutCopies(entry.after),
  }
  return { ...kept, size: JSON.stringify(kept).length }
}

const withoutCopies = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withoutCopy(value)]))

function withoutCopy(value: FieldValue): FieldValue {
  if (!isFileValue(value)) return value
  const { name, size, type } = value
  return { name, ...(size !== undefined && { size }), ...(type !== undefined && { type }) }
}
