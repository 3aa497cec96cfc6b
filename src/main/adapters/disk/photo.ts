import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { storageError } from '../../../shared/storage-error'
import { makeFolder, readWhole, writeWhole } from './whole-file'

export interface Picture {
  /** The address it was read from. */
  readonly url: string
  readonly bytes: Uint8Array
}

export interface PhotoFile {
  /** Where the picture kept when the workspace was opened came from; `undefined` without one. */
  readonly url: string | undefined
  readonly save: (picture: Picture) => Promise<Result<void>>
  readonly read: () => Promise<Uint8Array | undefined>
}

const maxUrlBytes = 4_096

/** The copy of the person's photo: its address in the first line, then its bytes. */
export async function openPhoto(path: string): Promise<PhotoFile> {
  return {
    url: await firstLineOf(path).catch(() => undefined),
    save: async ({ url, bytes }) => {
      try {
        await makeFolder(dirname(path))
        await writeWhole(path, Buffer.concat([Buffer.from(`${url}\n`), bytes]))
        return ok(undefined)
      } catch (cause) {
        return err(storageError(cause))
      }
    },
    read: async () => {
      const whole = await readWhole(path).catch(() => undefined)
      return whole?.subarray(whole.indexOf('\n') + 1)
    },
  }
}

async function firstLineOf(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxUrlBytes), 0, maxUrlBytes, 0)
    const end = buffer.subarray(0, bytesRead).indexOf('\n')
    return end < 0 ? undefined : buffer.subarray(0, end).toString('utf8')
  } finally {
    await handle.close()
  }
}
