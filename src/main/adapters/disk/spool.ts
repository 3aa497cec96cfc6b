import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import {
  copyFile,
  lstat,
  open,
  readdir,
  readFile,
  rename,
  statfs,
  type FileHandle,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AppError, FileTrouble, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Ids, Spool, SpooledFile, SpoolLimits } from '../../../shared/sync/ports'
import { fileKind, sniffedBytes } from './file-kind'
import { pieces, piecesOf, SourceError } from './pieces'
import { errorCode, storageError } from '../../../shared/storage-error'
import { flushFolder, makeFolder, removeFile } from './whole-file'

export interface SpoolFolder extends Spool {
  /**
   * Deletes every copy that is not wanted, save those that were added since the app started and that
   * no sweep has seen wanted yet: the edit that will refer to them is still being made.
   */
  readonly sweep: (wanted: ReadonlySet<string>) => Promise<void>
  /** The bytes of a copy, for showing it. */
  readonly read: (spoolId: string) => Promise<Uint8Array | undefined>
  /** Copies one out, whole or not at all, mode 0600. */
  readonly copyTo: (spoolId: string, path: string) => Promise<Result<void>>
}

const partEnding = '.part'

/**
 * Private copies of the person's files, mode 0600, named by an id of ours and never by theirs.
 * `freeBytes` tells what the disk of a folder can still take.
 */
export function createSpool(
  folder: string,
  ids: Ids,
  freeBytes: FreeBytes = freeOnDisk,
): SpoolFolder {
  const fresh = new Set<string>()
  const begin = (limits: SpoolLimits): Addition => {
    const spoolId = ids()
    fresh.add(spoolId)
    return { folder, spoolId, limits, freeBytes }
  }
  return {
    addFile: (path, limits) => addFile(path, begin(limits)),
    addBytes: (name, bytes, limits) => addBytes(name, bytes, begin(limits)),
    open: async (spoolId) => {
      const path = pathIn(folder, spoolId)
      try {
        const { size } = await lstat(path)
        return ok({ size, stream: () => pieces(path) })
      } catch (cause) {
        return errorCode(cause) === 'ENOENT' ? fileError('not-found') : err(storageError(cause))
      }
    },
    remove: async (spoolId) => {
      fresh.delete(spoolId)
      await removeFile(pathIn(folder, spoolId))
    },
    sweep: (wanted) => {
      for (const spoolId of wanted) fresh.delete(spoolId)
      return sweep(folder, (spoolId) => wanted.has(spoolId) || fresh.has(spoolId))
    },
    read: (spoolId) => readFile(pathIn(folder, spoolId)).catch(() => undefined),
    copyTo: (spoolId, path) => copyOut(pathIn(folder, spoolId), path),
  }
}

/** Never a link to the copy: whoever gets the file may write into it. */
async function copyOut(source: string, path: string): Promise<Result<void>> {
  const part = path + partEnding
  try {
    await copyFile(source, part, constants.COPYFILE_FICLONE)
    await rename(part, path)
    return ok(undefined)
  } catch (cause) {
    await removeFile(part).catch(() => undefined)
    return err(storageError(cause))
  }
}

/** An id is never a way out of the folder. */
function pathIn(folder: string, spoolId: string): string {
  return join(folder, /^[\w-]+$/.test(spoolId) ? spoolId : 'no-such-copy')
}

async function sweep(folder: string, isKept: (spoolId: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const unwanted = names.filter((name) => !isKept(name.replace(partEnding, '')))
  await Promise.all(unwanted.map((name) => removeFile(join(folder, name)).catch(() => undefined)))
}

type FreeBytes = (folder: string) => Promise<number>

/** A file system that does not say counts as empty: the copy itself finds out. */
const freeOnDisk: FreeBytes = (folder) =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Infinity,
  )

/** Room that a file leaves to the journal, so that what is typed can still be kept. */
const reserveBytes = 8 * 1024 * 1024

interface Addition {
  readonly freeBytes: FreeBytes
  readonly folder: string
  readonly spoolId: string
  readonly limits: SpoolLimits
}

/**
 * One descriptor is checked and copied, so that nothing can be swapped in between; opening follows
 * no link and never waits for a pipe's other end.
 */
