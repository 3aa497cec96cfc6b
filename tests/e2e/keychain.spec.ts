import { withHeadlessSession } from '../../scripts/lib/headless-session.mjs'
import { expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { personOn } from './support/stored'

const states = [
  ['none', 'This computer has no keychain'],
  ['locked', 'The keychain is locked'],
  ['empty', 'The keychain'],
] as const

for (const [keyring, sentence] of states) {
  test(`with a keychain that is ${keyring} the window opens, says so, and works for the session`, async ({
    app,
    platform,
  }) => {
    await withHeadlessSession({ keyring, display: 'inherit' }, async (env) => {
      const page = await app.start({ env })
      const connect = new ConnectPage(page)
      await connect.connectTo(platform)
      await expect(page.getByText(sentence).first()).toBeVisible()
      await connect.sessionOnly.check()
      await connect.connect.click()
      const frame = new FramePage(page)
      await frame.waitUntilRead()
      await frame.field('About').fill('Typed without a keychain.')
      await frame.saveAndSend()
      expect(personOn(platform).bio).toBe('Typed without a keychain.')
      await frame.openSettings()
      await expect(frame.main.getByText('Kept for this session only.')).toBeVisible()
      await app.quit()
      const again = new FramePage(await app.start({ env }))
      await again.open('Basic')
      await expect(again.field('About')).toHaveValue('Typed without a keychain.')
      await expect(again.main.getByText(sentence).first()).toBeVisible()
      await again.field('About').fill('Waits for a token.')
      await again.pressSave()
      await again.main.getByRole('button', { name: 'Enter the token for this session' }).click()
      await again.main.getByLabel('API token', { exact: true }).fill(platform.token)
      await again.main.getByRole('button', { name: 'Keep for this session only' }).click()
      await again.waitUntilSaved()
      expect(personOn(platform).bio).toBe('Waits for a token.')
      await app.quit()
    })
  })
}

test('a token that is in the keychain is found again once the keychain can be asked', async ({
  app,
  connected,
  platform,
}) => {
  await expect(connected.heading('Basic')).toBeVisible()
  await app.quit()
  await withHeadlessSession({ keyring: 'none', display: 'inherit' }, async (env) => {
    const frame = new FramePage(await app.start({ env }))
    await expect(
      frame.main.getByText('This computer has no keychain', { exact: true }),
    ).toBeVisible()
    await frame.main.getByRole('button', { name: 'Retry' }).click()
    await expect(
      frame.main.getByText('This computer has no keychain', { exact: true }),
    ).toBeVisible()
    await app.quit()
  })
  const frame = new FramePage(await app.start())
  await frame.field('About').fill('The keychain is back.')
  await frame.saveAndSend()
  expect(personOn(platform).bio).toBe('The keychain is back.')
})
