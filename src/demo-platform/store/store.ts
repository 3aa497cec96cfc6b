import { randomBytes } from 'node:crypto'
import type { Settings } from '../options'
import { seedState } from '../seed/seed'
import {
  type Blobs,
  folderBlobs,
  memoryBlobs,
  parseState,
  readState,
  stateFile,
  writeWhole,
} from './disk'
import type { PlatformState, Token } from './state'

export interface Store {
  /** The live state. Whoever changes it calls `commit`. */
  readonly state: () => PlatformState
  readonly blobs: Blobs
  readonly newId: () => number
  readonly newBlob: (content: Buffer) => string
  /** Makes the state durable; when that fails, the last durable state comes back and the cause is thrown. */
  readonly commit: () => void
  /** Back to the demo people; tokens stay. */
  readonly reset: () => void
}

export function openStore(settings: Settings): Store {
  const path = settings.folder === undefined ? undefined : stateFile(settings.folder)
  const blobs = settings.folder === undefined ? memoryBlobs() : folderBlobs(settings.folder)
  const kept = path === undefined ? undefined : readState(path)
  const fresh = (tokens?: readonly Token[]): PlatformState => seedState(settings, blobs, tokens)
  let state = kept ?? fresh()
  let durable = ''
  const commit = (): void => {
    if (path === undefined) return
    try {
      const text = JSON.stringify(state)
      writeWhole(path, text)
      durable = text
    } catch (cause) {
      state = parseState(durable) ?? state
      throw cause
    }
  }
  const reset = (): void => {
    state = { ...fresh(state.tokens), signingKey: state.signingKey, lmsToken: state.lmsToken }
    commit()
    blobs.keepOnly(blobsInUse(state))
  }
  commit()
  // Pictures and files that were replaced in earlier runs.
  blobs.keepOnly(blobsInUse(state))
  return {
    state: () => state,
    blobs,
    newId: () => state.nextId++,
    newBlob: (content) => {
      const id = randomBytes(12).toString('hex')
      blobs.put(id, content)
      return id
    },
    commit,
    reset,
  }
}

export function blobsInUse(state: PlatformState): ReadonlySet<string> {
  const files = state.resumes.flatMap((resume) => resume.files.map((file) => file.blob))
  const images = state.people.flatMap((person) =>
    person.image === null ? [] : [person.image.blob],
  )
  return new Set([...files, ...images])
}
