import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectByTyping, createApp, expect, test as base, type RunningApp } from './app'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { MemoryPage } from './pages/memory-page'
import { careerOn, memoriesOn, personOn, recordOn } from './support/stored'

/** The same person’s other computer. */
const test = base.extend<{ otherApp: RunningApp; other: FramePage }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
  otherApp: async ({}, use) => {
    const userData = await mkdtemp(join(tmpdir(), 'iblai-profile-e2e-other-'))
    const app = createApp(userData)
    await use(app)
    await app.kill()
    await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  },
  other: async ({ otherApp, platform }, use) => {
    await use(await connectByTyping(otherApp, platform))
  },
})

async function startAgain(app: RunningApp): Promise<FramePage> {
  const frame = new FramePage(await app.start())
  await frame.navigation.waitFor()
  return frame
}

/** Reads the open section again, as a click on "Checked …" does. */
const checkAgain = (frame: FramePage) =>
  frame.main.getByRole('button', { name: /^Checked .*Check again$/ }).click()

test('two computers that edit different fields end with both edits', async ({
  connected: one,
  other,
  platform,
}) => {
  await platform.disconnect()
  await one.field('About').fill('From the first computer.')
  await one.pressSave()
  await one.waitUntilKept()
  await other.field('Title').fill('From the second')
  await other.pressSave()
  await other.waitUntilKept()
  await other.open('Education')
  await new ListPage(other, 'Education').openRow('MSc, Hydrology')
  await other.field('Grade').fill('3.91')
  await other.pressSave()
  await other.waitUntilKept()
  await platform.reconnect()
  for (const frame of [one, other]) {
    await frame.sendNow()
    await frame.waitUntilSaved()
  }
  expect(personOn(platform).bio).toBe('From the first computer.')
  expect(personOn(platform).document).toMatchObject({ title: 'From the second' })
  expect(recordOn(platform, 'education', 311)).toMatchObject({ grade: '3.91' })
  await checkAgain(one)
  await expect(one.field('Title')).toHaveValue('From the second')
  await other.open('Basic')
  await checkAgain(other)
  await expect(other.field('About')).toHaveValue('From the first computer.')
})

test('two computers that edit the same field ask, and then agree', async ({
  connected: one,
  other: second,
  otherApp,
  platform,
}) => {
  await platform.disconnect()
  await one.field('About').fill('First computer.')
  await one.pressSave()
  await one.waitUntilKept()
  await second.field('About').fill('Second computer.')
  await second.pressSave()
  await second.waitUntilKept()
  await otherApp.quit()
  await platform.reconnect()
  await one.sendNow()
  await one.waitUntilSaved()
  const other = await startAgain(otherApp)
  await expect(other.status).toContainText('changed on both sides')
  expect(personOn(platform).bio).toBe('First computer.')
  await other.openPending()
  await other.pending.getByRole('button', { name: /^Compare/ }).click()
  const about = other.main.getByRole('radiogroup', { name: 'About' })
  await about.getByRole('radio', { name: /^Mine/ }).check()
  await other.main.getByRole('button', { name: 'Save 1 choice' }).click()
  await other.waitUntilSaved()
  expect(personOn(platform).bio).toBe('Second computer.')
  await checkAgain(one)
  await expect(one.field('About')).toHaveValue('Second computer.')
  await expect(one.status).toContainText('Saved')
})

test('a record deleted on one computer and edited on the other is asked about', async ({
  app,
  connected: first,
  other,
  platform,
}) => {
  await platform.disconnect()
  await first.open('Education')
  const list = new ListPage(first, 'Education')
  await list.openRow('BSc, Civil Engineering')
  await list.delete.click()
  await expect(list.row('Civil Engineering')).toHaveCount(0)
  await other.open('Education')
  await new ListPage(other, 'Education').openRow('BSc, Civil Engineering')
  await other.field('Activities').fill('Edited on the second computer')
  await other.pressSave()
  await other.waitUntilKept()
  await app.quit()
  await platform.reconnect()
  await other.sendNow()
  await other.waitUntilSaved()
  const one = await startAgain(app)
  await expect(one.status).toContainText('Needs you', { timeout: 40_000 })
  expect(recordOn(platform, 'education', 312)).toMatchObject({
    activities: 'Edited on the second computer',
  })
  await one.openPending()
  await one.pending
    .getByRole('button', { name: /^(Compare|Show|Open)/ })
    .first()
    .click()
  await one.main.getByRole('button', { name: 'Keep it' }).click()
  await one.waitUntilSaved()
  expect(careerOn(platform, 'education')).toHaveLength(4)
})

test('the same memory written on both computers is there once', async ({
  connected: one,
  other: second,
  otherApp,
  platform,
}) => {
  const content = 'Wants answers with their sources.'
  await platform.disconnect()
  for (const frame of [one, second]) {
    await frame.open('Memory')
    const memory = new MemoryPage(frame)
    await memory.add.click()
    await memory.text.fill(content)
    await memory.addButton.click()
    await frame.waitUntilKept()
  }
  await otherApp.quit()
  await platform.reconnect()
  await one.sendNow()
  await one.waitUntilSaved()
  const other = await startAgain(otherApp)
  await other.waitUntilSaved()
  expect(memoriesOn(platform).filter((memory) => memory.content === content)).toHaveLength(1)
  await other.open('Memory')
  await expect(new MemoryPage(other).row(content)).toHaveCount(1)
})
