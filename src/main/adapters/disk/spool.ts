import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FileTrouble, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Ids, Spool, SpooledFile, SpoolLimits } from '../../../shared/sync/ports'
import { fileKind, sniffedBytes } from './file-kind'
import { errorCode, storageError } from './storage-error'
import { flushFolder, removeFile } from './whole-file'

const pieceBytes = 1024 * 1024

export interface SpoolFolder extends Spool {
  /** Deletes every copy that no edit refers to any more. */
  readonly sweep: (wanted: ReadonlySet<string>) => Promise<void>
  /** The bytes of a copy, for showing it. */
  readonly read: (spoolId: string) => Promise<Uint8Array | undefined>
}

/** Private copies of the person's files, mode 0600, named by an id of ours and never by theirs. */
export function createSpool(folder: string, ids: Ids): SpoolFolder {
  const pathOf = (spoolId: string) => join(folder, basename(spoolId))
  return {
    addFile: (path, limits) => addFile(folder, path, { limits, spoolId: ids() }),
    addBytes: async (name, bytes, limits) => {
      async function* once(): AsyncGenerator<Uint8Array> {
        yield bytes
      }
      const problem = sizeProblem(bytes.length, limits) ?? kindProblem(bytes, limits)
      if (problem) return err(problem)
      return store(folder, once(), { name, spoolId: ids(), limits })
    },
    open: async (spoolId) => {
      try {
        const { size } = await lstat(pathOf(spoolId))
        return ok({ size, stream: () => pieces(pathOf(spoolId)) })
      } catch (cause) {
        return err(storageError(cause))
      }
    },
    remove: (spoolId) => removeFile(pathOf(spoolId)),
    sweep: async (wanted) => {
      const names = await readdir(folder).catch(() => [])
      const unwanted = names.filter((name) => !wanted.has(name))
      await Promise.all(unwanted.map((name) => removeFile(join(folder, name))))
    },
    read: async (spoolId) => {
      const parts: Uint8Array[] = []
      try {
        for await (const part of pieces(pathOf(spoolId))) parts.push(part)
        return Buffer.concat(parts)
      } catch {
        return undefined
      }
    },
  }
}

interface Addition {
  readonly limits: SpoolLimits
  readonly spoolId: string
}

/**
 * One descriptor is checked and copied, so that nothing can be swapped in between; opening never
 * waits for a pipe's other end.
 */
async function addFile(
  folder: string,
  path: string,
  { limits, spoolId }: Addition,
): Promise<Result<SpooledFile>> {
  let handle: FileHandle | undefined
  try {
    const link = await lstat(path)
    if (link.isSymbolicLink()) return fileError('not-a-file', 'a link to another file')
    if (link.isDirectory()) return fileError('not-a-file', 'a folder')
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile()) return fileError('not-a-file', 'not a file of its own')
    const problem = sizeProblem(stats.size, limits)
    if (problem) return err(problem)
    const head = Buffer.alloc(Math.min(sniffedBytes, stats.size))
    await handle.read(head, 0, head.length, 0)
    const wrongKind = kindProblem(head, limits)
    if (wrongKind) return err(wrongKind)
    return await store(folder, piecesOf(handle), { name: basename(path), spoolId, limits })
  } catch (cause) {
    return fileError(errorCode(cause) === 'ENOENT' ? 'not-found' : 'unreadable')
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

async function store(
  folder: string,
  content: AsyncIterable<Uint8Array>,
  { name, spoolId, limits }: Addition & { readonly name: string },
): Promise<Result<SpooledFile>> {
  const path = join(folder, spoolId)
  const hash = createHash('sha256')
  let size = 0
  let type = 'application/octet-stream'
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(`${path}.part`, 'wx', 0o600)
    try {
      for await (const piece of content) {
        if (size === 0) type = fileKind(piece.subarray(0, sniffedBytes)).type
        size += piece.length
        if (size > limits.maxBytes) return fileError('too-large')
        hash.update(piece)
        await handle.writeFile(piece)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${path}.part`, path)
    await flushFolder(folder)
    return ok({ spoolId, name: name.slice(0, 255), size, type, sha256: hash.digest('hex') })
  } catch (cause) {
    return err(storageError(cause))
  } finally {
    await removeFile(`${path}.part`)
  }
}

function sizeProblem(size: number, limits: SpoolLimits) {
  if (size === 0) return { kind: 'file', reason: 'empty' } as const
  if (size > limits.maxBytes) return { kind: 'file', reason: 'too-large' } as const
  return undefined
}

function kindProblem(head: Uint8Array, limits: SpoolLimits) {
  const kind = fileKind(head.subarray(0, sniffedBytes))
  if (limits.accept === 'pdf' && kind.type !== 'application/pdf') {
    return { kind: 'file', reason: 'not-pdf', found: kind.words } as const
  }
  if (limits.accept === 'image' && !kind.type.startsWith('image/')) {
    return { kind: 'file', reason: 'not-image', found: kind.words } as const
  }
  return undefined
}

const fileError = (reason: FileTrouble, found?: string) =>
  err({ kind: 'file', reason, ...(found !== undefined && { found }) } as const)

async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    yield* piecesOf(handle)
  } finally {
    await handle.close()
  }
}

/** A fresh buffer for each piece: the HTTP client may still hold the last one. */
async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.alloc(pieceBytes),
      0,
      pieceBytes,
      position,
    )
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
