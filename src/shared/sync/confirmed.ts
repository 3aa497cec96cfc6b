import type { JournalRecord } from './ports'
import type { Snapshot, SyncState } from './state'

/** What the server holds of a record since an edit of it was confirmed; without `item` it is deleted. */
export type Confirmed = Extract<JournalRecord, { type: 'confirmed' }>

/** The copy with a confirmed record in its place. */
export function withConfirmed(snapshot: Snapshot, { id, item, number }: Confirmed): Snapshot {
  const items = [...snapshot.items]
  const index = items.findIndex((entry) => entry.id === id)
  const isKnown = index !== -1
  if (isKnown) items.splice(index, 1, ...(item ? [item] : []))
  else if (item) items.push(item)
  return { ...snapshot, upTo: number, items }
}

/**
 * Of a journal's records in order: what was confirmed and may not be in the copies on the disk, the
 * last of each record.
 */
export function confirmedIn(records: Iterable<JournalRecord>): readonly Confirmed[] {
  const left = new Map<string, Confirmed>()
  const put = (record: JournalRecord): void => {
    if (record.type === 'together') record.records.forEach(put)
    if (record.type === 'confirmed') {
      const key = `${record.section}/${record.id}`
      left.delete(key)
      left.set(key, record)
    }
    if (record.type !== 'copied') return
    for (const [key, { section, number }] of left) {
      if (section === record.section && number <= record.upTo) left.delete(key)
    }
  }
  for (const record of records) put(record)
  return [...left.values()]
}

/** The copies from the disk, with what was confirmed after they were written. */
export function restoredCopies(
  copies: Iterable<Snapshot>,
  confirmed: readonly Confirmed[],
): Pick<SyncState, 'snapshots' | 'confirmedCount'> {
  const snapshots = new Map([...copies].map((copy) => [copy.section, copy]))
  const numbers = [...snapshots.values()].map(({ upTo = 0 }) => upTo)
  for (const record of confirmed) {
    const copy = snapshots.get(record.section)
    if (copy && record.number > (copy.upTo ?? 0))
      snapshots.set(record.section, withConfirmed(copy, record))
    numbers.push(record.number)
  }
  return { snapshots, confirmedCount: numbers.reduce((most, number) => Math.max(most, number), 0) }
}
