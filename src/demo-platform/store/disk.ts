import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord, parseJson } from '../json'
import type { PlatformState } from './state'

const OWNER_ONLY_FILE = 0o600
const OWNER_ONLY_FOLDER = 0o700

/** Content that costs something to make may come as a function, called when somebody wants it. */
export type BlobContent = Buffer | (() => Buffer)

export interface Blobs {
  readonly put: (id: string, content: BlobContent) => void
  readonly get: (id: string) => Buffer | undefined
  readonly keepOnly: (ids: ReadonlySet<string>) => void
}

export function memoryBlobs(): Blobs {
  const contents = new Map<string, BlobContent>()
  return {
    put: (id, content) => contents.set(id, content),
    get: (id) => {
      const content = contents.get(id)
      return content === undefined ? undefined : made(content)
    },
    keepOnly: (ids) => {
      for (const id of contents.keys()) if (!ids.has(id)) contents.delete(id)
    },
  }
}

function made(content: BlobContent): Buffer {
  return typeof content === 'function' ? content() : content
}

export function folderBlobs(folder: string): Blobs {
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true, mode: OWNER_ONLY_FOLDER })
  return {
    put: (id, content) => writeWhole(join(files, id), made(content)),
    get: (id) => readIfThere(join(files, id)),
    keepOnly: (ids) => {
      for (const id of readdirSync(files)) if (!ids.has(id)) rmSync(join(files, id))
    },
  }
}

export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (cause) {
    if (isRecord(cause) || cause instanceof Error) {
      if ('code' in cause && cause.code === 'ENOENT') return undefined
    }
    throw cause
  }
}

/** A reader sees the old file or the new one, never a part, also after a power cut. */
export function writeWhole(path: string, content: string | Buffer): void {
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', OWNER_ONLY_FILE)
  try {
    let rest = Buffer.from(content)
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  flushFolder(dirname(path))
}

function flushFolder(folder: string): void {
  // Windows cannot open a folder for flushing; its rename is journalled.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function stateFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
  return join(folder, 'platform.json')
}

/** A file that cannot be read as ours is set aside, not overwritten. */
export function readState(path: string): PlatformState | undefined {
  const content = readIfThere(path)
  if (content === undefined) return undefined
  const state = parseState(content.toString('utf8'))
  if (state === undefined) renameSync(path, `${path}.unreadable`)
  return state
}

export function parseState(text: string): PlatformState | undefined {
  const parsed = parseJson(text)
  if (parsed === undefined || !isRecord(parsed.value) || parsed.value['format'] !== 1)
    return undefined
  const complete = ['tokens', 'people', 'career', 'memories'].every(
    (key) => key in Object(parsed.value),
  )
  return complete ? (parsed.value as unknown as PlatformState) : undefined
}
