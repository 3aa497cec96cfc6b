import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { appCommand, expect, test } from './app'

test('a second start brings the first window to the front and ends', async ({ app, connected }) => {
  await connected.heading('Basic').waitFor()
  await app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const isShown = () =>
    app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isShown).toBe(false)
  const { executable, args } = appCommand(app.userData)
  await promisify(execFile)(executable, args)
  await expect.poll(isShown).toBe(true)
  expect(app.electron().windows()).toHaveLength(1)
})
