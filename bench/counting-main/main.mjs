import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serialize } from 'node:v8'
import { app, ipcMain } from 'electron'

/**
 * Starts the app and prints every message between page and main as one line of JSON: when, on which
 * channel, which way, how many bytes when cloned, and whether the page had to wait for it.
 */
const folder = process.env.BENCH_APP_FOLDER
if (folder === undefined) throw new Error('BENCH_APP_FOLDER names the app to start')
app.setAppPath(folder)
// The app takes a path that is not its own for a file that is handed to it.
process.argv = process.argv.map((given) =>
  resolve(given) === import.meta.dirname ? folder : given,
)

const now = () => performance.timeOrigin + performance.now()
const report = (direction, channel, content, isSync = false) => {
  const bytes = serialize(content).length
  process.stdout.write(`${JSON.stringify({ at: now(), direction, channel, bytes, isSync })}\n`)
}

const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (channel, listener) =>
  handle(channel, async (event, ...given) => {
    report('question', channel, given)
    const answer = await listener(event, ...given)
    report('answer', channel, answer)
    return answer
  })

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents)
  contents.send = (channel, ...given) => {
    report('event', channel, given)
    send(channel, ...given)
  }
  contents.on('ipc-message', (_of, channel, ...given) => report('question', channel, given))
  contents.on('ipc-message-sync', (_of, channel, ...given) =>
    report('question', channel, given, true),
  )
})

await import(pathToFileURL(join(folder, 'out', 'main', 'index.js')).href)
