import type { SyncEffect, Step, SyncEvent } from './events'
import { historyMs, maxHistoryChars, maxHistoryEntries, type HistoryEntry } from './history-entry'
import { lossesOf } from './losses'
import type { JournalRecord } from './ports'
import type { SyncState } from './state'

/**
 * The step with its history: what it has put out of force is stored with it, and before it where one
 * record cannot hold all. What is too old or too much goes at the same time.
 */
export function withHistory(before: SyncState, event: SyncEvent, [after, effects]: Step): Step {
  const losses = lossesOf(before, after, event)
  const known = new Set(losses.length > 0 ? after.history.map(({ id }) => id) : [])
  const added = losses.filter(({ id }) => !known.has(id))
  const now = 'at' in event ? event.at : undefined
  const aged = now === undefined ? [] : after.history.filter((entry) => isTooOld(entry, now))
  if (added.length === 0 && aged.length === 0) return [after, effects]
  const { kept, dropped } = bounded([...after.history.filter((e) => !aged.includes(e)), ...added])
  const records: readonly JournalRecord[] = [
    ...added.map((entry) => ({ type: 'history', entry }) as const),
    ...goneRecords(aged, { isErased: true }),
    ...goneRecords(dropped, {}),
  ]
  const persist: SyncEffect = { type: 'persist', records }
  return [{ ...after, history: kept }, [persist, ...effects]]
}

/** Forgets everything at the person's word; the values leave the disk as well. */
export function historyCleared(state: SyncState): Step {
  const records = goneRecords(state.history, { isErased: true })
  return [{ ...state, history: [] }, records.length > 0 ? [{ type: 'persist', records }] : []]
}

/** After a clock was set back an entry may be from the future: that makes it no older. */
export const isTooOld = ({ at }: HistoryEntry, now: number): boolean => at <= now - historyMs

function goneRecords(
  entries: readonly HistoryEntry[],
  how: { readonly isErased?: boolean },
): readonly JournalRecord[] {
  return entries.length > 0
    ? [{ type: 'history-gone', ids: entries.map(({ id }) => id), ...how }]
    : []
}

function bounded(entries: readonly HistoryEntry[]): {
  readonly kept: readonly HistoryEntry[]
  readonly dropped: readonly HistoryEntry[]
} {
  let from = Math.max(0, entries.length - maxHistoryEntries)
  let chars = entries.slice(from).reduce((sum, { size }) => sum + size, 0)
  for (; chars > maxHistoryChars && from < entries.length - 1; from += 1) {
    chars -= entries[from]?.size ?? 0
  }
  return { kept: entries.slice(from), dropped: entries.slice(0, from) }
}
