import { chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A temporary folder that only one person may read, with folders and files in it.
 * In: `identity` (`{ uid, gid }`) of that person, when it is not whoever runs this.
 */
export class SessionFolder {
  #identity
  path = mkdtempSync(join(tmpdir(), 'iblai-session-'))

  constructor(identity) {
    this.#identity = identity
    this.#give(this.path)
  }

  /** @returns the path of a new folder in it, made with the ones above it. */
  folder(...parts) {
    let path = this.path
    for (const part of parts) {
      path = join(path, part)
      mkdirSync(path, { recursive: true, mode: 0o700 })
      this.#give(path)
    }
    return path
  }

  /** @returns the path of a new file in one of its folders. */
  file(folder, name, content) {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    this.#give(path)
    return path
  }

  #give(path) {
    if (this.#identity) chownSync(path, this.#identity.uid, this.#identity.gid)
  }
}
