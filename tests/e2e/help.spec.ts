import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './app'
import { expectAccessible } from './support/axe'
import { clickMenu } from './support/menus'
import { filesWith } from './support/traces'

test('Help shows the log and copies diagnostics without names', async ({
  app,
  connected: frame,
  platform,
}) => {
  const electron = app.electron()
  await electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => Object.assign(globalThis, { shownPath: path })
  })
  await clickMenu(electron, 'show-logs')
  const shown = () =>
    electron.evaluate(() => (globalThis as unknown as { shownPath?: string }).shownPath)
  await expect.poll(shown).toBe(join(app.userData, 'logs', 'app.log'))
  await clickMenu(electron, 'copy-diagnostics')
  await expect(frame.main.getByText('Diagnostics copied')).toBeVisible()
  const text = await electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(text).toContain('Keychain: answers')
  expect(text).toContain('a host of its own')
  expect(text).toMatch(/education: \w+, \d+ s old, \d+ records, 0 unsent/)
  expect(text).not.toMatch(new RegExp(`${platform.org}|${platform.username}|Noor|127`))
  const log = await readFile(join(app.userData, 'logs', 'app.log'), 'utf8')
  expect(log).toContain('"event":"request"')
  expect(log).not.toMatch(new RegExp(`${platform.org}|${platform.username}|Noor|127\\.0`))
})

test('a page that crashes comes back with what was typed, and leaves a line in the log and no dump', async ({
  app,
  connected: frame,
}) => {
  const electron = app.electron()
  const typed = 'Stands in the memory of the page.'
  await frame.field('About').fill(typed)
  const kept = () => filesWith(join(app.userData, 'workspaces'), typed)
  await expect.poll(kept).not.toEqual([])
  const [dumps, isUploading] = await electron.evaluate(({ app: own, crashReporter }) => {
    let isSending = false
    try {
      isSending = crashReporter.getUploadToServer()
    } catch {
      // It was never started.
    }
    return [own.getPath('crashDumps'), isSending] as const
  })
  expect(isUploading).toBe(false)
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  const log = () => readFile(join(app.userData, 'logs', 'app.log'), 'utf8')
  await expect.poll(log).toContain('"event":"page gone"')
  // Playwright does not follow a page beyond its crash.
  const shown = () =>
    electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `[...document.querySelectorAll('textarea')].map(({ value }) => value).join()`,
      ),
    )
  await expect.poll(shown).toContain(typed)
  const files = await readdir(dumps, { recursive: true }).catch(() => [])
  expect(files.filter((name) => name.endsWith('.dmp'))).toEqual([])
})

test('keys, About, theme and text size are in the menus, and the window follows', async ({
  app,
  connected: frame,
}) => {
  const electron = app.electron()
  const { page } = frame
  await page.keyboard.press('Control+/')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(keys.getByText('Go to a section, in order')).toBeVisible()
  await expectAccessible(app, 'keyboard shortcuts')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await clickMenu(electron, 'shortcuts')
  await expect(keys).toBeVisible()
  await page.keyboard.press('Escape')

  await clickMenu(electron, 'about')
  const about = page.getByRole('dialog', { name: 'About ibl.ai Profile' })
  await expect(about.getByText('MIT')).toBeVisible()
  await expect(about.getByText(/^\d+\.\d+\.\d+$/).first()).toBeVisible()
  await expectAccessible(app, 'about')
  await page.keyboard.press('Escape')

  const look = () =>
    page.evaluate(() => [
      document.documentElement.dataset['theme'] ?? 'system',
      document.documentElement.style.fontSize,
    ])
  await clickMenu(electron, 'theme-dark')
  await clickMenu(electron, 'text-larger')
  await expect.poll(look).toEqual(['dark', '110%'])
  await clickMenu(electron, 'text-usual')
  await clickMenu(electron, 'theme-system')
  await expect.poll(look).toEqual(['system', '100%'])
  await page.keyboard.press('Control++')
  await expect.poll(look).toEqual(['system', '110%'])
  await page.keyboard.press('Control+0')
  await clickMenu(electron, 'settings')
  await frame.heading('Settings').waitFor()
  await page.keyboard.press('Control+3')
  await frame.heading('Education').waitFor()
})
