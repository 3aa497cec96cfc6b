import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout these scripts belong to, wherever they are called from. */
export const projectRoot = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** @returns the folder of this person's cache in which whatever set-up makes is kept. */
export function cacheFolder(env = process.env) {
  return join(cacheBase(env), 'iblai-profile')
}

function cacheBase(env) {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA
  return join(homedir(), '.cache')
}

/** @returns a path inside the project. */
export function inProject(...parts) {
  return join(projectRoot, ...parts)
}
