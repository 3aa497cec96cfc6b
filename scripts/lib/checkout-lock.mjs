import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { withFileLock } from './file-lock.mjs'
import { cacheFolder, projectRoot } from './paths.mjs'

/** Runs `work` while no other script does the work of the same name in this checkout. */
export function withCheckoutLock(name, work, options) {
  const mark = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12)
  return withFileLock(join(cacheFolder(), `${name}-${mark}.lock`), work, options)
}