async function addFile(path: string, addition: Addition): Promise<Result<SpooledFile>> {
  let handle: FileHandle | undefined
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return fileError('not-a-file', 'a link to another file')
    if (found.isDirectory()) return fileError('not-a-file', 'a folder')
    if (!found.isFile()) return fileError('not-a-file', 'not a file of its own')
    handle = await open(path, readOnly)
    const stats = await handle.stat()
    if (!stats.isFile()) return fileError('not-a-file', 'not a file of its own')
    const head = Buffer.alloc(Math.min(sniffedBytes, stats.size))
    await handle.read(head, 0, head.length, 0)
    const problem = sizeProblem(stats.size, addition.limits) ?? kindProblem(head, addition.limits)
    if (problem) return err(problem)
    const expected = { name: basename(path), size: stats.size }
    return await store(piecesOf(handle), expected, addition)
  } catch (cause) {
    return fileError(isAbsent(cause) ? 'not-found' : 'unreadable')
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

/** Windows has neither flag and `lstat` has seen its links; an absent one counts as 0 here. */
const readOnly = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW

const isAbsent = (cause: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errorCode(cause) ?? '')

function addBytes(
  name: string,
  bytes: Uint8Array,
  addition: Addition,
): Promise<Result<SpooledFile>> {
  const problem = sizeProblem(bytes.length, addition.limits) ?? kindProblem(bytes, addition.limits)
  if (problem) return Promise.resolve(err(problem))
  return store([bytes], { name: basename(name), size: bytes.length }, addition)
}

const diskFull: AppError = { kind: 'storage', reason: 'full' }

interface Expected {
  readonly name: string
  readonly size: number
}

/** A file that is longer or shorter at its end than at its beginning is being written by somebody. */
async function store(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { name, size }: Expected,
  { folder, spoolId, limits, freeBytes }: Addition,
): Promise<Result<SpooledFile>> {
  const path = join(folder, spoolId)
  const part = path + partEnding
  try {
    await makeFolder(folder)
    if ((await freeBytes(folder)) < size + reserveBytes) return err(diskFull)
    const hash = createHash('sha256')
    const copied = await copy(content, part, { hash, maxBytes: limits.maxBytes })
    if (copied.size > limits.maxBytes) return fileError('too-large')
    if (copied.size !== size) return fileError('unreadable')
    await rename(part, path)
    await flushFolder(folder)
    const type = fileKind(copied.head).type
    return ok({ spoolId, name: name.slice(0, 255), size, type, sha256: hash.digest('hex') })
  } catch (cause) {
    return cause instanceof SourceError ? fileError('unreadable') : err(storageError(cause))
  } finally {
    await removeFile(part).catch(() => undefined)
  }
}

/** Stops at the first piece that goes past the limit. */
async function copy(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  part: string,
  { hash, maxBytes }: { readonly hash: Hash; readonly maxBytes: number },
): Promise<{ readonly size: number; readonly head: Uint8Array }> {
  const handle = await open(part, 'wx', 0o600)
  let size = 0
  let head = new Uint8Array()
  try {
    for await (const piece of content) {
      // Copied: the piece is good for this turn only.
      if (size === 0) head = Uint8Array.from(piece.subarray(0, sniffedBytes))
      size += piece.length
      if (size > maxBytes) return { size, head }
      hash.update(piece)
      await handle.writeFile(piece)
    }
    await handle.sync()
    return { size, head }
  } finally {
    await handle.close()
  }
}

function sizeProblem(size: number, limits: SpoolLimits): AppError | undefined {
  if (size === 0) return { kind: 'file', reason: 'empty' }
  if (size > limits.maxBytes) return { kind: 'file', reason: 'too-large' }
  return undefined
}

function kindProblem(head: Uint8Array, limits: SpoolLimits): AppError | undefined {
  const kind = fileKind(head.subarray(0, sniffedBytes))
  if (limits.accept === 'pdf' && kind.type !== 'application/pdf') {
    return { kind: 'file', reason: 'not-pdf', found: kind.words }
  }
  if (limits.accept === 'image' && !kind.type.startsWith('image/')) {
    return { kind: 'file', reason: 'not-image', found: kind.words }
  }
  return undefined
}

const fileError = (reason: FileTrouble, found?: string) =>
  err({ kind: 'file', reason, ...(found !== undefined && { found }) } as const)
