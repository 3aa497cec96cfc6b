import { rmSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Ids } from '../../../shared/sync/ports'
import { storageError } from '../../../shared/storage-error'
import { makeFolder } from './whole-file'

/**
 * Copies that are dragged out of the window, each in a folder of its own below `root`, mode 0700: two
 * files of one name do not meet, and a name is never more than a name. What an earlier run has left
 * goes at once. `place` wants a plain name and answers `storage` when the folder cannot be made.
 */
export function createDragFolder(root: string, ids: Ids) {
  const holds = (path: string) => resolve(path).startsWith(resolve(root) + sep)
  remove(root)
  return {
    place: async (plainName: string): Promise<Result<string>> => {
      const folder = join(root, ids())
      try {
        await makeFolder(folder)
        return ok(join(folder, plainName))
      } catch (cause) {
        return err(storageError(cause))
      }
    },
    stampOf: async (path: string): Promise<string | undefined> => {
      try {
        const { size, mtimeMs, ino } = await lstat(path)
        return [size, mtimeMs, ino].join(' ')
      } catch {
        return undefined
      }
    },
    holds,
    discard: (path: string): void => {
      if (holds(path)) remove(dirname(path))
    },
    empty: (): void => {
      remove(root)
    },
  }
}

/** Now, since the process may be about to end. What another program holds open goes at the next start. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // Tried again when the folder is emptied next.
  }
}
