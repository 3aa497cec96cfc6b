import { BrowserWindow, nativeTheme } from 'electron'
import { builtFile } from './app-paths'

/** The one window. Shown with its first frame, so that nobody sees it empty. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1180,
    height: 760,
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
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}

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
