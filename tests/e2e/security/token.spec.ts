import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { dropFiles } from '../../../scripts/lib/file-drop.mjs'
import { expect, test } from '../app'
import { ConnectPage } from '../pages/connect-page'
import { FramePage, sectionTitles } from '../pages/frame-page'
import { TokenDialog } from '../pages/token-dialog'
import { writePdf } from '../support/files'
import { heapOf } from '../support/heap'
import { clickMenu } from '../support/menus'
import { personOn } from '../support/stored'
import { connectionsOf, filesWith, processTree } from '../support/traces'

/** Recognisable in any file, and never put together from parts by anything but the app. */
const canary = `canary-${'7e57'.repeat(6)}-token`

interface Heard {
  readonly heardMessages: string[]
}

/** From now on the page keeps every message that main sends it of its own accord. */
const listenToMain = (page: Page) =>
  page.evaluate(() => {
    type Listen = (listener: (payload: unknown) => void) => unknown
    const bridge = (window as unknown as { iblaiProfile: Record<string, Record<string, Listen>> })
      .iblaiProfile
    const heardMessages: string[] = []
    Object.assign(window, { heardMessages })
    const events = ['settingsChanged', 'show', 'changed', 'status']
    for (const group of Object.values(bridge)) {
      for (const name of events) {
        group[name]?.((payload) => heardMessages.push(JSON.stringify(payload)))
      }
    }
  })

test('a planted token is found nowhere but in main and in the keychain', async ({
  app,
  platform,
  folder,
}) => {
  test.slow()
  platform.change((state) => {
    const [first] = state.tokens
    const rest = state.tokens.slice(1)
    const planted = first && { ...first, value: canary }
    Object.assign(state, { tokens: planted ? [planted, ...rest] : rest })
  })
  expect(platform.tokenOf(platform.username)).toBe(canary)
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  const env = {
    IBLAI_ORG: platform.org,
    IBLAI_USERNAME: platform.username,
    IBLAI_API_KEY: canary,
    IBLAI_BASE_URL: platform.origin,
    TMPDIR: temporary,
    ELECTRON_ENABLE_LOGGING: '1',
  }
  const page = await app.start({ env })
  const consoleLines: string[] = []
  page.on('console', (message) => consoleLines.push(message.text()))
  await listenToMain(page)
  await new ConnectPage(page).connect.click()
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  for (const title of sectionTitles) await frame.open(title)
  await dropFiles(page, [await writePdf(folder, 'canary.pdf')])
  await frame.open('Basic')
  await frame.field('About').fill('Sent with the planted token.')
  await frame.saveAndSend()

  const echoes = `Bad header: Authorization: Api-Token ${canary}`
  for (const status of [500, 401]) {
    const body = { detail: echoes, error: echoes, field_errors: { bio: { user_message: echoes } } }
    platform.faults.clear()
    platform.faults.add({ match: {}, times: Infinity, fault: { kind: 'status', status, body } })
    await frame.field('About').fill(`Not sent: ${String(status)}.`)
    await frame.pressSave()
    await frame.waitUntilTaken()
    await frame.sendNow()
    await expect(frame.status).toContainText(status === 401 ? 'Needs you' : 'On this computer')
    await frame.main.getByRole('button', { name: /Check again$/ }).click()
  }
  await expect(frame.main.getByText(/refused the token/).first()).toBeVisible()
  const main = app.electron().process().pid ?? 0
  const processes = await processTree(main)
  expect(processes.length).toBeGreaterThan(2)
  for (const { id, command, environment } of processes) {
    expect(command).not.toContain(canary)
    if (id !== main) expect(`${command} ${environment}`).not.toContain(canary)
  }
  expect(await page.content()).not.toContain(canary)
  expect(await page.title()).not.toContain(canary)
  const heard = await page.evaluate(() => (window as unknown as Heard).heardMessages)
  expect(heard.length).toBeGreaterThan(5)
  expect(heard.join()).not.toContain(canary)
  expect(await heapOf(page)).not.toContain(canary)
  await clickMenu(app.electron(), 'copy-diagnostics')
  const readClipboard = () => app.electron().evaluate(({ clipboard: board }) => board.readText())
  await expect.poll(readClipboard).toContain('Last failures:')
  const diagnostics = await readClipboard()
  expect(diagnostics).not.toContain(canary)
  for (const word of [platform.org, platform.username, personOn(platform).name]) {
    expect(diagnostics).not.toContain(word)
  }
  expect(await filesWith(app.userData, canary)).toEqual([])
  await app.quit()
  expect(consoleLines.join()).not.toContain(canary)
  expect(app.output()).not.toContain(canary)
  expect(await filesWith(app.userData, canary)).toEqual([])
  expect(await filesWith(folder, canary)).toEqual([])
  const session = process.env['SESSION_FOLDER']
  const beside = (await filesWith(join(session ?? tmpdir(), 'config'), canary)).filter(
    (path) => !path.includes('keyrings'),
  )
  expect(beside).toEqual([])
  expect(personOn(platform).bio).toBe('Sent with the planted token.')
})

