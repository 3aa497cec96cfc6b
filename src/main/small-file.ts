import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileTrouble, Result } from '../shared/errors'
import { err, ok } from '../shared/result'

interface Limit {
  readonly maxBytes: number
  /** What a larger file is called: it is none of the kind that was asked for. */
  readonly tooLarge: FileTrouble
}

/**
 * A small file of the person's choice. Opening never waits for a pipe's other end, and no more is read
 * than is allowed, however the file grows.
 */
export async function readSmallFile(
  path: string,
  { maxBytes, tooLarge }: Limit,
): Promise<Result<Buffer>> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return err({ kind: 'file', reason: 'not-a-file' })
      if (stats.size > maxBytes) return err({ kind: 'file', reason: tooLarge })
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
      return ok(buffer.subarray(0, bytesRead))
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    return err({ kind: 'file', reason: isGone ? 'not-found' : 'unreadable' })
  }
}
