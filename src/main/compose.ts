import { createHash } from 'node:crypto'
import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { app, nativeTheme, type BrowserWindow } from 'electron'
import { asWorkspaceId } from '../shared/domain/ids'
import { registry } from '../shared/domain/sections/registry'
import type { IpcContract, Settings } from '../shared/ipc/contract'
import { channelOf, type Handlers, type Publish } from '../shared/ipc/define'
import type { Log } from '../shared/sync/ports'
import { nextDayAt } from './adapters/clock/next-day'
import { systemClock, systemRandom, uniqueIds } from './adapters/clock/system'
import { createDragFolder } from './adapters/disk/drag-folder'
import { createWorkspaceFolders } from './adapters/disk/workspace-folders'
import { createKeytarStore } from './adapters/keychain/keytar-store'
import { createFileLog } from './adapters/log/file-log'
import { openPreferences } from './adapters/preferences/electron-store'
import { DragOut } from './app/drag-out'
import { connectionFrom } from './app/env-file'
import { forPage } from './app/for-page'
import { createHandlers } from './app/handlers'
import type { HandlerPorts } from './app/handlers/ports'
import type { ConnectPlatform } from './app/ports'
import { startReading } from './app/handlers/workspace'
import { HandedFiles } from './app/handed-files'
import { rememberErrors, type RecentError } from './app/recent-errors'
import type { Session } from './app/session'
import { createWaking } from './app/wake'
import { Workspaces } from './app/workspaces'
import { composeNetwork, type ComposedNetwork } from './compose-network'
import { composeUpdates } from './compose-updates'
import { createDemoProcess } from './shell/demo-process'
import { createDesktop } from './shell/desktop'
import type { CheckedParts } from './self-test/self-test'
import type { OutsideRequests } from './shell/outside-requests'
import { watchPanelTheme } from './shell/panel-theme'
import { plainFileName } from './shell/plain-file-name'
import type { PresenceParts } from './shell/presence'
import { PageProgress } from './shell/page-progress'
import { isSelfTest } from './shell/self-test-mode'
import { TrayPresence } from './shell/tray-presence'

export interface Composed {
  readonly handlers: Handlers<IpcContract>
  readonly log: Log
  readonly picture: (path: readonly string[]) => Promise<Uint8Array | undefined>
  /** What `--self-test` looks at beside the page. */
  readonly checked: CheckedParts
  /** Everything that can wait until the window stands: tray, menus, the first requests. */
  readonly afterFirstPaint: () => void
}

interface Shell {
  readonly window: () => BrowserWindow | undefined
  readonly outside: OutsideRequests
}

/** The one place where ports meet adapters. */
export async function compose(shell: Shell): Promise<Composed> {
  const userData = app.getPath('userData')
  const { log, logFile, recent } = openLog(userData)
  const preferences = openPreferences(userData, keepDamagedFile)
  const tray = new TrayPresence(watchPanelTheme(nativeTheme))
  nativeTheme.themeSource = preferences.read().settings.theme

  const desktop = createDesktop(shell.window, () => tray.isThere)
  const network = composeNetwork({ preferences, desktop })
  const page = new PageProgress()
  const publish = publisherTo(shell.window)
  const menus = { show: (): void => undefined }
  const dragOut: DragOut = dragOutIn(userData, () => workspaces.session)
  const workspaces = new Workspaces({
    registry,
    preferences,
    environment: takeEnvironment(),
    log,
    clock: systemClock,
    random: systemRandom,
    ids: uniqueIds,
    folders: createWorkspaceFolders(join(userData, 'workspaces'), timeAndIds),
    credentials: createKeychain(),
    demo: createDemoProcess(join(userData, 'demo-platform'), log),
    connectPlatform: platformWith(log, network),
    publish: page.hold(publish),
    fingerprint: (text) => createHash('sha256').update(text).digest('hex').slice(0, 24),
    onShellChange: () => menus.show(),
    dragOut,
  })
  const ports: HandlerPorts = {
    registry,
    updates: composeUpdates({ log, preferences, workspaces, publish, menus }),
    workspaces,
    preferences,
    nextDayAt,
    handed: new HandedFiles(),
    dragOut,
    clock: systemClock,
    certificates: network.certificates,
    wake: network.forgetBefore(createWaking({ registry, workspaces, preferences, ...timeAndIds })),
    ids: uniqueIds,
    version: app.getVersion(),
    desktop,
    logFile,
    about,
    diagnostics: () => diagnosticsOf(ports, recent),
    onSettings: (settings) => follow(settings, publish, menus),
  }
  const handlers = createHandlers(ports)
  await openFirst(workspaces)
  app.on('before-quit', () => void workspaces.close())

  return {
    handlers: page.watch(forPage(handlers, () => workspaces.session?.workspace.id)),
    log,
    picture: (path) => pictureOf(workspaces, path),
    checked: { registry, keychain: createKeychain(), tray },
    afterFirstPaint: () =>
      void present({ ...ports, ...shell, handlers, publish, tray, page }, menus),
  }
}

