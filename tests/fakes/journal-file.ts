import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { aMutationRecord } from './main-records'
import type { JournalRecord } from '../../src/shared/sync/ports'
import { openJournal, type JournalDisk } from '../../src/main/adapters/disk/journal'

export const openedAt = 1_000

/** The journal at this place; one that does not open fails the test. */
export async function opened(path: string, disk?: JournalDisk) {
  const result = await openJournal(path, openedAt, disk)
  if (!result.ok) throw new Error(`not opened: ${JSON.stringify(result.error)}`)
  return result.value
}

/** A journal with these records, closed again. */
export async function written(path: string, records: readonly JournalRecord[]): Promise<Buffer> {
  const { journal } = await opened(path)
  for (const record of records) expect(await journal.append([record])).toEqual({ ok: true })
  await journal.close()
  return readFile(path)
}

/** Which mutations it holds. */
export async function idsIn(path: string): Promise<readonly string[]> {
  const { records, journal } = await opened(path)
  await journal.close()
  return records.flatMap((record) => (record.type === 'mutation' ? [record.mutation.id] : []))
}

export const threeRecords = ['a', 'b', 'c'].map((id) => aMutationRecord(id))

/** What a disk hands out for a journal. */
export type File = Awaited<ReturnType<JournalDisk['open']>>
