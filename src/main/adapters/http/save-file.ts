import { open, rename, rm } from 'node:fs/promises'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { errorCode, storageError } from '../../../shared/storage-error'

type TakePiece = (piece: Uint8Array) => Promise<Result<void>>

/**
 * Writes a file from pieces; it appears under its name only once all of it is there. `mode` is what
 * the system's own mask still narrows.
 */
export async function saveFile(
  path: string,
  fill: (takePiece: TakePiece) => Promise<Result<unknown>>,
  mode = 0o666,
): Promise<Result<void>> {
  const partial = `${path}.part`
  const file = await onDisk(() => open(partial, 'w', mode))
  if (!file.ok) return file
  const filled = await fill((piece) => onDisk(() => file.value.writeFile(piece)))
  const closed = await onDisk(() => file.value.close())
  const moved = filled.ok && closed.ok ? await onDisk(() => rename(partial, path)) : closed
  if (filled.ok && moved.ok) return moved
  await onDisk(() => rm(partial, { force: true }))
  return filled.ok ? moved : filled
}

async function onDisk<T>(act: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await act())
  } catch (cause) {
    // What is no failure of the file system is a bug and goes on.
    if (errorCode(cause) === undefined) throw cause
    return err(storageError(cause))
  }
}
