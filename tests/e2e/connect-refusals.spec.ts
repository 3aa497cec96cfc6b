import type { Platform } from '../../src/demo-platform/platform'
import type { Fault } from '../../src/demo-platform/http/faults'
import { expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'

const writesOf = (platform: Platform) =>
  platform.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method)

test('says that the token is refused, and keeps what was typed', async ({ app, platform }) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.connectTo(platform, { token: '0'.repeat(64) })
  await expect(page.getByText('The LMS host refused this token')).toBeVisible()
  await expect(page.getByText('The DM host refused this token')).toBeVisible()
  await expect(connect.heading).toBeVisible()
  await expect(connect.username).toHaveValue(platform.username)
  expect(writesOf(platform)).toEqual([])
})

test('says that the organization is not the token’s', async ({ app, platform }) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.connectTo(platform, { org: 'nowhere' })
  await expect(page.getByText(/The DM host/).first()).toBeVisible()
  await expect(connect.heading).toBeVisible()
  await expect(connect.reportRow('Education')).toHaveText(/No.*No/)
  expect(writesOf(platform)).toEqual([])
})

test('says whose token it is before anything is written', async ({ app, platform }) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.connectTo(platform, { username: 't.ibarra' })
  await expect(
    page.getByText('This token belongs to noor.haddad. Nothing was changed.'),
  ).toBeVisible()
  await expect(connect.username).toBeFocused()
  await expect(connect.connect).toHaveText(/^\s*Connect\s*$/)
  expect(writesOf(platform)).toEqual([])
  await connect.username.fill(platform.username)
  await connect.connect.click()
  await new FramePage(page).waitUntilRead()
})

const addresses = [
  [
    'http: to another host',
    'http://platform.example',
    'Without https:// the token could be read on the way. Use https://.',
  ],
  ['another scheme', 'ftp://platform.example', 'The address has to start with https://.'],
  [
    'a name and password',
    'https://me:secret@platform.example',
    'Leave name and password out of the address.',
  ],
  ['a query', 'https://platform.example/?a=1', 'Leave out everything from ? or # on.'],
  ['no address', 'https://', 'This is not a web address.'],
] as const

test('refuses on the field an address that cannot be used', async ({ app, platform }) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.fill(platform)
  for (const [what, address, problem] of addresses) {
    await test.step(what, async () => {
      await connect.address.fill(address)
      await connect.connect.click()
      await expect(connect.address).toHaveAccessibleDescription(new RegExp(escaped(problem)))
      await expect(connect.address).toHaveAttribute('aria-invalid', 'true')
      await expect(connect.address).toBeFocused()
    })
  }
  expect(platform.requests).toEqual([])
})

test('takes an address with a trailing slash or the path of one of the hosts', async ({
  app,
  platform,
}) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.connectTo(platform, { origin: `${platform.origin}/dm/` })
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  await frame.openSettings()
  await expect(frame.main.getByText(`${platform.origin}/lms`, { exact: true })).toBeVisible()
  await expect(frame.main.getByText(`${platform.origin}/dm`, { exact: true })).toBeVisible()
})

const answers: readonly (readonly [string, Fault, RegExp])[] = [
  ['a web page', { kind: 'html', status: 200 }, /answered with a web page/],
  ['half an answer', { kind: 'truncated-json', framing: 'complete' }, /The answer of .* broke off/],
  ['a cut connection', { kind: 'reset-on-arrival' }, /The connection to .* broke off/],
  ['a fault', { kind: 'status', status: 500 }, /has a fault/],
  [
    'a redirect',
    { kind: 'redirect', location: 'https://elsewhere.example/' },
    /sends requests to another address/,
  ],
  ['a huge answer', { kind: 'huge-body', bytes: 64 * 1024 * 1024 }, /too large/],
]

test('says in one sentence what is wrong with a server that does not answer as it should', async ({
  app,
  platform,
}) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.fill(platform)
  for (const [what, fault, sentence] of answers) {
    await test.step(what, async () => {
      platform.faults.add({ match: {}, times: Infinity, fault })
      await connect.connect.click()
      await expect(page.getByText(sentence).first()).toBeVisible()
      await expect(connect.connect).toBeEnabled()
      platform.faults.clear()
      await connect.token.fill(platform.token)
    })
  }
  await connect.connect.click()
  await new FramePage(page).waitUntilRead()
})

test('says that nobody is there when the address refuses the connection', async ({
  app,
  platform,
}) => {
  await platform.disconnect()
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.connectTo(platform)
  await expect(page.getByText(/refused the connection/).first()).toBeVisible()
  await platform.reconnect()
})

test('stays usable while a server never answers', async ({ app, platform }) => {
  const page = await app.start()
  const connect = new ConnectPage(page)
  platform.faults.add({ match: {}, times: Infinity, fault: { kind: 'hang' } })
  await connect.connectTo(platform)
  await expect(page.getByText('Asking the platform. Nothing is changed.')).toBeVisible()
  await connect.demo.click()
  await expect(new FramePage(page).heading('Basic')).toBeVisible()
})

test.describe('where the LMS host refuses the token', () => {
  test.use({ platformOptions: { lmsAuth: 'refused' } })

  test('opens the four sections of the other host, and Basic says who refused', async ({
    app,
    platform,
  }) => {
    const page = await app.start()
    const connect = new ConnectPage(page)
    await connect.connectTo(platform)
    await expect(page.getByText('The LMS host refused this token')).toBeVisible()
    await expect(connect.reportRow('Basic')).toHaveText(/No.*No/)
    await expect(connect.reportRow('Education')).toHaveText(/Yes.*Yes.*4 entries/)
    await page.getByRole('button', { name: 'Connect with 4 sections' }).click()
    const frame = new FramePage(page)
    await frame.open('Basic')
    await expect(page.getByText('This token may not open Basic')).toBeVisible()
    await expect(page.getByText(/127\.0\.0\.1.* keeps it and refused the token/)).toBeVisible()
    await expect(page.getByText(/Education, Experience, Résumé and Memory work/)).toBeVisible()
    await frame.open('Education')
    await page.getByRole('button', { name: /^MSc, Hydrology/ }).click()
    await frame.field('Grade').fill('3.9')
    await frame.pressSave()
    await expect
      .poll(() => platform.read().career.education.find(({ id }) => id === 311)?.fields['grade'])
      .toMatch(/^3\.90?$/)
  })
})

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
