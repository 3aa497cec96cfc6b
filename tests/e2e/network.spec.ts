import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../src/demo-platform/platform'
import { makeCertificate } from '../fakes/certificates'
import { startConnectProxy, type ConnectProxy } from '../fakes/connect-proxy'
import { startDeclaredServer } from '../fakes/declared-server'
import { startTlsFront } from '../fakes/tls-front'
import { expect, test as base } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { answerOpenDialog } from './support/dialogs'
import { personOn } from './support/stored'

/** A network as offices have it: one proxy leads out, and it shows certificates of the office. */
interface Office {
  readonly proxy: ConnectProxy
  /** What the system's settings name. */
  readonly pacUrl: string
  readonly certificateFile: string
  readonly target: Pick<Platform, 'origin' | 'org' | 'username' | 'token'>
  readonly pacAsked: () => number
}

const test = base.extend<{ readonly office: Office }>({
  office: async ({ platform, folder }, use) => {
    const authority = makeCertificate({ name: 'Office Root', isAuthority: true })
    const shown = makeCertificate({ name: 'p', hosts: ['platform.test'], issuer: authority })
    const front = await startTlsFront(shown, Number(new URL(platform.origin).port))
    const proxy = await startConnectProxy({ leads: { 'platform.test:443': front.port } })
    const pac = await startDeclaredServer()
    pac.on('GET /proxy.pac', {
      text: `function FindProxyForURL(url, host) {
        return host === 'platform.test' ? 'SOCKS5 127.0.0.1:1; PROXY 127.0.0.1:${proxy.port}' : 'DIRECT'
      }`,
      headers: { 'content-type': 'application/x-ns-proxy-autoconfig' },
    })
    const certificateFile = join(folder, 'office.pem')
    await writeFile(certificateFile, authority.certificate)
    const { org, username, token } = platform
    await use({
      proxy,
      pacUrl: `${pac.origin}/proxy.pac`,
      certificateFile,
      target: { origin: 'https://platform.test', org, username, token },
      pacAsked: () => pac.requests.length,
    })
    await Promise.all([proxy.close(), front.close(), pac.close()])
  },
})

test('a PAC file leads through the proxy, and a file of certificates makes it trusted', async ({
  app,
  platform,
  office,
}) => {
  const page = await app.start({ args: [`--proxy-pac-url=${office.pacUrl}`] })
  const connect = new ConnectPage(page)
  await connect.connectTo(office.target)
  await expect(
    page.getByText('The certificate of platform.test is not from an issuer trusted here').first(),
  ).toBeVisible()
  await expect(page.getByText(/choose it under Advanced/).first()).toBeVisible()
  expect(platform.requests).toEqual([])

  await answerOpenDialog(app.electron(), [office.certificateFile])
  const trusted = page.getByRole('group', { name: 'Trusted certificates' })
  await trusted.getByRole('button', { name: 'Choose a certificate file' }).click()
  await expect(trusted.getByText('office.pem')).toBeVisible()
  await expect(trusted.getByText(/Office Root/)).toBeVisible()
  await connect.connect.click()
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  await frame.open('Basic')
  await frame.field('About').fill('Sent through the proxy.')
  await frame.saveAndSend()
  expect(personOn(platform).bio).toBe('Sent through the proxy.')
  expect(office.pacAsked()).toBeGreaterThan(0)
  expect(new Set(office.proxy.asked)).toEqual(new Set(['platform.test:443']))
  expect(office.proxy.heads.join()).not.toContain(platform.token)

  await frame.openSettings()
  await trusted.getByRole('button', { name: 'Remove the certificate file' }).click()
  await expect(trusted.getByRole('button', { name: 'Choose a certificate file' })).toBeFocused()
  await frame.open('Education')
  await expect(frame.main.getByText(/is not from an issuer trusted here/)).toBeVisible()
  await app.quit()

  // The choice is kept, and so is what the system says about the network.
  const again = new FramePage(await app.start())
  await again.open('Basic')
  await expect(again.main.getByText(/could not be found|no network/i).first()).toBeVisible()
})

test('a proxy that asks for a password is named, and edits wait until it is another', async ({
  app,
  platform,
  office,
}) => {
  const page = await app.start()
  const useProxy = (proxyRules: string) =>
    app
      .electron()
      .evaluate(
        ({ session }, rules) => session.defaultSession.setProxy({ proxyRules: rules }),
        proxyRules,
      )
  await useProxy(`127.0.0.1:${office.proxy.port}`)
  office.proxy.refusal = 407
  const connect = new ConnectPage(page)
  await connect.fill(office.target)
  await answerOpenDialog(app.electron(), [office.certificateFile])
  const trusted = page.getByRole('group', { name: 'Trusted certificates' })
  await trusted.getByRole('button', { name: 'Choose a certificate file' }).click()
  await trusted.getByText('office.pem').waitFor()
  await connect.connect.click()
  const name = `The proxy 127.0.0.1:${office.proxy.port} asks for a password`
  await expect(page.getByText(name).first()).toBeVisible()
  office.proxy.refusal = undefined
  await connect.connect.click()
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  expect(platform.requests.length).toBeGreaterThan(0)
})
