import { ipcContract } from '../../../src/shared/ipc/contract'
import { channelOf, type Contract } from '../../../src/shared/ipc/define'
import { expect, test } from '../app'

const contract: Contract = ipcContract
const channels = Object.entries(contract).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).flatMap(([name, endpoint]) =>
    endpoint.kind === 'event' ? [] : [{ group, name, channel: channelOf(group, name) }],
  ),
)

type Bridge = Readonly<
  Record<string, Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>>
>

test('every channel answers what it does not take with a typed error, and the app lives', async ({
  app,
}) => {
  test.slow()
  const page = await app.start()
  await page.getByRole('heading', { name: 'Connect' }).waitFor()
  // Settings may be changed by nothing at all, so that an object without known keys is no mistake.
  const checked = channels.filter(({ channel }) => channel !== channelOf('app', 'setSettings'))
  const outcomes = await page.evaluate(async (asked) => {
    const bridge = (window as unknown as { iblaiProfile: Bridge }).iblaiProfile
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    const deep = (): unknown => {
      let value: unknown = 1
      for (let level = 0; level < 1_000; level += 1) value = { value }
      return value
    }
    const wrong: readonly (readonly [string, unknown])[] = [
      ['nothing', undefined],
      ['null', null],
      ['a number', 1],
      ['a text', 'text'],
      ['a list', []],
      ['a date', new Date(Number.NaN)],
      ['a big integer', 1n],
      ['a cycle', cyclic],
      ['a long text', 'x'.repeat(1_000_000)],
      ['a deep object', deep()],
      ['prototype keys', JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')],
      ['names of Object', { section: 'toString', item: '__proto__', values: {}, patch: {} }],
    ]
    const found: string[] = []
    for (const { group, name } of asked) {
      for (const [what, value] of wrong) {
        const files = what === 'a list' ? [] : undefined
        const answer = await Promise.resolve()
          .then(() => bridge[group]?.[name]?.(value, files))
          .catch((error: unknown) => String(error))
        const isTyped =
          typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false
        const isRefusedBefore = typeof answer === 'string' && !/\n\s+at /.test(answer)
        if (!isTyped && !isRefusedBefore) found.push(`${group}.${name} took ${what}`)
      }
    }
    return found
  }, checked)
  expect(outcomes).toEqual([])
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  expect(await app.electron().evaluate(() => 'polluted' in {})).toBe(false)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await page.getByRole('navigation', { name: 'Profile sections' }).waitFor()
})

test('nobody but the window’s own page may ask', async ({ app }) => {
  const page = await app.start()
  await page.getByRole('heading', { name: 'Connect' }).waitFor()
  const refused = { ok: false, error: { kind: 'unexpected', reference: 'untrusted-sender' } }
  const fromSecond = await app
    .electron()
    .evaluate(async ({ BrowserWindow, app: electronApp }, asked) => {
      const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`
      const answers: unknown[] = []
      for (const url of ['app://bundle/index.html', 'about:blank', 'data:text/html,<p>hello']) {
        const second = new BrowserWindow({
          show: false,
          webPreferences: { preload, partition: 'other' },
        })
        if (url.startsWith('app:'))
          second.webContents.session.protocol.handle(
            'app',
            () => new Response('<p>x', { headers: { 'content-type': 'text/html' } }),
          )
        await second.loadURL(url)
        for (const { group, name } of asked) {
          const call = `window.iblaiProfile ? window.iblaiProfile[${JSON.stringify(group)}][${JSON.stringify(name)}]({}, []) : undefined`
          answers.push(await second.webContents.executeJavaScript(call))
        }
        second.destroy()
      }
      return answers
    }, channels)
  expect(fromSecond).toHaveLength(channels.length * 3)
  for (const answer of fromSecond) expect(answer).toEqual(refused)
  const fromFrame = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return 'iblaiProfile' in (frame.contentWindow ?? {})
  })
  expect(fromFrame).toBe(false)
})
