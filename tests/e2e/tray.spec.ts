import { startTrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectByTyping, expect, test } from './app'
import { learnLabel, MemoryPage, useLabel } from './pages/memory-page'

test('window and tray menu show one state of both memory switches', async ({ app, platform }) => {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  try {
    const flags = () => platform.read().flags.find(({ username }) => username === platform.username)
    const frame = await connectByTyping(app, platform)
    await tray.waitForEntry(({ label, isChecked }) => label === learnLabel && isChecked)
    const labels = (await tray.menu()).map(({ label }) => label)
    expect(labels).toEqual(
      expect.arrayContaining([
        'Noor Haddad, northwind',
        learnLabel,
        useLabel,
        'Open ibl.ai Profile',
        'Quit',
      ]),
    )
    await frame.open('Memory')
    const memory = new MemoryPage(frame)
    for (const [label, shown, key] of [
      [learnLabel, memory.learn, 'auto_capture_enabled'],
      [useLabel, memory.use, 'use_memory_in_responses'],
    ] as const) {
      const entry = await tray.clickLabel(label)
      expect(entry).toMatchObject({ toggle: 'checkmark', isChecked: true })
      await expect(shown).not.toBeChecked()
      await expect.poll(() => flags()?.[key]).toBe(false)
      await tray.waitForEntry((now) => now.label === label && !now.isChecked)
      await shown.check()
      await tray.waitForEntry((now) => now.label === label && now.isChecked)
      await expect.poll(() => flags()?.[key]).toBe(true)
    }
    const closed = app.electron().waitForEvent('close')
    await tray.clickLabel('Quit')
    await closed
  } finally {
    tray.close()
  }
})

test('a switch flipped without a network waits, and one that is refused goes back', async ({
  app,
  platform,
}) => {
  const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
  try {
    const frame = await connectByTyping(app, platform)
    await platform.disconnect()
    await tray.clickLabel(learnLabel)
    await tray.waitForEntry(
      ({ label, isChecked }) => label === `${learnLabel} (not sent yet)` && !isChecked,
    )
    await tray.waitForEntry(({ label }) => label.includes('1 edit'))
    await frame.open('Memory')
    await expect(new MemoryPage(frame).learn).not.toBeChecked()
    await platform.reconnect()
    await frame.sendNow()
    await tray.waitForEntry(({ label, isChecked }) => label === learnLabel && !isChecked)
    const flags = platform.read().flags.find(({ username }) => username === platform.username)
    expect(flags?.auto_capture_enabled).toBe(false)
  } finally {
    tray.close()
  }
})

test('the icon comes to a tray that starts later, and to one that has come back', async ({
  connected,
}) => {
  await connected.heading('Basic').waitFor()
  for (const round of ['first', 'second']) {
    const tray = await startTrayHost(process.env['DBUS_SESSION_BUS_ADDRESS'])
    await tray.waitForEntry(({ label }) => label === 'Noor Haddad, northwind')
    expect((await tray.describe()).toolTip, round).toContain('Noor Haddad, northwind')
    tray.close()
  }
})
