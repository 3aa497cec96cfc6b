import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeys } from '../../scripts/lib/release-signature.mjs'
import { startReleaseFeed, type ReleaseFeed } from '../fakes/release-feed'
import { connectByTyping, expect, test as base } from './app'
import { FramePage } from './pages/frame-page'
import { expectAccessible } from './support/axe'
import { clickMenu } from './support/menus'

interface Installed {
  readonly feed: ReleaseFeed
  /** The file the person starts; a script that stands for the AppImage. */
  readonly file: string
  /** With these the app takes itself for that file, and looks at the feed. */
  readonly env: Readonly<Record<string, string>>
  /** What the file holds: of the old one nothing, of a new one its version. */
  readonly version: () => Promise<string>
  /** The versions that were started. */
  readonly started: () => Promise<readonly string[]>
  /** An AppImage that writes down that it was started. */
  readonly program: (version: string) => string
  /** From now on the feed has a good release of that version. */
  readonly offer: (version: string) => void
}

const test = base.extend<{ readonly installed: Installed }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
  installed: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'iblai-profile-installed-'))
    const feed = await startReleaseFeed()
    const file = join(folder, 'Profile.AppImage')
    const log = join(folder, 'started')
    const program = (version: string) =>
      `#!/bin/sh\n# version ${version}\necho "${version}" >> "${log}"\n`
    await writeFile(file, program('old'))
    await chmod(file, 0o755)
    const configuration = join(folder, 'updates.json')
    const { publicKey } = feed
    await writeFile(configuration, JSON.stringify({ feed: feed.url, publicKey }))
    await use({
      feed,
      file,
      program,
      offer: (version) => {
        feed.offer({ version, file: program(version) })
      },
      env: { APPIMAGE: file, IBLAI_PROFILE_UPDATES: configuration },
      version: async () => /# version (.*)/.exec(await readFile(file, 'utf8'))?.[1] ?? '',
      started: async () =>
        (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    })
    await feed.close()
    await rm(folder, { recursive: true, force: true })
  },
})

const updatesOf = ({ main }: FramePage) => main.getByRole('group', { name: 'Updates' })

async function lookIn(frame: FramePage) {
  await frame.openSettings()
  await updatesOf(frame).getByRole('button', { name: 'Look for updates' }).click()
  return updatesOf(frame).getByRole('status')
}

test('a good release is fetched, waits until all is sent, and is started by a restart', async ({
  app,
  platform,
  installed,
}) => {
  const frame = await connectByTyping(app, platform, { env: installed.env })
  installed.offer('9.0.0')
  await clickMenu(app.electron(), 'updates')
  const dialog = frame.page.getByRole('dialog', { name: 'Updates' })
  await expect(dialog.getByText('Version 9.0.0 is ready.')).toBeVisible()
  await expectAccessible(app, 'updates')
  await frame.page.keyboard.press('Escape')
  const notice = frame.main.getByText('Version 9.0.0 is ready')
  await expect(notice).toBeVisible()
  expect(await installed.version()).toBe('old')

  await platform.disconnect()
  await frame.field('About').fill('Written before the restart.')
  await frame.pressSave()
  await frame.waitUntilKept()
  const restart = frame.main.getByRole('button', { name: 'Restart to update' })
  await restart.click()
  await expect(frame.main.getByText('1 edit is not sent yet.')).toBeVisible()
  expect(await installed.version()).toBe('old')
  await platform.reconnect()
  await frame.sendNow()
  await frame.closePending()
  await frame.waitUntilSaved()

  const closed = app.electron().waitForEvent('close')
  await restart.click()
  await closed
  await expect.poll(installed.started).toEqual(['9.0.0'])
  expect(await installed.version()).toBe('9.0.0')
})

test('an open draft holds a restart back', async ({ app, platform, installed }) => {
  const frame = await connectByTyping(app, platform, { env: installed.env })
  installed.offer('9.0.0')
  await expect(await lookIn(frame)).toHaveText('Version 9.0.0 is ready.')
  await frame.open('Basic')
  const restart = frame.main.getByRole('button', { name: 'Restart to update' })
  await frame.field('About').fill('Not finished')
  await restart.click()
  const refusal = frame.main.getByText('1 draft is open.')
  await expect(refusal).toBeVisible()
  await frame.openSettings()
  await updatesOf(frame).getByRole('button', { name: 'Restart to update' }).click()
  await expect(updatesOf(frame).getByText('1 draft is open.')).toBeVisible()
  expect(await installed.version()).toBe('old')
})

