import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'

/**
 * A small text file of the person's choice. Opening never waits for a pipe's other end, and no more
 * is read than is allowed, however the file grows.
 */
export async function readTextFile(path: string, maxBytes: number): Promise<Result<string>> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return err({ kind: 'file', reason: 'not-a-file' })
      if (stats.size > maxBytes) return err({ kind: 'file', reason: 'no-settings' })
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
      return ok(buffer.subarray(0, bytesRead).toString('utf8'))
    } finally {
      await handle.close()
    }
  } catch {
    return err({ kind: 'file', reason: 'unreadable' })
  }
}
