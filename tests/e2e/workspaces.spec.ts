import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startPlatform } from '../../src/demo-platform/platform'
import { expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { hasToken } from './support/keychain'
import { personOn } from './support/stored'

test('several workspaces stand side by side, each with its own copy and queue', async ({
  app,
  connected: frame,
  platform,
}) => {
  const other = await startPlatform({ filled: false, memories: 0 })
  try {
    await platform.disconnect()
    await frame.field('About').fill('Waits in the first workspace.')
    await frame.pressSave()
    await frame.waitUntilKept()
    await frame.pickInMenu('Add workspace')
    await new ConnectPage(app.page()).connectTo(other)
    await frame.waitUntilRead()
    await frame.open('Basic')
    await expect(frame.field('About')).toHaveValue('')
    await expect(frame.status).toContainText(/Saved/)
    await frame.field('Title').fill('Newcomer')
    await frame.saveAndSend()
    expect(personOn(other).document).toMatchObject({ title: 'Newcomer' })
    await platform.reconnect()
    await app.quit()

    const again = new FramePage(await app.start())
    await again.open('Basic')
    await expect(again.field('Title')).toHaveValue('Newcomer')
    await again.navigation.getByRole('button', { name: /workspaces$/ }).click()
    const entries = app.page().getByRole('menuitemcheckbox')
    await expect(entries).toHaveCount(2)
    await entries.and(app.page().locator('[aria-checked="false"]')).click()
    await again.open('Basic')
    await expect(again.field('About')).toHaveValue('Waits in the first workspace.')
    await again.waitUntilSaved()
    expect(personOn(platform).bio).toBe('Waits in the first workspace.')
    expect(personOn(other).bio).toBeNull()
  } finally {
    await other.close()
  }
})

test('signing out lists what is unsent first, then leaves nothing on disk or in the keychain', async ({
  app,
  connected: frame,
  platform,
}) => {
  const folders = () => readdir(join(app.userData, 'workspaces'))
  const [id = ''] = await folders()
  expect(await hasToken(id)).toBe(true)
  await platform.disconnect()
  await frame.field('About').fill('Never sent.')
  await frame.pressSave()
  await frame.waitUntilKept()
  await frame.pickInMenu('Sign out')
  const dialog = app.page().getByRole('dialog', { name: 'Sign out of northwind' })
  await expect(dialog.getByText('1 edit not sent yet')).toBeVisible()
  await expect(dialog.getByRole('listitem')).toContainText('About')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(frame.field('About')).toHaveValue('Never sent.')
  await frame.pickInMenu('Sign out')
  await dialog.getByRole('button', { name: 'Discard 1 edit and sign out' }).click()
  await new ConnectPage(app.page()).heading.waitFor()
  await expect.poll(folders).toEqual([])
  await expect.poll(() => hasToken(id)).toBe(false)
  await platform.reconnect()
  expect(personOn(platform).bio).not.toBe('Never sent.')
})
