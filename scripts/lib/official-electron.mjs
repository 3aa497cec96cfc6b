import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject } from './paths.mjs'

const stalledMs = 20_000
const longestMs = 15 * 60_000
const lookMs = 500

const packageFolder = inProject('node_modules', 'electron')

/** @returns the version of the electron package this project is built for. */
export function officialVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}

/** @returns Electron's own binary when the electron package has fetched it, else `undefined`. */
export function installedOfficialElectron() {
  try {
    const version = officialVersion()
    if (
      readFileSync(join(packageFolder, 'dist', 'version'), 'utf8')
        .trim()
        .replace(/^v/, '') !== version
    )
      return undefined
    const executable = join(
      packageFolder,
      'dist',
      readFileSync(join(packageFolder, 'path.txt'), 'utf8'),
    )
    return existsSync(executable) ? { executable, version, source: 'official' } : undefined
  } catch {
    return undefined
  }
}

/**
 * Lets the electron package fetch its binary. Quiet, and bounded: it is ended when nothing has
 * arrived for a while, which is how a network without the download host may look.
 * @returns the binary, or `undefined` when it could not be had.
 */
export async function fetchOfficialElectron() {
  const temporary = mkdtempSync(join(tmpdir(), 'iblai-electron-'))
  try {
    await runInstaller(temporary)
    return installedOfficialElectron()
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function runInstaller(temporary) {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary }
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env,
    stdio: 'ignore',
  })
  const startedAt = Date.now()
  let seen = { bytes: 0, at: startedAt }
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const bytes = folderSize(temporary) + folderSize(join(packageFolder, 'dist'))
      if (bytes !== seen.bytes) seen = { bytes, at: Date.now() }
      if (Date.now() - seen.at > stalledMs || Date.now() - startedAt > longestMs)
        child.kill('SIGKILL')
    }, lookMs)
    const finish = () => {
      clearInterval(timer)
      resolve()
    }
    child.on('error', finish).on('close', finish)
  })
}

function folderSize(folder) {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    return files.reduce((sum, file) => sum + sizeOf(join(file.parentPath, file.name)), 0)
  } catch {
    return 0
  }
}

function sizeOf(file) {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