const timeAndIds = { clock: systemClock, ids: uniqueIds }

function openLog(userData: string) {
  const logFile = join(userData, 'logs', 'app.log')
  return { logFile, ...rememberErrors(createFileLog(logFile, timeAndIds), systemClock) }
}

const dragOutIn = (userData: string, session: () => Session | undefined): DragOut =>
  new DragOut({
    folder: createDragFolder(join(userData, 'drag-out'), uniqueIds),
    session,
    plainName: plainFileName,
  })

/** Begins to read, and shows tray and menus, which `menus` draws anew from then on. */
async function present(
  parts: PresenceParts &
    Pick<HandlerPorts, 'preferences' | 'updates'> & { readonly page: PageProgress },
  menus: { show: () => void },
): Promise<void> {
  await whenQuiet(parts.page, parts.workspaces)
  startReading(parts)
  const { startPresence } = await import('./shell/presence')
  menus.show = startPresence(parts)
  void parts.updates.get()
}

/** The system's parts, the page and the menus show what was just set. */
function follow(
  settings: Settings,
  publish: Publish<IpcContract>,
  menus: { readonly show: () => void },
): void {
  nativeTheme.themeSource = settings.theme
  publish('app', 'settingsChanged', settings)
  menus.show()
}

async function about() {
  const { systemFacts } = await import('./shell/system-facts')
  const { electron, chromium, node, system } = systemFacts()
  return { electron, chromium, node, system }
}

async function diagnosticsOf(
  ports: HandlerPorts,
  recentErrors: () => readonly RecentError[],
): Promise<string> {
  const [{ diagnostics }, { systemFacts }] = await Promise.all([
    import('./app/diagnostics'),
    import('./shell/system-facts'),
  ])
  const keychain = createKeychain()
  return diagnostics({ ...ports, keychain, system: systemFacts(), recentErrors })
}

/** Its module is loaded when it is first asked. */
const createKeychain = () =>
  createKeytarStore(async () => (await import('keytar')).default, systemClock)

const longestMs = 2_000

/**
 * Requests and menus wait until the open section is on screen: they would take the processor from it.
 * A page that shows something else does not say so, and gets a little time.
 */
async function whenQuiet(page: PageProgress, { session }: Workspaces): Promise<void> {
  if (!session) return
  const late = new Promise<void>((resolve) => systemClock.after(longestMs, resolve))
  await Promise.race([page.isShown, late])
}

/** The client is loaded when the platform is first asked, long after the window stands. */
const platformWith =
  (log: Log, network: ComposedNetwork): ConnectPlatform =>
  async (target, { first, own }, spool) => {
    const [{ connectPlatform }, agent] = await Promise.all([
      import('./adapters/http/connect'),
      network.agent(),
    ])
    return connectPlatform(
      { ...target, credential: first, ...(own && { own }), spool, sections: registry.shown },
      { clock: systemClock, random: systemRandom, log, agent },
    )
  }

const asideName = (path: string): string => `${path}.bad-${systemClock.now()}`

const keepDamagedFile = {
  move: (path: string) => {
    renameSync(path, asideName(path))
  },
  copy: (path: string) => {
    copyFileSync(path, asideName(path))
  },
}

/** A demo that was opened before shows its copy at once; its platform starts when it is asked. */
async function openFirst(workspaces: Workspaces): Promise<void> {
  await workspaces.openLast()
  if (!process.argv.includes('--demo') && !isSelfTest()) return
  const known = await workspaces.switchTo(asWorkspaceId('demo'))
  if (!known.ok) await workspaces.openDemo()
}

/** Reads the connection from the environment and takes it out, so that no child process inherits it. */
function takeEnvironment() {
  const { IBLAI_ORG, IBLAI_USERNAME, IBLAI_API_KEY, IBLAI_BASE_URL } = process.env
  const found = connectionFrom({ IBLAI_ORG, IBLAI_USERNAME, IBLAI_API_KEY, IBLAI_BASE_URL })
  delete process.env['IBLAI_API_KEY']
  return found
}

function publisherTo(window: () => BrowserWindow | undefined): Publish<IpcContract> {
  return (group, name, payload) => {
    const target = window()
    if (target && !target.isDestroyed()) {
      target.webContents.send(channelOf(group, name), payload)
    }
  }
}

async function pictureOf(
  workspaces: Workspaces,
  [kind, id = '']: readonly string[],
): Promise<Uint8Array | undefined> {
  const { session } = workspaces
  if (!session) return undefined
  if (kind === 'spool') return session.files.spool.read(id)
  return id === session.workspace.id ? session.files.photo.read() : undefined
}
