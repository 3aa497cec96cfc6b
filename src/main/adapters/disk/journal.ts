import { open, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { confirmedIn } from '../../../shared/sync/confirmed'
import type { JournalRecord } from '../../../shared/sync/ports'
import { recordsOf, replay } from '../../../shared/sync/replay'
import { decodeFrames, encodeFrame } from './frames'
import { parseRecord } from './journal-record'
import { storageError } from '../../../shared/storage-error'
import { flushFolder, makeFolder, readWhole, writeWhole } from './whole-file'

const compactAboveBytes = 256 * 1024
/** A journal is rewritten once it holds this many times what it held after the last rewriting. */
const growthBeforeCompacting = 4

export interface Journal {
  /** Returns after the records are on the disk; calls that overlap share one flush. */
  readonly append: (records: readonly JournalRecord[]) => Promise<Result<void>>
  readonly close: () => Promise<void>
}

export interface OpenedJournal {
  readonly journal: Journal
  readonly records: readonly JournalRecord[]
  /** Whether a damaged end was found; it is set aside beside the journal. */
  readonly wasDamaged: boolean
}

/** The calls that a disk can refuse; tests put a refusing one in their place. */
export interface JournalDisk {
  readonly open: (path: string) => Promise<JournalFile>
}

export interface JournalFile {
  readonly stat: () => Promise<{ readonly size: number }>
  readonly write: (bytes: Buffer, offset: number) => Promise<{ readonly bytesWritten: number }>
  readonly datasync: () => Promise<void>
  readonly truncate: (length: number) => Promise<void>
  readonly close: () => Promise<void>
}

const realDisk: JournalDisk = { open: (path) => open(path, 'a', 0o600) }

/**
 * Opens the append-only journal of a workspace. A damaged end is kept in a file of its own and cut
 * off; the good part always opens, also from a disk that takes nothing: then appending says so.
 */
export async function openJournal(
  path: string,
  now: number,
  disk: JournalDisk = realDisk,
): Promise<Result<OpenedJournal>> {
  try {
    const bytes = (await readWhole(path)) ?? Buffer.alloc(0)
    const { live, isDamaged, isErasing } = readRecords(bytes)
    const liveBytes = bytes.length > compactAboveBytes ? framesOf(live).length : 0
    const isMostlyDead = liveBytes > 0 && liveBytes * 2 < bytes.length
    const damage = isDamaged ? { bytes, at: now } : undefined
    const writer = new JournalWriter(path, disk, { damage, liveBytes })
    if (isDamaged || isErasing || isMostlyDead) await writer.compact()
    const journal = { append: writer.append, close: writer.close }
    return ok({ journal, records: live, wasDamaged: isDamaged })
  } catch (cause) {
    return err(storageError(cause))
  }
}

function readRecords(bytes: Buffer): {
  readonly live: readonly JournalRecord[]
  readonly isDamaged: boolean
  /** Values that were to leave the disk are still in it. */
  readonly isErasing: boolean
} {
  const { records: decoded, goodBytes } = decodeFrames(bytes)
  const records = decoded.map(parseRecord).filter((record) => record !== undefined)
  const isDamaged = goodBytes < bytes.length || records.length < decoded.length
  const live = [...recordsOf(replay(records)), ...confirmedIn(records)]
  return { live, isDamaged, isErasing: records.some(isEraser) }
}

const isEraser = (record: JournalRecord): boolean =>
  record.type === 'together'
    ? record.records.some(isEraser)
    : record.type === 'history-gone' && record.isErased === true

const framesOf = (records: readonly JournalRecord[]): Buffer =>
  Buffer.concat(records.map(encodeFrame).filter((frame) => frame !== undefined))

/** What is too much for one record is written one by one: in that order it goes on rightly as well. */
function framesOrParts(record: JournalRecord): readonly (Buffer | undefined)[] {
  const frame = encodeFrame(record)
  if (frame || record.type !== 'together') return [frame]
  return record.records.map(encodeFrame)
}

const tooLarge: AppError = { kind: 'storage', reason: 'failed' }

class JournalWriter {
  readonly #path: string
  readonly #disk: JournalDisk
  /** A damaged content that is not yet set aside: until it is, nothing is written behind it. */
  #damage: { readonly bytes: Buffer; readonly at: number } | undefined
  #file: JournalFile | undefined
  /** The length up to which everything was acknowledged. */
  #goodBytes = 0
  #bytesAfterCompacting: number
  #isTorn = false
  /** Until the file has been written anew, it holds values that are to be gone. */
  #isErasing = false
  /** Whether the folder's entry for the file is flushed. */
  #isNamed = true
  #waiting: Buffer[] = []
  #flush: Promise<Result<void>> | undefined
  #previous: Promise<unknown> = Promise.resolve()

  constructor(
    path: string,
    disk: JournalDisk,
    found: {
      readonly damage: { readonly bytes: Buffer; readonly at: number } | undefined
      readonly liveBytes: number
    },
  ) {
    this.#path = path
    this.#disk = disk
    this.#damage = found.damage
    this.#bytesAfterCompacting = found.liveBytes
  }

  readonly append = (records: readonly JournalRecord[]): Promise<Result<void>> => {
    const frames = records.flatMap(framesOrParts)
    if (!frames.every((frame) => frame !== undefined)) return Promise.resolve(err(tooLarge))
    this.#waiting.push(...frames)
    this.#isErasing ||= records.some(isEraser)
    if (!this.#flush) {
      this.#flush = this.#previous.then(() => this.#writeBatch())
      this.#previous = this.#flush
    }
    return this.#flush
  }

  readonly close = async (): Promise<void> => {
    await this.#previous
    await this.#closeFile()
  }

  /** Writes what is still in force to a new file in the journal's place. Where it fails, the old one stays. */
  async compact(): Promise<void> {
    try {
      await this.#rewrite()
    } catch {
      // Only costs room; damage stays marked and is tried again before the next record.
    }
  }

  async #writeBatch(): Promise<Result<void>> {
    const batch = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#flush = undefined
    try {
      const file = await this.#ready()
      this.#isTorn = true
      await writeAll(file, batch)
      await file.datasync()
      this.#isTorn = false
      this.#goodBytes += batch.length
    } catch (cause) {
      await this.#cutTornEnd()
      return err(storageError(cause))
    }
    const limit = Math.max(compactAboveBytes, this.#bytesAfterCompacting * growthBeforeCompacting)
    if (this.#goodBytes > limit || this.#isErasing) await this.compact()
    return ok(undefined)
  }

  /** The open file, its end good. Throws where that cannot be had. */
  async #ready(): Promise<JournalFile> {
    if (this.#damage) await this.#rewrite()
    if (this.#file && this.#isTorn) await this.#file.truncate(this.#goodBytes)
    this.#isTorn = false
    const folder = dirname(this.#path)
    if (!this.#file) {
      await makeFolder(folder)
      this.#file = await this.#disk.open(this.#path)
      this.#goodBytes = (await this.#file.stat()).size
      if (this.#goodBytes === 0) this.#isNamed = false
    }
    if (!this.#isNamed) await flushFolder(folder)
    this.#isNamed = true
    return this.#file
  }

  /** A torn record in the middle would hide every later one from recovery. */
  async #cutTornEnd(): Promise<void> {
    if (!this.#file || !this.#isTorn) return
    try {
      await this.#file.truncate(this.#goodBytes)
      this.#isTorn = false
    } catch {
      // Tried again before the next record; until it succeeds nothing is acknowledged.
    }
  }

  async #rewrite(): Promise<void> {
    if (this.#damage) await keepDamage(this.#path, this.#damage)
    const { live } = readRecords((await readWhole(this.#path)) ?? Buffer.alloc(0))
    const content = framesOf(live)
    try {
      this.#isNamed = false
      await writeWhole(this.#path, content)
      this.#isNamed = true
    } finally {
      // Even where it failed the path may lead to the new file by now: the old one is not written on.
      await this.#closeFile()
    }
    this.#damage = undefined
    this.#isErasing = false
    this.#isTorn = false
    this.#bytesAfterCompacting = content.length
  }

  async #closeFile(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }
}

async function keepDamage(
  path: string,
  { bytes, at }: { readonly bytes: Buffer; readonly at: number },
): Promise<void> {
  await writeFile(`${path}.copy`, bytes, { mode: 0o600 })
  await rename(`${path}.copy`, `${path}.bad-${at}`)
}

async function writeAll(file: JournalFile, bytes: Buffer): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    written += (await file.write(bytes, written)).bytesWritten
  }
}
