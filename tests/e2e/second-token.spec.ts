import { withHeadlessSession } from '../../scripts/lib/headless-session.mjs'
import { expect, test, type RunningApp } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { ConnectionSettings } from './pages/settings-page'
import { TokenDialog } from './pages/token-dialog'
import { expectAccessible } from './support/axe'
import { personOn } from './support/stored'
import type { Platform } from '../../src/demo-platform/platform'

test.use({ platformOptions: { lmsAuth: 'jwt' } })

/** Opens the sections of the host that accepts the first token. */
async function connectedWithFour(
  app: RunningApp,
  platform: Platform,
  env?: Readonly<Record<string, string>>,
): Promise<FramePage> {
  const page = await app.start(env ? { env } : {})
  const connect = new ConnectPage(page)
  await connect.connectTo(platform)
  await expect(page.getByText(/You can add a second token for this host/)).toBeVisible()
  if (env) await connect.sessionOnly.check()
  await connect.connect.filter({ hasText: 'Connect with 4 sections' }).click()
  const frame = new FramePage(page)
  await frame.open('Basic')
  await expect(page.getByText('This token may not open Basic')).toBeVisible()
  return frame
}

const schemesAt = (platform: Platform, prefix: string) => [
  ...new Set(
    platform.requests
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ headers }) => headers.authorization),
  ),
]

test('a second token opens what the LMS keeps, stays, and can be taken away again', async ({
  app,
  platform,
}) => {
  test.slow()
  const frame = await connectedWithFour(app, platform)
  const add = frame.main.getByRole('button', { name: 'Add a second token' })
  const dialog = new TokenDialog(frame.page)
  await expectAccessible(app, 'the closed door')

  await test.step('a wrong one is refused at the field and changes nothing', async () => {
    await add.click()
    await expect(dialog.token).toBeFocused()
    await expect(dialog.token).toHaveAttribute('type', 'password')
    await dialog.token.fill('0'.repeat(64))
    await dialog.submit.click()
    await expect(dialog.token).toHaveAccessibleDescription(/refused this token/)
    await expect(dialog.token).toBeFocused()
    await expectAccessible(app, 'the dialog')
    await frame.page.keyboard.press('Escape')
    await expect(dialog.dialog).toBeHidden()
    await expect(add).toBeFocused()
    expect(new Set(schemesAt(platform, '/dm/'))).toEqual(new Set(['Api-Token [hidden]']))
  })

  await test.step('the right one opens Basic, and it is saved with it', async () => {
    await add.click()
    await dialog.give(platform.lmsToken)
    await expect(frame.field('About')).toBeVisible()
    await expect(frame.heading('Basic')).toBeFocused()
    await frame.field('About').fill('Sent with the second token.')
    await frame.saveAndSend()
    expect(personOn(platform).bio).toBe('Sent with the second token.')
    expect(schemesAt(platform, '/lms/')).toContain('JWT [hidden]')
    expect(schemesAt(platform, '/dm/')).toEqual(['Api-Token [hidden]'])
  })

  await app.quit()
  const again = new FramePage(await app.start())
  const settings = new ConnectionSettings(again)

  await test.step('it is still there after a restart', async () => {
    await again.open('Basic')
    await again.waitUntilRead()
    await again.field('About').fill('Sent after a restart.')
    await again.saveAndSend()
    expect(personOn(platform).bio).toBe('Sent after a restart.')
    await again.openSettings()
    await expect(settings.replace('LMS')).toBeVisible()
    await expect(settings.add('DM')).toHaveCount(0)
    await expectAccessible(app, 'Settings')
  })

  await test.step('without it the LMS is closed, and what is typed waits', async () => {
    await settings.remove('LMS')
    await expect(settings.add('LMS')).toBeFocused()
    await expect(settings.group.getByText('Refused the token above.')).toBeVisible()
    await again.open('Basic')
    await again.field('About').fill('Waits for a token.')
    await again.pressSave()
    await expect(again.status).toContainText('Needs you')
    expect(personOn(platform).bio).toBe('Sent after a restart.')
  })

  await test.step('given again, it sends what waited', async () => {
    await again.main.getByRole('button', { name: 'Add a second token' }).click()
    await new TokenDialog(again.page).give(`JWT ${platform.lmsToken}`)
    await again.waitUntilSaved()
    expect(personOn(platform).bio).toBe('Waits for a token.')
  })
})

test('the second token is renewed where the second is refused', async ({ app, platform }) => {
  const frame = await connectedWithFour(app, platform)
  await frame.main.getByRole('button', { name: 'Add a second token' }).click()
  const dialog = new TokenDialog(frame.page)
  await dialog.give(platform.lmsToken)
  await frame.waitUntilRead()
  const renewed = 'n'.repeat(40)
  platform.change((state) => Object.assign(state, { lmsToken: renewed }))
  await frame.field('About').fill('Kept while the second is bad.')
  await frame.pressSave()
  const banner = frame.main.getByRole('status').filter({ hasText: 'refused its second token' })
  await expect(banner.getByRole('button', { name: 'Enter a new token' })).toHaveCount(0)
  await banner.getByRole('button', { name: 'Replace the second token' }).click()
  await dialog.give(renewed)
  await frame.waitUntilSaved()
  await expect(banner).toHaveCount(0)
  expect(personOn(platform).bio).toBe('Kept while the second is bad.')
  expect(schemesAt(platform, '/dm/')).toEqual(['Api-Token [hidden]'])
})

test('without a keychain a second token is kept for the session, when that is wanted', async ({
  app,
  platform,
}) => {
  await withHeadlessSession({ keyring: 'none', display: 'inherit' }, async (env) => {
    const frame = await connectedWithFour(app, platform, env)
    await frame.main.getByRole('button', { name: 'Add a second token' }).click()
    const dialog = new TokenDialog(frame.page)
    await dialog.token.fill(platform.lmsToken)
    await dialog.submit.click()
    await expect(dialog.dialog.getByText('This computer has no keychain')).toBeVisible()
    await dialog.sessionOnly.click()
    await expect(frame.field('About')).toBeVisible()
    await frame.openSettings()
    await expect(
      frame.main.getByText('Gets a second token, kept for this session only.'),
    ).toBeVisible()
    await app.quit()
  })
})
