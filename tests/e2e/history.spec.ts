import { basename, join } from 'node:path'
import type { Platform } from '../../src/demo-platform/platform'
import { expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { HistoryPage } from './pages/history-page'
import { ListPage } from './pages/list-page'
import { expectAccessible } from './support/axe'
import { changePerson, personOn } from './support/stored'
import { filesWith } from './support/traces'

/** Writes on both sides, and takes what the other one wrote. */
async function loseToTheirs(frame: FramePage, platform: Platform): Promise<void> {
  await platform.disconnect()
  await frame.field('About').fill('Mine, written here.')
  await frame.pressSave()
  await frame.waitUntilKept()
  changePerson(platform, { bio: 'Theirs, written elsewhere.' })
  await platform.reconnect()
  await frame.sendNow()
  await frame.pending.getByRole('button', { name: /^Compare/ }).click()
  const about = frame.main.getByRole('radiogroup', { name: 'About' })
  await expect(frame.main.getByText('stays in History for 30 days')).toBeVisible()
  await about.getByRole('radio', { name: /^Theirs/ }).check()
  await frame.main.getByRole('button', { name: 'Save 1 choice' }).click()
  await frame.waitUntilSaved()
}

test('what lost a conflict outlives a crash, and is restored to the platform', async ({
  app,
  connected,
  platform,
}) => {
  test.slow()
  await loseToTheirs(connected, platform)
  expect(personOn(platform).bio).toBe('Theirs, written elsewhere.')
  await app.kill()

  const frame = new FramePage(await app.start())
  const history = new HistoryPage(frame)
  await history.openFrom('Basic')
  const lost = history.saying('the one on northwind was kept')
  await expect(lost).toContainText('Mine, written here.')
  await expect(frame.heading('History')).toBeFocused()
  await expectAccessible(app, 'History')
  await history.restore(lost)
  await frame.toastUndo.waitFor()
  await frame.waitUntilSaved()
  await expect.poll(() => personOn(platform).bio).toBe('Mine, written here.')
  await expect(lost).toContainText('In place now')
  // What the platform had is now the earlier value.
  await expect(history.saying('Saved').first()).toContainText('Theirs, written elsewhere.')
  await app.kill()

  const again = new FramePage(await app.start())
  await again.open('Basic')
  await expect(again.field('About')).toHaveValue('Mine, written here.')
})

test('a restored value can be taken back before it is sent', async ({
  connected: frame,
  platform,
}) => {
  await frame.field('About').fill('The first.')
  await frame.saveAndSend()
  await frame.field('About').fill('The second.')
  await frame.saveAndSend()
  await platform.disconnect()
  const history = new HistoryPage(frame)
  await history.openFrom('Basic')
  await history.restore(history.saying('The second.'))
  await frame.waitUntilKept()
  await frame.toastUndo.click()
  await frame.open('Basic')
  await expect(frame.field('About')).toHaveValue('The second.')
  await platform.reconnect()
  await frame.sendNow()
  await frame.waitUntilSaved()
  expect(personOn(platform).bio).toBe('The second.')
})

test('a deleted record is restored as a new one', async ({ connected: frame, platform }) => {
  test.slow()
  const degreesOn = () => platform.read().career.education.map(({ fields }) => fields['degree'])
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.openRow('MSc, Hydrology')
  await list.delete.click()
  await expect.poll(degreesOn, { timeout: 30_000 }).not.toContain('MSc')
  await frame.waitUntilSaved()
  const history = new HistoryPage(frame)
  await history.openFrom('Education')
  await history.restore(history.saying('Deleted'))
  await frame.waitUntilSaved()
  await expect.poll(degreesOn).toContain('MSc')
  await frame.open('Education')
  await expect(list.rows.filter({ hasText: 'MSc, Hydrology' })).toHaveCount(1)
})

test('a cleared history is gone from the screen and from the journal', async ({
  app,
  connected: frame,
}) => {
  await frame.field('About').fill('To be forgotten soon.')
  await frame.pressSave()
  await frame.waitUntilSaved()
  await frame.field('About').fill('Something else.')
  await frame.saveAndSend()
  const traces = async () => {
    const files = await filesWith(join(app.userData, 'workspaces'), 'To be forgotten soon.')
    return files.filter((path) => basename(path).startsWith('journal'))
  }
  expect(await traces()).not.toEqual([])
  const history = new HistoryPage(frame)
  await history.openFrom('Basic')
  await history.clearAll()
  await expect(history.entries).toHaveCount(0)
  await expect.poll(traces).toEqual([])
})
