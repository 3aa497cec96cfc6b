import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, runOrThrow } from './child.mjs'
import { npm } from './npm.mjs'
import { inProject, projectRoot } from './paths.mjs'

const installMs = 20 * 60_000

/**
 * Installs what package-lock.json says unless it is there already. @returns what was found or done.
 */
export async function ensureNodeModules(folder = projectRoot) {
  const lockText = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const stampFile = join(folder, 'node_modules', '.setup-stamp')
  const stamp = createHash('sha256').update(lockText).digest('hex')
  if (textOf(stampFile) === stamp) return 'up to date'
  const agrees = isInstalled(JSON.parse(lockText), installedLock(folder))
  if (!agrees) await npm(['ci', '--no-audit', '--no-fund'], { cwd: folder, timeoutMs: installMs })
  writeFileSync(stampFile, stamp)
  return agrees ? 'installed before, agrees with the lockfile' : 'installed'
}

/**
 * @returns whether npm's own record of what it installed holds every package of the lockfile this
 * computer needs.
 */
export function isInstalled(lock, installed) {
  if (installed === undefined) return false
  return Object.entries(lock.packages).every(([path, wanted]) => {
    const found = installed.packages[path]
    if (path === '') return true
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/**
 * npm may be told not to run packages' install scripts. The keychain module needs its binary, which
 * lies in the package: its own script copies it into place; npm builds it only where none fits this
 * computer.
 */
export async function ensureKeychainModule() {
  const folder = inProject('node_modules', 'keytar')
  if (await loads(folder)) return 'loads'
  const copied = await run(process.execPath, [join('script', 'install.js')], { cwd: folder })
  if (copied.code !== 0)
    await npm(['rebuild', 'keytar', '--foreground-scripts'], {
      cwd: projectRoot,
      timeoutMs: installMs,
    })
  await runOrThrow(process.execPath, ['-e', 'require(process.argv[1])', folder])
  return copied.code === 0 ? 'binary put in place' : 'built'
}

/** In a child, because a module that fails to load stays failed for the process that tried. */
async function loads(folder) {
  return (await run(process.execPath, ['-e', 'require(process.argv[1])', folder])).code === 0
}

function installedLock(folder) {
  const file = join(folder, 'node_modules', '.package-lock.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
