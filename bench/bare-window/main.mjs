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
  // For the figure of showing a hidden window: nothing runs here until the signal comes.
  process.on('SIGUSR2', () => (window.isVisible() ? window.hide() : show(window)))
  void window.loadFile('index.html')
})

function show(window) {
  const showAt = performance.timeOrigin + performance.now()
  window.show()
  process.stdout.write(`${JSON.stringify({ showAt })}\n`)
}
