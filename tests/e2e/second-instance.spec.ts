import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { appCommand, expect, test } from './app'

test('a second start brings the first window to the front and ends', async ({ app, connected }) => {
  await connected.heading('Basic').waitFor()
  await app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const isMinimized = () =>
    app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())
  await expect.poll(isMinimized).toBe(true)
  const { executable, args } = appCommand(app.userData)
  await promisify(execFile)(executable, args)
  await expect.poll(isMinimized).toBe(false)
  expect(app.electron().windows()).toHaveLength(1)
})
