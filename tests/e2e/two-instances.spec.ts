import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { appCommand, expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { personOn } from './support/stored'

/** Every file of ours below the data folder that tells of the person’s edits, by its content. */
async function journalsIn(userData: string): Promise<readonly string[]> {
  const folder = join(userData, 'workspaces')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const journals = entries.filter(({ name }) => name.startsWith('journal'))
  return Promise.all(
    journals.map(async ({ parentPath, name }) => {
      const content = await readFile(join(parentPath, name))
      return `${name} ${content.toString('latin1')}`
    }),
  )
}

test('a second process on the same data folder hands over, ends, and touches nothing', async ({
  app,
  connected: frame,
  platform,
}) => {
  await platform.disconnect()
  await frame.field('About').fill('Written in the first window.')
  await frame.pressSave()
  await frame.waitUntilKept()
  await frame.field('Title').fill('Half a tit')
  await frame.field('About').focus()
  await expect(frame.main.getByText(/kept on this computer since/)).toBeVisible()
  const before = await journalsIn(app.userData)
  expect(before).toHaveLength(1)
  const { executable, args } = appCommand(app.userData)
  const seconds = [1, 2, 3].map(() => spawn(executable, args, { stdio: 'ignore' }))
  const codes = await Promise.all(seconds.map((child) => once(child, 'exit')))
  expect(codes).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ])
  // The first goes on writing; what it had written stands as it was.
  const after = await journalsIn(app.userData)
  expect(after).toHaveLength(1)
  expect(after[0]?.startsWith(before[0] ?? 'nothing')).toBe(true)
  await expect(frame.field('Title')).toHaveValue('Half a tit')
  await frame.cancel.click()
  await platform.reconnect()
  await frame.sendNow()
  await frame.waitUntilSaved()
  expect(personOn(platform).bio).toBe('Written in the first window.')
})

test('a start right after a kill takes the folder over, whatever the dead one left', async ({
  app,
  connected,
  platform,
}) => {
  await platform.disconnect()
  await connected.field('About').fill('Written before the kill.')
  await connected.pressSave()
  await connected.waitUntilKept()
  await app.kill()
  const frame = new FramePage(await app.start())
  await expect(frame.field('About')).toHaveValue('Written before the kill.')
  await platform.reconnect()
  await frame.sendNow()
  await frame.waitUntilSaved()
  expect(personOn(platform).bio).toBe('Written before the kill.')
})
