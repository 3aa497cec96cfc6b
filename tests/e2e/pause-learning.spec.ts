import type { Platform } from '../../src/demo-platform/platform'
import { startTrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectByTyping, expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { learnLabel, MemoryPage } from './pages/memory-page'
import { writesOn } from './support/stored'

type Tray = Awaited<ReturnType<typeof startTrayHost>>

const settings = 'memsearch-settings'
const learnOn = (platform: Platform) =>
  platform.read().flags.find(({ username }) => username === platform.username)?.auto_capture_enabled
const writes = (platform: Platform) =>
  writesOn(platform).filter((request) => request.includes(settings)).length

/** A tray that is there for as long as `use` takes. */
async function withTray(use: (tray: Tray) => Promise<void>): Promise<void> {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  try {
    await use(tray)
  } finally {
    tray.close()
  }
}

const isPausedLine = ({ label }: { readonly label: string }) =>
  /^Learning is paused until (tomorrow, )?\d\d:\d\d$/.test(label)

test('learning paused in the tray is off, over a kill too, and what it was when resumed', async ({
  app,
  platform,
}) => {
  await withTray(async (tray) => {
    const frame = await connectByTyping(app, platform)
    await tray.clickLabel('For one hour')
    const { label } = await tray.waitForEntry(isPausedLine)
    await tray.waitForEntry((entry) => entry.label === learnLabel && !entry.isChecked)
    await expect.poll(() => learnOn(platform)).toBe(false)
    await frame.open('Memory')
    await expect(frame.main.getByText(label)).toBeVisible()
    await expect(new MemoryPage(frame).learn).not.toBeChecked()
    await frame.waitUntilSaved()
    expect((await tray.describe()).toolTip).toContain(label)

    await app.kill()
    const again = new FramePage(await app.start())
    await again.navigation.waitFor()
    await again.open('Memory')
    await expect(again.main.getByText(label)).toBeVisible()
    await tray.waitForEntry((entry) => entry.label === label)
    expect([learnOn(platform), writes(platform)]).toEqual([false, 1])

    await tray.clickLabel('Resume learning')
    await tray.waitForEntry((entry) => entry.label === learnLabel && entry.isChecked)
    await expect(new MemoryPage(again).learn).toBeChecked()
    await expect.poll(() => learnOn(platform)).toBe(true)
    await again.waitUntilSaved()
    expect(writes(platform)).toBe(2)
  })
})

test('learning is paused and resumed in the window by keyboard, without a network too', async ({
  app,
  platform,
}) => {
  await withTray(async (tray) => {
    const frame = await connectByTyping(app, platform)
    await frame.open('Memory')
    const { learn } = new MemoryPage(frame)
    await frame.main.getByRole('button', { name: 'Pause learning' }).press('Enter')
    await frame.page.getByRole('menuitem', { name: 'Until tomorrow, 08:00' }).press('Enter')
    const resume = frame.main.getByRole('button', { name: 'Resume learning' })
    await expect(resume).toBeFocused()
    await expect(frame.main.getByText('Learning is paused until tomorrow, 08:00')).toBeVisible()
    await tray.waitForEntry(({ label }) => label === 'Learning is paused until tomorrow, 08:00')
    await frame.waitUntilSaved()
    await platform.disconnect()
    await resume.press('Enter')
    await expect(learn).toBeChecked()
    await tray.waitForEntry(
      ({ label, isChecked }) => label === `${learnLabel} (not sent yet)` && isChecked,
    )
    expect(learnOn(platform)).toBe(false)
    await platform.reconnect()
    await frame.sendNow()
    await expect.poll(() => learnOn(platform)).toBe(true)
    expect(writes(platform)).toBe(2)
  })
})

test('a pause that the platform refuses flips back in window and tray, and says why', async ({
  app,
  platform,
}) => {
  await withTray(async (tray) => {
    const frame = await connectByTyping(app, platform)
    const fault = { kind: 'status', status: 403, body: { detail: 'Not yours.' } } as const
    platform.faults.add({
      match: { method: 'PUT', path: /memsearch-settings/ },
      times: Infinity,
      fault,
    })
    await tray.clickLabel('For one hour')
    await tray.waitForEntry(
      ({ label, isChecked }) => label === `${learnLabel} (refused: not permitted)` && isChecked,
    )
    expect((await tray.menu()).some(isPausedLine)).toBe(false)
    await frame.open('Memory')
    await expect(new MemoryPage(frame).learn).toBeChecked()
    await expect(frame.main.getByRole('alert')).toContainText('Undo')
    expect(learnOn(platform)).toBe(true)
  })
})
