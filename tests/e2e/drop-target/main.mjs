import { readFileSync } from 'node:fs'
import { app, BrowserWindow, ipcMain } from 'electron'

/**
 * Another app, into which files can be dragged. It tells in JSON lines: `{ ready }`, where its window
 * is, `{ over }` while something hangs over it, and `{ dropped }` with name, path and bytes (base64).
 */
const tell = (telling) => process.stdout.write(`${JSON.stringify(telling)}\n`)

ipcMain.on('over', () => tell({ over: true }))
ipcMain.on('dropped', (_event, files) => {
  const withBytes = files.map((file) => ({
    ...file,
    bytes: readFileSync(file.path).toString('base64'),
  }))
  tell({ dropped: withBytes })
})

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    x: 1050,
    y: 0,
    width: 500,
    height: 500,
    title: 'Drop target',
    webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
  })
  await window.loadFile('index.html')
  tell({ ready: window.getContentBounds() })
})
