import { app, BrowserWindow, Menu } from 'electron'

/** What everything is compared with: the least Electron app with the same window as ours. */
Menu.setApplicationMenu(null)
app.on('window-all-closed', () => app.quit())

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1180,
    height: 760,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Bare window',
    backgroundColor: '#FFFFFF',
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile('index.html')
})
