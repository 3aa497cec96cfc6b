import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from '../../../shared/storage-error'

/**
 * Writes a file whole: after a crash at any moment either the old or the new content is there.
 * The new content and the folder's entry are flushed before it returns. Mode 0600. Two writers of
 * one path must take turns: they share the temporary file.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.new`
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await removeFile(temporary).catch(() => undefined)
    throw cause
  }
  await flushFolder(dirname(path))
}

/** Makes created, renamed and deleted entries of a folder durable. Windows has no such call. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes a folder, mode 0700, with those above it. A folder that was made is only there after a power
 * failure when the one it is in was flushed.
 */
export async function makeFolder(path: string): Promise<void> {
  const uppermost = await mkdir(path, { recursive: true, mode: 0o700 })
  if (uppermost === undefined) return
  for (let made = path; made.length >= uppermost.length; made = dirname(made)) {
    await flushFolder(dirname(made))
  }
}

/** The file's bytes; `undefined` when there is none. */
export async function readWhole(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw cause
  }
}

/** Moves a damaged file out of the way without losing it; `at` makes its name unique. */
export async function setAside(path: string, at: number): Promise<void> {
  await rename(path, `${path}.bad-${at}`)
}

export const removeFile = (path: string): Promise<void> => rm(path, { force: true })
