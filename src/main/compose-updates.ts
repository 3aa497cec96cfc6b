import { join } from 'node:path'
import { app } from 'electron'
import type { IpcContract } from '../shared/ipc/contract'
import type { Publish } from '../shared/ipc/define'
import { systemClock, systemRandom } from './adapters/clock/system'
import type { UpdateConfiguration } from './adapters/updates/configuration'
import type { LazyUpdates } from './app/handlers/ports'
import { unsentWork } from './app/unsent-work'
import type { UpdatePorts, Updates, UpdateSource } from './app/updates'
import type { Workspaces } from './app/workspaces'
import { resourceFile } from './shell/app-paths'

type Ports = Pick<UpdatePorts, 'log' | 'preferences'> & {
  readonly workspaces: Workspaces
  readonly publish: Publish<IpcContract>
  readonly menus: { readonly show: () => void }
}

/**
 * Updates: nothing of them is loaded before they are asked for, the library only when something is
 * looked for.
 */
export function composeUpdates(ports: Ports): LazyUpdates {
  let made: Promise<Updates> | undefined
  let known: Updates | undefined
  const make = async () => {
    known = await makeUpdates(ports)
    installAtQuit(known)
    known.begin()
    return known
  }
  return { get: () => (made ??= make()), known: () => known?.state }
}

async function makeUpdates(ports: Ports): Promise<Updates> {
  const [{ Updates }, { readConfiguration }] = await Promise.all([
    import('./app/updates'),
    import('./adapters/updates/configuration'),
  ])
  const configuration = await readConfiguration({
    platform: process.platform,
    isPackaged: app.isPackaged,
    environment: process.env,
    packedFile: resourceFile('updates.json'),
  })
  const source = typeof configuration === 'string' ? configuration : lazySource(configuration)
  return new Updates({
    ...ports,
    source,
    clock: systemClock,
    random: systemRandom,
    unsent: () => unsentWork(ports.workspaces.session?.engine.state()),
    onState: (state) => {
      ports.publish('app', 'updateChanged', state)
      ports.menus.show()
    },
  })
}

function lazySource(configuration: UpdateConfiguration): UpdateSource {
  let made: Promise<UpdateSource> | undefined
  const get = () => (made ??= makeSource(configuration))
  return {
    find: async (onProgress) => (await get()).find(onProgress),
    install: async (options) => (await get()).install(options),
  }
}

async function makeSource(configuration: UpdateConfiguration): Promise<UpdateSource> {
  const [{ createElectronUpdater }, { startOnceEnded }] = await Promise.all([
    import('./adapters/updates/electron-updater'),
    import('./shell/start-once-ended'),
  ])
  return createElectronUpdater({
    configuration,
    clock: systemClock,
    platform: process.platform,
    version: app.getVersion(),
    folder: join(app.getPath('userData'), 'updates'),
    appImage: process.env['APPIMAGE'] ?? '',
    startOnceEnded,
    quit: () => {
      app.quit()
    },
  })
}

const longestMs = 20_000

/** An ordinary end of the app uses a fetched update, when nothing of the person’s waits. */
function installAtQuit(updates: Updates): void {
  let isWanted = false
  app.on('before-quit', () => {
    // Now: the workspace is still open.
    isWanted = updates.mayInstallAtQuit()
  })
  app.on('will-quit', (event) => {
    updates.stop()
    if (!isWanted) return
    isWanted = false
    event.preventDefault()
    // A quit that was put off once does not end by asking for it again. What takes too long is left
    // for the next time.
    const end = (): void => app.exit(0)
    systemClock.after(longestMs, end)
    void updates.installAtQuit().finally(end)
  })
}
