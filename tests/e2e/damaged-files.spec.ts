import { appendFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type RunningApp } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { personOn } from './support/stored'

/** The files of the one workspace whose names match. */
async function filesOf(app: RunningApp, matching: RegExp): Promise<readonly string[]> {
  const all = await readdir(join(app.userData, 'workspaces'), { recursive: true })
  return all
    .filter((name) => matching.test(name))
    .map((name) => join(app.userData, 'workspaces', name))
}

test('a damaged copy is set aside and said, and read again from the platform', async ({
  app,
  connected,
}) => {
  await connected.open('Education')
  await app.quit()
  const [copy = ''] = await filesOf(app, /education\.json$/)
  await writeFile(copy, '{"broken')
  const frame = new FramePage(await app.start())
  await expect(frame.main.getByText('A file of this app was damaged')).toBeVisible()
  await frame.open('Education')
  await expect(new ListPage(frame, 'Education').rows).toHaveCount(4)
  expect(await filesOf(app, /education\.json\..*bad|bad.*education/)).toHaveLength(1)
})

test('a damaged tail of the journal loses nothing that was whole, and is said', async ({
  app,
  connected,
  platform,
}) => {
  await platform.disconnect()
  await connected.field('About').fill('Whole before the damage.')
  await connected.pressSave()
  await connected.waitUntilKept()
  await app.kill()
  const [journal = ''] = await filesOf(app, /journal[^/]*$/)
  await appendFile(journal, Buffer.from('00ff13garbage that is no record\n'))
  await platform.reconnect()
  const frame = new FramePage(await app.start())
  await expect(frame.main.getByText('A file of this app was damaged')).toBeVisible()
  await expect(frame.field('About')).toHaveValue('Whole before the damage.')
  await frame.waitUntilSaved()
  expect(personOn(platform).bio).toBe('Whole before the damage.')
})

test('damaged preferences are set aside, and the app starts', async ({
  app,
  connected,
  platform,
}) => {
  await connected.heading('Basic').waitFor()
  await app.quit()
  await writeFile(join(app.userData, 'preferences.json'), '{"workspaces": [')
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.heading.waitFor()
  await expect(page.getByText(/damaged/).first()).toBeVisible()
  const names = await readdir(app.userData)
  expect(names.filter((name) => name.startsWith('preferences.json.bad'))).toHaveLength(1)
  await connect.connectTo(platform)
  await new FramePage(page).waitUntilRead()
})
