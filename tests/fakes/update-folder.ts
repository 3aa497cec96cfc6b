import { chmodSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor'
import { vi } from 'vitest'
import { ManualClock } from './main-clock'
import { startReleaseFeed, type ReleaseFeed } from './release-feed'
import { createElectronUpdater } from '../../src/main/adapters/updates/electron-updater'
import { readPublicKey } from '../../src/main/adapters/updates/release-signature'

/** Node’s network in place of Electron’s; all else is what the app uses. */
class NodeExecutor extends ElectronHttpExecutor {
  override createRequest(
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ): Electron.ClientRequest {
    const { request } = options.protocol === 'http:' ? http : https
    return request(options, onAnswer) as unknown as Electron.ClientRequest
  }
}

export const filesIn = (path: string) => readdir(path).catch(() => [])
export const failed = (trouble: string) => ({ kind: 'failed', trouble })

/** The app as one file in a folder, and a feed of newer ones; all is about the one opened last. */
export function updateFolder() {
  let folder: string
  let feed: ReleaseFeed
  let clock: ManualClock
  let started: string[]
  let quits: number

  async function open() {
    folder = await mkdtemp(join(tmpdir(), 'iblai-updates-'))
    feed = await startReleaseFeed()
    clock = new ManualClock()
    started = []
    quits = 0
    await writeFile(appImage(), 'the old one')
    chmodSync(appImage(), 0o755)
    vi.stubEnv('APPIMAGE', appImage())
    return { folder, feed, clock, started }
  }

  async function close(): Promise<void> {
    vi.unstubAllEnvs()
    await feed.close()
    await rm(folder, { recursive: true, force: true })
  }

  const appImage = () => join(folder, 'Profile.AppImage')

  function aSource(version = '0.1.0', publicKey = feed.publicKey) {
    const key = readPublicKey(publicKey)
    if (!key) throw new Error('no key')
    return createElectronUpdater({
      configuration: { feed: new URL(feed.url), key },
      clock,
      platform: 'linux',
      version,
      folder: join(folder, 'updates'),
      appImage: appImage(),
      startOnceEnded: (program) => started.push(program),
      quit: () => (quits += 1),
      executor: new NodeExecutor(),
    })
  }

  return {
    open,
    close,
    appImage,
    pending: () => join(folder, 'updates', 'fetched', 'pending'),
    aSource,
    find: (source = aSource()) => source.find(() => undefined),
    quits: () => quits,
  }
}
