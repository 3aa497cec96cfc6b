import { app, ipcMain, Menu, protocol, session, type BrowserWindow } from 'electron'
import { ipcContract } from '../shared/ipc/contract'
import { registerIpc } from './ipc/register'
import { appOrigin, isTrustedSender } from './ipc/trusted-sender'
import { answerAppRequest, appScheme } from './shell/app-protocol'
import { refusedSwitch } from './shell/refused-switches'
import { bringBack, refuseByDefault, refusePermissions } from './shell/security'
import { builtFile } from './shell/app-paths'
import { bringToFront, createWindow } from './shell/window'
import { deferredLog } from './shell/deferred-log'
import { logUncaught } from './shell/log-uncaught'

// Only what the window needs stands here: everything else is imported while the page starts.
const isForbidden = app.isPackaged && refusedSwitch(process.argv) !== undefined
if (isForbidden || !app.requestSingleInstanceLock()) app.exit(isForbidden ? 1 : 0)

protocol.registerSchemesAsPrivileged([appScheme])
refuseByDefault(app)
Menu.setApplicationMenu(null)

let window: BrowserWindow | undefined

app.on('second-instance', () => {
  if (window) bringToFront(window)
})
app.on('window-all-closed', () => {
  app.quit()
})

// No top-level await: Electron becomes ready only after this module has run.
void app.whenReady().then(start)

async function start(): Promise<void> {
  const composing = import('./compose').then(({ compose }) => compose({ window: () => window }))
  const { log, use } = deferredLog()
  logUncaught(process, log)
  refusePermissions(session.defaultSession)
  protocol.handle('app', (request) =>
    answerAppRequest(request, {
      folder: builtFile('renderer'),
      picture: async (path) => (await composing).picture(path),
    }),
  )
  registerIpc({
    ipcMain,
    contract: ipcContract,
    handlers: composing.then(({ handlers }) => handlers),
    isTrusted: (event) => isTrustedSender(event, window?.webContents.id),
    log,
    now: () => performance.now(),
  })

  window = createWindow()
  window.on('closed', () => {
    window = undefined
  })
  const home = `${appOrigin}/index.html`
  bringBack(window.webContents, home)
  void window.loadURL(home)

  const composed = await composing
  use(composed.log)
  onceLoaded(composed.afterFirstPaint)
}

function onceLoaded(callback: () => void): void {
  const contents = window?.webContents
  if (contents?.isLoading()) contents.once('did-stop-loading', callback)
  else callback()
}
