import { app, ipcMain, protocol, session, type BrowserWindow } from 'electron'
import { ipcContract } from '../shared/ipc/contract'
import { registerIpc } from './ipc/register'
import { appOrigin, isTrustedSender } from './ipc/trusted-sender'
import { builtFile } from './shell/app-paths'
import { answerAppRequest } from './shell/app-protocol'
import { deferredLog } from './shell/deferred-log'
import { logGone } from './shell/log-gone'
import { logUncaught } from './shell/log-uncaught'
import { listenOutside } from './shell/outside-requests'
import { prepareApp } from './shell/prepare-app'
import { bringBack, refusePermissions } from './shell/security'
import { isSelfTest } from './shell/self-test-mode'
import { bringToFront, createWindow, onceLoaded } from './shell/window'

// Only what the window needs stands here: everything else is imported while the page starts.
prepareApp()

let window: BrowserWindow | undefined

const outside = listenOutside(app, () => {
  if (window) bringToFront(window)
})
app.on('window-all-closed', () => {
  app.quit()
})

const shell = { window: () => window, outside }

// No top-level await: Electron becomes ready only after this module has run.
void app.whenReady().then(start)

async function start(): Promise<void> {
  const composing = import('./compose').then((parts) => parts.compose(shell))
  const { log, use } = deferredLog()
  logUncaught(process, log)
  logGone(app, log)
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

  const made = createWindow()
  window = made
  made.on('closed', () => (window = undefined))
  const home = `${appOrigin}/index.html`
  bringBack(made.webContents, home)
  void made.loadURL(home)
  if (isSelfTest()) void import('./self-test/self-test').then(({ run }) => run(shell, composing))

  const composed = await composing
  use(composed.log)
  onceLoaded(window, composed.afterFirstPaint)
  const { recoverWindow } = await import('./shell/recover-window')
  if (!made.isDestroyed()) recoverWindow(made, home)
}
