import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { builtFile } from './app-paths'
import { ownArguments } from './own-arguments'
import { fittingBounds, keepBounds, readBounds } from './window-bounds'

/**
 * The one window, where it was when it was closed. Shown with its first frame, so that nobody sees
 * it empty; not at all when the app starts with the session, until the tray or another start asks.
 */
export function createWindow(): BrowserWindow {
  const boundsFile = join(app.getPath('userData'), 'window.json')
  const saved = readBounds(boundsFile)
  const areas = saved ? screen.getAllDisplays().map(({ workArea }) => workArea) : []
  const { isMaximized, ...bounds } = fittingBounds(saved, areas) ?? firstBounds
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'ibl.ai Profile',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1B1E23' : '#FFFFFF',
    autoHideMenuBar: true,
    webPreferences: {
      preload: builtFile('preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  keepBounds(window, boundsFile)
  window.once('ready-to-show', () => {
    if (ownArguments().includes('--hidden')) {
      // Maximizing shows the window: one that starts hidden waits with it until it is shown.
      if (isMaximized) window.once('show', () => window.maximize())
      return
    }
    if (isMaximized) window.maximize()
    window.show()
  })
  return window
}

const firstBounds = { width: 1180, height: 760, isMaximized: false }

/** Calls back when the page and what it asked for at first have come, at once if they have already. */
export function onceLoaded(window: BrowserWindow | undefined, callback: () => void): void {
  const contents = window?.webContents
  if (contents?.isLoading()) contents.once('did-stop-loading', callback)
  else callback()
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
