import { mkdir, open, rename, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { JournalRecord } from '../../../shared/sync/ports'
import { recordsOf, replay } from '../../../shared/sync/replay'
import { decodeFrames, encodeFrame } from './frames'
import { storageError } from './storage-error'
import { flushFolder, readWhole, removeFile, setAside } from './whole-file'

const compactAboveBytes = 256 * 1024

export interface Journal {
  /** Returns after the records are on the disk; calls that overlap share one flush. */
  readonly append: (records: readonly JournalRecord[]) => Promise<Result<void>>
  readonly close: () => Promise<void>
}

export interface OpenedJournal {
  readonly journal: Journal
  readonly records: readonly JournalRecord[]
  /** Whether a damaged end was found; it has been set aside beside the journal. */
  readonly wasDamaged: boolean
}

/**
 * Opens the append-only journal of a workspace, creating it if needed. A damaged end is kept in a
 * file of its own and cut off; the good part always opens. A journal that has grown is rewritten.
 */
export async function openJournal(folder: string, now: number): Promise<Result<OpenedJournal>> {
  const path = join(folder, 'journal')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeFile(`${path}.new`)
    const bytes = (await readWhole(path)) ?? Buffer.alloc(0)
    const { records: decoded, goodBytes } = decodeFrames(bytes)
    const records = decoded.filter(isRecord)
    const wasDamaged = goodBytes < bytes.length || records.length < decoded.length
    const live = recordsOf(replay(records))
    if (wasDamaged) await keepDamage(path, bytes, now)
    if (wasDamaged || bytes.length > compactAboveBytes) await rewrite(path, folder, live)
    const handle = await open(path, 'a', 0o600)
    if (bytes.length === 0) await flushFolder(folder)
    return ok({ journal: createJournal(handle), records: live, wasDamaged })
  } catch (cause) {
    return err(storageError(cause))
  }
}

async function keepDamage(path: string, bytes: Buffer, now: number): Promise<void> {
  await writeFile(`${path}.copy`, bytes, { mode: 0o600 })
  await setAside(`${path}.copy`, now)
}

async function rewrite(
  path: string,
  folder: string,
  records: readonly JournalRecord[],
): Promise<void> {
  const handle = await open(`${path}.new`, 'w', 0o600)
  try {
    await handle.writeFile(Buffer.concat(records.map(encodeFrame)))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
  await flushFolder(folder)
}

function createJournal(handle: FileHandle): Journal {
  let waiting: Buffer[] = []
  let flush: Promise<Result<void>> | undefined
  let goodLength: number | undefined

  const writeBatch = async (): Promise<Result<void>> => {
    const batch = Buffer.concat(waiting)
    waiting = []
    flush = undefined
    try {
      goodLength ??= (await handle.stat()).size
      await writeAll(handle, batch)
      await handle.datasync()
      goodLength += batch.length
      return ok(undefined)
    } catch (cause) {
      // A torn record in the middle would hide every later one from recovery.
      if (goodLength !== undefined) await handle.truncate(goodLength).catch(() => undefined)
      return err(storageError(cause))
    }
  }

  let previous: Promise<unknown> = Promise.resolve()
  return {
    append: (records) => {
      waiting.push(...records.map(encodeFrame))
      if (!flush) {
        flush = previous.then(writeBatch)
        previous = flush
      }
      return flush
    },
    close: async () => {
      await previous
      await handle.close()
    },
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    written += (await handle.write(bytes, written)).bytesWritten
  }
}

const recordTypes = new Set(['mutation', 'mutation-gone', 'draft', 'draft-gone', 'alias'])

/** The checksum vouches for the content; only a record of a later version has an unknown type. */
function isRecord(value: unknown): value is JournalRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    recordTypes.has(value.type)
  )
}
