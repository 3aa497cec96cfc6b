import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import { startNotificationHost } from '../../scripts/lib/notification-host.mjs'
import { startTrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectByTyping, expect, test } from './app'
import { ResumePage } from './pages/resume-page'
import { writePdf } from './support/files'
import { personOn } from './support/stored'

const closeWindow = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close()
  })

const isVisible = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true)

/** The app has seen the tray once Settings no longer says that there is none. */
const knowsTray = (electron: ElectronApplication) =>
  electron.windows()[0]?.evaluate(async () => {
    const { iblaiProfile: bridge } = globalThis as unknown as { iblaiProfile: Bridge }
    const answer = await bridge.app.desktop({})
    return answer.value.hasTray
  })

interface Bridge {
  readonly app: {
    readonly desktop: (input: object) => Promise<{ readonly value: { readonly hasTray: boolean } }>
  }
}

test('a closed window stays in the tray, sends what waits there, and comes back', async ({
  app,
  platform,
}) => {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  try {
    const frame = await connectByTyping(app, platform)
    await expect.poll(() => knowsTray(app.electron())).toBe(true)
    await platform.disconnect()
    await frame.field('About').fill('Sent from the tray.')
    await frame.pressSave()
    await frame.waitUntilKept()
    await closeWindow(app.electron())
    await expect.poll(() => isVisible(app.electron())).toBe(false)
    await platform.reconnect()
    await expect.poll(() => personOn(platform).bio, { timeout: 90_000 }).toBe('Sent from the tray.')
    expect(await isVisible(app.electron())).toBe(false)
    await tray.clickLabel('Open ibl.ai Profile')
    await expect.poll(() => isVisible(app.electron())).toBe(true)
  } finally {
    tray.close()
  }
})

test('a tray that goes gives the hidden window back', async ({ app, platform }) => {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  await connectByTyping(app, platform)
  await expect.poll(() => knowsTray(app.electron())).toBe(true)
  await closeWindow(app.electron())
  await expect.poll(() => isVisible(app.electron())).toBe(false)
  tray.close()
  await expect.poll(() => isVisible(app.electron())).toBe(true)
  await expect.poll(() => knowsTray(app.electron())).toBe(false)
})

test('without a tray, closing the window ends the app', async ({ app, connected }) => {
  await connected.openSettings()
  await expect(connected.main.getByText(/shows no tray/)).toBeVisible()
  const closed = app.electron().waitForEvent('close')
  await closeWindow(app.electron())
  await closed
})

test('with the setting at Quit, closing ends the app beside a tray too', async ({
  app,
  platform,
}) => {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  try {
    const frame = await connectByTyping(app, platform)
    await expect.poll(() => knowsTray(app.electron())).toBe(true)
    await frame.openSettings()
    await frame.main
      .getByRole('radiogroup', { name: 'When the window is closed' })
      .getByText('Quit')
      .click()
    const closed = app.electron().waitForEvent('close')
    await closeWindow(app.electron())
    await closed
  } finally {
    tray.close()
  }
})

test('while the window is hidden a notification tells that the résumé has arrived', async ({
  app,
  platform,
  folder,
}) => {
  const bus = process.env['DBUS_SESSION_BUS_ADDRESS']
  const notifications = await startNotificationHost(bus)
  const tray = await startTrayHost(bus)
  try {
    const frame = await connectByTyping(app, platform)
    await expect.poll(() => knowsTray(app.electron())).toBe(true)
    await platform.disconnect()
    await dropFiles(frame.page, [await writePdf(folder, 'cv.pdf')])
    await expect(new ResumePage(frame).file('cv.pdf')).toBeVisible()
    await frame.open('Basic')
    await closeWindow(app.electron())
    await expect.poll(() => isVisible(app.electron())).toBe(false)
    await platform.reconnect()
    await expect
      .poll(() => notifications.shown(), { timeout: 90_000 })
      .toMatchObject([{ title: 'Résumé sent' }])
    notifications.click(1)
    await expect.poll(() => isVisible(app.electron())).toBe(true)
    await expect(frame.heading('Résumé')).toBeVisible()
  } finally {
    tray.close()
    notifications.close()
  }
})

test('the window opens where it was closed, and elsewhere once its screen is gone', async ({
  app,
  connected,
}) => {
  const bounds = (electron: ElectronApplication) =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  await connected.heading('Basic').waitFor()
  await app.electron().evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 940, height: 640 })
  })
  await expect.poll(() => bounds(app.electron())).toMatchObject({ width: 940, height: 640 })
  await app.quit()
  await app.start()
  expect(await bounds(app.electron())).toMatchObject({ x: 40, y: 60, width: 940, height: 640 })
  await app.quit()
  const gone = { x: 9_000, y: 0, width: 940, height: 640, isMaximized: false }
  await writeFile(join(app.userData, 'window.json'), JSON.stringify(gone))
  await app.start()
  expect((await bounds(app.electron()))?.x).toBeLessThan(2_000)
})