test.describe('where the LMS takes a token of its own', () => {
  test.use({ platformOptions: { lmsAuth: 'jwt' } })

  test('a planted second token is found nowhere but in main and in the keychain', async ({
    app,
    platform,
  }) => {
    test.slow()
    platform.change((state) => Object.assign(state, { lmsToken: canary }))
    const first = new FramePage(await app.start())
    const connect = new ConnectPage(first.page)
    await connect.connectTo(platform)
    await connect.connect.filter({ hasText: 'Connect with 4 sections' }).click()
    await first.open('Basic')
    await first.main.getByRole('button', { name: 'Add a second token' }).click()
    await new TokenDialog(first.page).give(`JWT ${canary}`)
    await first.field('About').fill('Sent with the planted token.')
    await first.saveAndSend()
    expect(await first.page.content()).not.toContain(canary)
    await app.quit()
    expect(await filesWith(app.userData, canary)).toEqual([])

    // What was typed is gone with the first window; from here on only the keychain has it.
    const page = await app.start({ env: { ELECTRON_ENABLE_LOGGING: '1' } })
    await listenToMain(page)
    const frame = new FramePage(page)
    await frame.open('Basic')
    await frame.waitUntilRead()
    await frame.field('About').fill('Sent after a restart.')
    await frame.saveAndSend()
    const detail = `Bad header: Authorization: JWT ${canary}`
    const fault = { kind: 'status', status: 401, body: { detail } } as const
    platform.faults.add({ match: { path: /^\/lms/ }, times: Infinity, fault })
    await frame.field('About').fill('Not sent.')
    await frame.pressSave()
    await expect(frame.main.getByText('refused its second token').first()).toBeVisible()
    await frame.openSettings()
    const heard = await page.evaluate(() => (window as unknown as Heard).heardMessages)
    expect(heard.length).toBeGreaterThan(3)
    expect(heard.join()).not.toContain(canary)
    expect(await heapOf(page)).not.toContain(canary)
    const main = app.electron().process().pid ?? 0
    for (const { command, environment } of await processTree(main)) {
      expect(`${command} ${environment}`).not.toContain(canary)
    }
    await app.quit()
    expect(app.output()).not.toContain(canary)
    expect(await filesWith(app.userData, canary)).toEqual([])
    expect(personOn(platform).bio).toBe('Sent after a restart.')
  })
})

test('only the platform that was given is contacted, and only by main', async ({
  app,
  platform,
}) => {
  const page = await app.start()
  await app.electron().evaluate(({ session }) => {
    const asked: string[] = []
    Object.assign(globalThis, { askedByPages: asked })
    session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
      asked.push(details.url)
      answer({})
    })
  })
  await page.reload()
  await new ConnectPage(page).connectTo(platform)
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  for (const title of sectionTitles) await frame.open(title)
  await frame.open('Basic')
  await frame.field('About').fill('Seen by the platform only.')
  await frame.saveAndSend()
  const asked = await app
    .electron()
    .evaluate(() => (globalThis as unknown as { askedByPages: string[] }).askedByPages)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((url) => !url.startsWith('app://bundle/'))).toEqual([])
  const { host } = new URL(platform.origin)
  const processes = await processTree(app.electron().process().pid ?? 0)
  const connections = (await Promise.all(processes.map(({ id }) => connectionsOf(id)))).flat()
  expect(connections.filter((address) => address === host).length).toBeGreaterThan(0)
  expect(connections.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([])
})
