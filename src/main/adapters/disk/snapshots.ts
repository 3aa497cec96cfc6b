import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { SectionId } from '../../../shared/domain/ids'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Snapshot } from '../../../shared/sync/state'
import { errorCode, storageError } from '../../../shared/storage-error'
import { makeFolder, readWhole, removeFile, setAside, writeWhole } from './whole-file'

export interface SnapshotFiles {
  /** Of several snapshots of a section that come while one is written only the last is kept. */
  readonly save: (snapshot: Snapshot) => Promise<Result<void>>
  /** Resolves when nothing is being written any more. */
  readonly settled: () => Promise<void>
}

export interface OpenedSnapshots {
  readonly files: SnapshotFiles
  readonly snapshots: readonly Snapshot[]
  /** Whether a copy could not be read; it is set aside and will be read from the platform. */
  readonly wasDamaged: boolean
}

/** The cached copies of one workspace: a file per section, written whole. */
export async function openSnapshots(folder: string, now: number): Promise<Result<OpenedSnapshots>> {
  try {
    const names = await namesIn(folder)
    const unfinished = names.filter((name) => name.endsWith('.new'))
    await Promise.all(
      unfinished.map((name) => removeFile(join(folder, name)).catch(() => undefined)),
    )
    const copies = names.filter((name) => name.endsWith('.json'))
    const read = await Promise.all(copies.map((name) => readSnapshot(join(folder, name), now)))
    const snapshots = read.filter((entry) => entry !== undefined)
    const wasDamaged = snapshots.length < copies.length
    return ok({ files: createSnapshotFiles(folder), snapshots, wasDamaged })
  } catch (cause) {
    return err(storageError(cause))
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw cause
  }
}

async function readSnapshot(path: string, now: number): Promise<Snapshot | undefined> {
  const bytes = (await readWhole(path)) ?? Buffer.alloc(0)
  const snapshot = parseCopy(bytes)
  // Where even moving it is refused it stays, and the next good copy replaces it.
  if (!snapshot) await setAside(path, now).catch(() => undefined)
  return snapshot
}

function createSnapshotFiles(folder: string): SnapshotFiles {
  const writing = new Map<SectionId, Promise<Result<void>>>()
  const latest = new Map<SectionId, Snapshot>()

  /** Writes until nothing newer has come meanwhile; callers that overlap share the last outcome. */
  const writeLatest = async (section: SectionId): Promise<Result<void>> => {
    let saved: Result<void> = ok(undefined)
    for (let next = latest.get(section); next; next = latest.get(section)) {
      latest.delete(section)
      saved = await saveSnapshot(folder, next)
    }
    writing.delete(section)
    return saved
  }

  return {
    save: (snapshot) => {
      const { section } = snapshot
      latest.set(section, snapshot)
      const running = writing.get(section) ?? writeLatest(section)
      writing.set(section, running)
      return running
    },
    settled: async () => {
      await Promise.all(writing.values())
    },
  }
}

async function saveSnapshot(folder: string, snapshot: Snapshot): Promise<Result<void>> {
  try {
    await makeFolder(folder)
    await writeWhole(join(folder, `${snapshot.section}.json`), encodeCopy(snapshot))
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

const version = 'iblai-copy 1'

/** The first line holds a checksum: checking it is a hundred times faster than checking a shape. */
function encodeCopy(snapshot: Snapshot): Buffer {
  // As bytes at once: given text, the checksum and the file would each make them again.
  const json = Buffer.from(JSON.stringify(snapshot), 'utf8')
  return Buffer.concat([Buffer.from(`${version} ${crc32(json).toString(16)}\n`, 'latin1'), json])
}

/** `undefined` for anything that this app has not written just so. */
function parseCopy(bytes: Buffer): Snapshot | undefined {
  const end = bytes.indexOf('\n')
  const json = bytes.subarray(end + 1)
  const head = bytes.subarray(0, Math.max(0, end)).toString('latin1')
  if (head !== `${version} ${crc32(json).toString(16)}`) return undefined
  return JSON.parse(json.toString('utf8')) as Snapshot
}
