import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRoot } from './child.mjs'

/**
 * Settings with which a kernel keeps user namespaces from ordinary programs, and the value that
 * does.
 */
const refusals = [
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ['/proc/sys/user/max_user_namespaces', '0'],
]

const setUserId = 0o4000

/**
 * @returns what an ordinary user must do for Electron's sandbox to start here, or `undefined` when
 * it will.
 */
export function sandboxAdvice(executable) {
  if (process.platform !== 'linux' || isRoot()) return undefined
  const isRefused = refusals.some(([file, value]) => textOf(file) === value)
  const helper = join(dirname(executable), 'chrome-sandbox')
  if (!isRefused || isReady(helper)) return undefined
  return `This system keeps Electron's sandbox from starting until its helper belongs to root:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
}

function isReady(helper) {
  if (!existsSync(helper)) return false
  const { uid, mode } = statSync(helper)
  return uid === 0 && (mode & setUserId) !== 0
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}