test('an ordinary quit puts a fetched release in place and starts nothing', async ({
  app,
  platform,
  installed,
}) => {
  const frame = await connectByTyping(app, platform, { env: installed.env })
  installed.offer('9.0.0')
  await expect(await lookIn(frame)).toHaveText('Version 9.0.0 is ready.')
  await app.quit()
  expect(await installed.version()).toBe('9.0.0')
  expect(await installed.started()).toEqual([])
  expect(await readdir(join(installed.file, '..'))).not.toContain('Profile.AppImage.update')
})

test('a tampered file, another signer, an older release and no network change nothing', async ({
  app,
  platform,
  installed,
}) => {
  const { feed, program, env } = installed
  const frame = await connectByTyping(app, platform, { env })
  const bad = program('bad')

  feed.offer({ version: '9.0.0', file: program('9.0'), sent: program('bad') })
  const status = await lookIn(frame)
  await expect(status).toHaveText(/^The file that came is not the one that was announced/)

  const look = updatesOf(frame).getByRole('button', { name: 'Look for updates' })
  feed.offer({ version: '9.0.0', file: bad, signer: makeKeys().privateKey })
  await look.click()
  await expect(status).toHaveText(/^What is offered is not signed by the maker of this app/)

  feed.offer({ version: '0.0.1', file: bad })
  await look.click()
  await expect(status).toHaveText(/is up to date\. Looked \d\d:\d\d\.$/)

  feed.set('latest-linux.yml', (_request, response) =>
    response.writeHead(302, { location: 'http://updates.example/latest-linux.yml' }).end(),
  )
  await look.click()
  await expect(status).toHaveText(/^It led to an address without encryption/)

  await feed.close()
  await look.click()
  await expect(status).toHaveText(/cannot be reached\. Check the network/)

  expect(await installed.version()).toBe('old')
  await app.quit()
  expect(await installed.version()).toBe('old')
  expect(await installed.started()).toEqual([])
  const log = await readFile(join(app.userData, 'logs', 'app.log'), 'utf8')
  expect(log).toContain('"trouble":"signature"')
  expect(log).not.toContain(new URL(feed.url).port)
})

test('a download that a crash cut off begins anew', async ({ app, platform, installed }) => {
  const { feed, program, env } = installed
  const frame = await connectByTyping(app, platform, { env })
  const content = program('9.0.0')
  feed.offer({ version: '9.0.0', file: content })
  feed.set('iblai-profile-9.0.0-linux-x64.AppImage', (_request, response) => {
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(content)) })
    response.write(content.slice(0, 10))
  })
  await expect(await lookIn(frame)).toHaveText(/^Fetching version 9\.0\.0/)
  const pending = join(app.userData, 'updates', 'fetched', 'pending')
  const halves = async () => (await readdir(pending).catch(() => [])).length
  await expect.poll(halves).toBeGreaterThan(0)
  await app.kill()

  feed.offer({ version: '9.0.0', file: content })
  const again = new FramePage(await app.start({ env }))
  await again.navigation.waitFor()
  await expect(await lookIn(again)).toHaveText('Version 9.0.0 is ready.')
  expect((await readdir(pending)).filter((name) => name.startsWith('temp-'))).toEqual([])
})

test('a copy from source and one without an AppImage say why they do not look', async ({
  app,
  connected: frame,
  installed,
}) => {
  await frame.openSettings()
  await expect(updatesOf(frame).getByRole('status')).toHaveText(
    'Off: this copy runs from its source.',
  )
  await app.quit()
  const { IBLAI_PROFILE_UPDATES = '' } = installed.env
  const again = new FramePage(await app.start({ env: { APPIMAGE: '', IBLAI_PROFILE_UPDATES } }))
  await again.openSettings()
  await expect(updatesOf(again).getByRole('status')).toHaveText(
    /^Off: it was installed as a package/,
  )
})
