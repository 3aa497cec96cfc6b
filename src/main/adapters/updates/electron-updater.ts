import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BaseUpdater, MacUpdater, NsisUpdater, type AppUpdater } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor'
import type { UpdateTrouble } from '../../../shared/domain/updates'
import type { Clock } from '../../../shared/sync/ports'
import { WholeAppImageUpdater, type AppImageHost } from './app-image'
import type { UpdateConfiguration } from './configuration'
import { RequestGuard } from './request-guard'
import { maxFileBytes, SignedProvider, type SignedProviderOptions } from './signed-provider'
import { troubleOf, UpdateFailure } from './trouble'

export interface UpdaterHost extends AppImageHost {
  readonly platform: NodeJS.Platform
  readonly version: string
  /** The app’s own folder for what is fetched. */
  readonly folder: string
  readonly quit: () => void
}

export interface ElectronUpdaterSource {
  readonly find: (
    onProgress: (progress: { readonly version: string; readonly percent: number }) => void,
  ) => Promise<
    | { readonly kind: 'none' }
    | { readonly kind: 'ready'; readonly version: string }
    | { readonly kind: 'failed'; readonly trouble: UpdateTrouble }
  >
  readonly install: (options: { readonly isRestart: boolean }) => Promise<UpdateTrouble | undefined>
}

interface Fetched {
  readonly version: string
  readonly path: string
  readonly sha512: string
}

interface Parts extends UpdaterHost {
  readonly clock: Clock
  readonly configuration: UpdateConfiguration
  /** What requests go through. Absent: Electron’s own network. */
  readonly executor?: ElectronHttpExecutor
}

const quietMs = 60_000
const installMs = 5 * 60_000

/**
 * Releases by electron-updater, over Chromium’s network: system proxy, system certificates.
 *
 * In: whom to believe (`configuration`), and what of this process it may touch (`host`). Out: a source
 * whose `find` fetches a newer, signed release and never an older one, and whose `install` puts it in
 * place and ends the app. Limits: a file of 1 GiB, nothing for a minute. Errors are answers.
 */
export function createElectronUpdater(parts: Parts): ElectronUpdaterSource {
  const guard = new RequestGuard(parts.clock)
  let onQuit: () => void = () => undefined
  const quit = () => {
    onQuit()
    parts.quit()
  }
  const updater = makeUpdater(parts, guard, quit)
  let fetched: Fetched | undefined
  return {
    find: async (onProgress) => {
      try {
        await removeCutOff(parts.folder)
        fetched = await find(updater, guard, onProgress)
        if (!fetched) await rm(pendingIn(parts.folder), { recursive: true, force: true })
        return fetched ? { kind: 'ready', version: fetched.version } : { kind: 'none' }
      } catch (cause) {
        return { kind: 'failed', trouble: troubleOf(cause) }
      }
    },
    install: async ({ isRestart }) => {
      if (!fetched || (await hashOf(fetched.path)) !== fetched.sha512) return 'file'
      return new Promise((resolve) => {
        parts.clock.after(installMs, () => resolve('timeout'))
        onQuit = () => resolve(undefined)
        updater.once('error', (cause) => resolve(troubleOf(cause)))
        install(updater, { isRestart, quit })
      })
    },
  }
}

/** The library’s way for macOS quits by itself, once the system has taken the update over. */
function install(
  updater: AppUpdater,
  { isRestart, quit }: { readonly isRestart: boolean; readonly quit: () => void },
): void {
  updater.autoRunAppAfterInstall = isRestart
  if (!(updater instanceof BaseUpdater)) {
    updater.quitAndInstall()
    return
  }
  // After a failure it would ignore every later call.
  Object.assign(updater, { quitAndInstallCalled: false })
  if (updater.install(true, isRestart)) quit()
}

async function find(
  updater: AppUpdater,
  guard: RequestGuard,
  onProgress: (progress: { readonly version: string; readonly percent: number }) => void,
): Promise<Fetched | undefined> {
  const checked = await updater.checkForUpdates()
  if (!checked) throw new UpdateFailure('failed')
  if (!checked.isUpdateAvailable) return undefined
  const { version, files } = checked.updateInfo
  const onPart = ({ percent }: { readonly percent: number }) =>
    onProgress({ version, percent: Math.floor(percent) })
  onPart({ percent: 0 })
  updater.on('download-progress', onPart)
  try {
    const maxBytes = Math.max(...files.map(({ size = maxFileBytes }) => size))
    const limits = { maxBytes, tooLong: 'file', quietMs } as const
    const [path] = await guard.within(limits, (token) => updater.downloadUpdate(token))
    const sha512 = path === undefined ? undefined : await hashOf(path)
    const isNamed = files.some((file) => file.sha512 === sha512)
    if (path === undefined || sha512 === undefined || !isNamed) throw new UpdateFailure('file')
    return { version, path, sha512 }
  } finally {
    updater.off('download-progress', onPart)
  }
}

function makeUpdater(parts: Parts, guard: RequestGuard, quit: () => void): AppUpdater {
  const { platform, configuration } = parts
  const adapter = adapterOf(parts, quit)
  const { updater, extension } =
    platform === 'darwin'
      ? { updater: new MacUpdater(undefined, adapter), extension: 'zip' }
      : platform === 'win32'
        ? { updater: new NsisUpdater(undefined, adapter), extension: 'exe' }
        : { updater: new WholeAppImageUpdater(parts, adapter), extension: 'AppImage' }
  // Members that the library offers no option for; its version is pinned and the tests rest on them.
  Object.assign(updater, {
    httpExecutor: guard.guard(parts.executor ?? new ElectronHttpExecutor()),
    configOnDisk: { value: Promise.resolve(libraryConfiguration(configuration)) },
    // It would make a number for this computer and send it along.
    stagingUserIdPromise: { value: Promise.resolve('') },
  })
  updater.logger = null
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableDifferentialDownload = true
  updater.disableWebInstaller = true
  updater.isUserWithinRollout = () => true
  const options: SignedProviderOptions = {
    provider: 'custom',
    updateProvider: SignedProvider,
    configuration,
    guard,
    extension,
  }
  updater.setFeedURL(options)
  return updater
}

const cacheName = 'fetched'
const pendingIn = (folder: string): string => join(folder, cacheName, 'pending')

/** What the library reads from `app-update.yml`. On Windows it compares the installer’s publisher. */
const libraryConfiguration = ({ publisher }: UpdateConfiguration) => ({
  updaterCacheDirName: cacheName,
  ...(publisher && { publisherName: [publisher] }),
})

const adapterOf = ({ version, folder }: Parts, quit: () => void): AppAdapter => ({
  version,
  name: cacheName,
  isPackaged: true,
  appUpdateConfigPath: join(folder, 'none.yml'),
  userDataPath: folder,
  baseCachePath: folder,
  whenReady: () => Promise.resolve(),
  relaunch: () => undefined,
  quit,
  onQuit: () => undefined,
})

/** A crash leaves half a file behind; the next one may have another name. */
async function removeCutOff(folder: string): Promise<void> {
  const pending = pendingIn(folder)
  const names = await readdir(pending).catch(() => [])
  const halves = names.filter((name) => /^(\d+-)?temp-/.test(name))
  await Promise.all(halves.map((name) => rm(join(pending, name), { force: true })))
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha512')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('base64')
  } catch {
    return undefined
  }
}
