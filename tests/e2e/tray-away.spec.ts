import type { ElectronApplication } from 'playwright'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import { startNotificationHost } from '../../scripts/lib/notification-host.mjs'
import { startTrayHost, type TrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectByTyping, expect, test, type RunningApp } from './app'
import { learnLabel } from './pages/memory-page'
import { FramePage } from './pages/frame-page'
import { ResumePage } from './pages/resume-page'
import { answerOpenDialog } from './support/dialogs'
import { writePdf } from './support/files'
import { clickMenu } from './support/menus'
import { resumeOn } from './support/stored'

/** What the app does while nobody looks at its window, with the tray and notifications of a desktop. */
async function onDesktop<T>(
  work: (desktop: {
    readonly tray: TrayHost
    readonly notifications: Awaited<ReturnType<typeof startNotificationHost>>
  }) => Promise<T>,
): Promise<T> {
  const bus = process.env['DBUS_SESSION_BUS_ADDRESS']
  const notifications = await startNotificationHost(bus)
  const tray = await startTrayHost(bus)
  try {
    return await work({ tray, notifications })
  } finally {
    tray.close()
    notifications.close()
  }
}

const isVisible = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true)

async function closeToTray({ electron }: RunningApp, tray: TrayHost): Promise<void> {
  await tray.waitForEntry(({ label }) => label === 'Open ibl.ai Profile')
  await electron().evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.hide()
  })
  await expect.poll(() => isVisible(electron())).toBe(false)
}

const refuse = { kind: 'status', status: 403, body: { detail: 'Not yours.' } } as const

test('a switch that is refused while the window is hidden flips back and says why', async ({
  app,
  platform,
}) => {
  await onDesktop(async ({ tray, notifications }) => {
    const frame = await connectByTyping(app, platform)
    const match = { method: 'PUT', path: /memsearch-settings/ }
    platform.faults.add({ match, times: Infinity, fault: refuse })
    await closeToTray(app, tray)
    const calm = await tray.describe()
    await tray.clickLabel(learnLabel)
    await tray.waitForEntry(
      ({ label, isChecked }) => label === `${learnLabel} (refused: not permitted)` && isChecked,
    )
    await expect
      .poll(() => notifications.shown())
      .toMatchObject([{ title: 'Memory needs you', text: 'Not permitted.' }])
    expect((await tray.describe()).picture).not.toBe(calm.picture)
    notifications.click(1)
    await expect.poll(() => isVisible(app.electron())).toBe(true)
    await expect(frame.heading('Memory')).toBeVisible()
  })
})

test('a résumé that is refused while the window is hidden is told, and leads to Résumé', async ({
  app,
  platform,
  folder,
}) => {
  await onDesktop(async ({ tray, notifications }) => {
    const frame = await connectByTyping(app, platform)
    const match = { path: /\/resume\//, method: 'PUT' }
    platform.faults.add({ match, times: Infinity, fault: refuse })
    await platform.disconnect()
    await dropFiles(frame.page, [await writePdf(folder, 'cv.pdf')])
    await expect(new ResumePage(frame).file('cv.pdf')).toBeVisible()
    await frame.open('Basic')
    await closeToTray(app, tray)
    await platform.reconnect()
    await expect
      .poll(() => notifications.shown(), { timeout: 90_000 })
      .toMatchObject([{ title: 'Résumé needs you' }])
    notifications.click(1)
    await expect.poll(() => isVisible(app.electron())).toBe(true)
    await expect(frame.heading('Résumé')).toBeVisible()
  })
})

test('Add Résumé… in the tray and in the File menu asks for a file and makes it the résumé', async ({
  app,
  platform,
  folder,
}) => {
  await onDesktop(async ({ tray }) => {
    const frame = await connectByTyping(app, platform)
    const resume = new ResumePage(frame)
    await closeToTray(app, tray)
    await answerOpenDialog(app.electron(), [await writePdf(folder, 'from tray.pdf')])
    await tray.clickLabel('Add Résumé…')
    await expect.poll(() => isVisible(app.electron())).toBe(true)
    await expect(resume.file('from tray.pdf')).toBeVisible()
    await frame.open('Social')
    await answerOpenDialog(app.electron(), [await writePdf(folder, 'from menu.pdf')])
    await clickMenu(app.electron(), 'add-resume')
    await expect(resume.file('from menu.pdf')).toBeVisible()
    await expect.poll(() => JSON.stringify(resumeOn(platform))).toContain('from menu.pdf')
  })
})

test('started hidden, it shows its window when the tray is asked', async ({ app, platform }) => {
  await onDesktop(async ({ tray }) => {
    await connectByTyping(app, platform)
    await app.quit()
    const frame = new FramePage(await app.start({ args: ['--hidden'] }))
    await tray.waitForEntry(({ label }) => label === 'Noor Haddad, northwind')
    expect(await isVisible(app.electron())).toBe(false)
    await tray.clickLabel('Open ibl.ai Profile')
    await expect.poll(() => isVisible(app.electron())).toBe(true)
    await expect(frame.heading('Basic')).toBeVisible()
  })
})

test('the icon has a picture for each state, and suits the panel whatever theme the app has', async ({
  app,
  platform,
}) => {
  await onDesktop(async ({ tray }) => {
    const frame = await connectByTyping(app, platform)
    await frame.waitUntilSaved()
    const picture = async () => (await tray.describe()).picture
    const idle = await picture()
    await clickMenu(app.electron(), 'theme-dark')
    await expect(frame.page.locator('html')).toHaveCSS('color-scheme', /dark/)
    expect(await picture()).toBe(idle)
    await platform.disconnect()
    await frame.field('About').fill('Waiting.')
    await frame.pressSave()
    await tray.waitForEntry(({ label }) => label.includes('1 edit'))
    const offline = await picture()
    expect(offline).not.toBe(idle)
    await app.quit()
    await app.start({ args: ['--force-dark-mode'] })
    await tray.waitForEntry(({ label }) => label.includes('1 edit'))
    expect([idle, offline]).not.toContain(await picture())
    await app.quit()
  })
})
