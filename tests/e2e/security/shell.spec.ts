import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { expect, test } from '../app'
import { recordOpenedLinks } from '../support/dialogs'

const home = 'app://bundle/index.html'

test('the page has nothing of Node, and its window is locked down', async ({ app }) => {
  const page = await app.start()
  const seen = await page.evaluate(() =>
    ['require', 'process', 'Buffer', 'module', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  )
  expect(seen).toEqual([])
  const preferences = await app.electron().evaluate(({ BrowserWindow }) => {
    const contents: unknown = BrowserWindow.getAllWindows()[0]?.webContents
    return (
      contents as { getLastWebPreferences: () => Electron.WebPreferences }
    ).getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  })
  expect(preferences).not.toMatchObject({ webSecurity: false })
  expect(preferences).not.toMatchObject({ allowRunningInsecureContent: true })
  expect(preferences).not.toMatchObject({ experimentalFeatures: true })
  expect(preferences.nodeIntegrationInWorker ?? false).toBe(false)
  expect(preferences.nodeIntegrationInSubFrames ?? false).toBe(false)
  expect(preferences.enableBlinkFeatures ?? '').toBe('')
})

test('what the page gets from preload is functions and nothing else', async ({ app }) => {
  const page = await app.start()
  const kinds = await page.evaluate(() => {
    const bridge = (window as unknown as { iblaiProfile: Record<string, Record<string, unknown>> })
      .iblaiProfile
    return Object.values(bridge).flatMap((group) => Object.values(group).map((part) => typeof part))
  })
  expect(new Set(kinds)).toEqual(new Set(['function']))
  const heard = await page.evaluate(async () => {
    const { app: bridge } = (
      window as unknown as {
        iblaiProfile: {
          app: {
            settingsChanged: (listener: (...given: unknown[]) => void) => () => void
            setSettings: (input: unknown) => Promise<unknown>
          }
        }
      }
    ).iblaiProfile
    const given = new Promise<unknown[]>((done) => {
      bridge.settingsChanged((...parts) => {
        done(parts)
      })
    })
    await bridge.setSettings({ textSize: 110 })
    await bridge.setSettings({ textSize: 100 })
    return Promise.race([
      given,
      new Promise<unknown[]>((done) => setTimeout(() => done([]), 2_000)),
    ])
  })
  expect(JSON.stringify(heard)).not.toContain('sender')
})

test('the content policy is as strict as promised and holds', async ({ app }) => {
  const page = await app.start()
  const policy = await app.electron().evaluate(async ({ net }) => {
    const answer = await net.fetch('app://bundle/index.html')
    return answer.headers.get('content-security-policy') ?? ''
  })
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe|\*|data:|blob:|https?:/)
  const outcome = await page.evaluate(async () => {
    const tried: Record<string, string> = {}
    // The debugger may evaluate what the policy forbids, a callback may not.
    const later = () => new Promise<void>((done) => setTimeout(done, 0))
    const attempt = async (name: string, work: () => unknown) => {
      try {
        await later()
        await work()
        tried[name] = 'worked'
      } catch {
        tried[name] = 'refused'
      }
    }
    await attempt('eval', () => (0, eval)('1'))
    await attempt('new Function', () => Reflect.construct(Function, ['return 1']))
    await attempt('fetch', () => fetch('https://example.org'))
    await attempt('fetch of loopback', () => fetch('http://127.0.0.1:1'))
    await attempt('fetch of itself', () => fetch('app://bundle/index.html'))
    await attempt('web socket', () => {
      const socket = new WebSocket('wss://example.org')
      return new Promise((done, fail) => {
        socket.onopen = done
        socket.onerror = fail
      })
    })
    await attempt('inline script', () => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.head.append(script)
      if (!('inlineRan' in window)) throw new Error('not run')
    })
    await attempt('frame', () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org'
      const loaded = new Promise((done, fail) => {
        document.addEventListener('securitypolicyviolation', fail, { once: true })
        // A refused frame loads an empty page too, and the report may follow a moment later.
        frame.onload = () => setTimeout(done, 5_000)
      })
      document.body.append(frame)
      return loaded
    })
    return tried
  })
  expect(new Set(Object.values(outcome)), JSON.stringify(outcome)).toEqual(new Set(['refused']))
})

const leaving = [
  'https://example.org/',
  'http://127.0.0.1:1/',
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://other/index.html',
  'file:///etc/passwd',
  'data:text/html,<h1>gone</h1>',
  'about:blank',
  'javascript:document.body.remove()',
]

test('the page cannot be led elsewhere, by location, link, form or a new window', async ({
  app,
}) => {
  const page = await app.start()
  await page.getByRole('heading', { name: 'Connect' }).waitFor()
  const opened = await recordOpenedLinks(app.electron())
  for (const url of leaving) {
    await test.step(url, async () => {
      await leave(
        page,
        (target) => {
          location.href = target
        },
        url,
      )
      await leave(
        page,
        (target) => {
          for (const name of ['_self', '_blank', '_top']) {
            const link = document.createElement('a')
            link.href = target
            link.target = name
            document.body.append(link)
            link.click()
            link.remove()
          }
        },
        url,
      )
      expect(await page.evaluate((target) => window.open(target) === null, url)).toBe(true)
    })
  }
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.action = 'https://example.org/'
    document.body.append(form)
    form.submit()
    const refresh = document.createElement('meta')
    refresh.httpEquiv = 'refresh'
    refresh.content = '0;url=https://example.org/'
    document.head.append(refresh)
  })
  await expectHome(page)
  expect(app.electron().windows()).toHaveLength(1)
  expect(await opened()).toEqual([])
})

/** Lets the page try to go there; it is where it was afterwards, or again. */
async function leave(page: Page, go: (target: string) => void, url: string): Promise<void> {
  // Nobody is asked about `about:blank`: there the page goes, and is brought back.
  await page.evaluate(go, url).catch(() => undefined)
  await expectHome(page)
}

/** By script: locators wait for the end of a navigation, and one that is refused has none. */
async function expectHome(page: Page): Promise<void> {
  const shown = () =>
    page
      .evaluate(() => `${location.href} ${document.querySelector('h1')?.textContent ?? ''}`)
      .catch(() => '')
  await expect.poll(shown).toBe(`${home} Connect`)
}

test('a redirect is refused as well', async ({ app }) => {
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: 'file:///etc/passwd' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await app.start()
  const reached = await app.electron().evaluate(
    async ({ BrowserWindow }, url) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      await contents?.loadURL(url).catch(() => undefined)
      return contents?.getURL()
    },
    `http://127.0.0.1:${String(port)}/`,
  )
  expect(reached).not.toMatch(/^file:/)
  server.close()
})

test('permissions and web views are refused', async ({ app }) => {
  const page = await app.start()
  const answers = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']
    const states = await Promise.all(
      names.map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName })
        return `${name} ${state}`
      }),
    )
    const media = await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .then(() => 'granted')
      .catch(() => 'denied')
    return [...states, `media ${media}`]
  })
  expect(answers.filter((answer) => !answer.endsWith('denied'))).toEqual([])
  const isPlain = await page.evaluate(() => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'https://example.org')
    document.body.append(view)
    return view instanceof HTMLUnknownElement || !('loadURL' in view)
  })
  expect(isPlain).toBe(true)
  expect(
    await app.electron().evaluate(({ webContents }) => webContents.getAllWebContents().length),
  ).toBe(1)
})
