import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificate, type MadeCertificate } from '../../../../tests/fakes/certificates'
import { startConnectProxy, type ConnectProxy } from '../../../../tests/fakes/connect-proxy'
import { startDeclaredServer, type DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  openHttpProfile,
  realClock,
  sampleToken,
  valueOf,
} from '../../../../tests/fakes/http-profile'
import { startTlsFront } from '../../../../tests/fakes/tls-front'
import { isAmbiguous, isTemporary } from '../../../shared/errors'
import { path } from './path'
import { routedAgent } from './routed-agent'
import { createRoutes } from './routes'
import { createTrust } from './trust'

const hosts = ['platform.test']
const authority = makeCertificate({ name: 'Office Root', isAuthority: true })
const good = makeCertificate({ name: 'platform', hosts, issuer: authority })
const origin = 'https://platform.test'
const closed = 'PROXY 127.0.0.1:1'
const thing = path`/api/thing/`

let server: DeclaredServer
const ends: (() => Promise<unknown>)[] = []
const kept = <T extends { readonly close: () => Promise<unknown> }>(made: T): T => {
  ends.push(() => made.close())
  return made
}

beforeEach(async () => {
  server = kept(await startDeclaredServer())
  server.on('GET /dm/api/thing/', { json: { a: 1 } })
})

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Wish {
  readonly shown?: MadeCertificate
  readonly trusted?: readonly string[]
  readonly proxyTls?: MadeCertificate
  /** The system's answer, with the proxy's port. */
  readonly answer?: (port: number) => string
  readonly to?: string
}

const throughIt = (port: number) => `PROXY 127.0.0.1:${port}`

async function aWay(wish: Wish = {}) {
  const { shown = good, trusted = [authority.certificate], answer = throughIt, to = origin } = wish
  const front = kept(await startTlsFront(shown, Number(new URL(server.origin).port)))
  const leads = { 'platform.test:443': front.port, 'platform.test:8443': front.port }
  const tls = wish.proxyTls
  const proxy = kept(await startConnectProxy({ leads, ...(tls && { tls }) }))
  let certificates = trusted
  const network = {
    routes: createRoutes({
      clock: realClock,
      resolveProxy: () => Promise.resolve(answer(proxy.port)),
    }),
    trust: createTrust(() => Promise.resolve(certificates)),
  }
  const parts = { agent: routedAgent(network), timeouts: { connectMs: 3_000 } }
  const { client, signal } = openHttpProfile(to, { clock: instantClock(), parts })
  kept(client)
  const read = () => client.read({ service: 'dm', path: thing, signal, tries: 1 })
  const trust = (next: readonly string[]) => (certificates = next)
  return { proxy, read, trust, client, signal, network }
}

const seenBy = (proxy: ConnectProxy) => proxy.heads.join('\n')

describe('through a proxy', () => {
  it('a request reaches the host, and the proxy sees neither token nor path', async () => {
    const { proxy, read } = await aWay()
    expect(valueOf(await read()).body).toEqual({ a: 1 })
    expect(server.requests[0]?.headers.authorization).toBe(`Api-Token ${sampleToken}`)
    expect(proxy.asked).toEqual(['platform.test:443'])
    expect(seenBy(proxy)).not.toContain(sampleToken)
    expect(seenBy(proxy)).not.toMatch(/thing|authorization/i)
  })

  it('a port other than the usual one is asked for', async () => {
    const { proxy, read } = await aWay({ to: 'https://platform.test:8443' })
    expect(valueOf(await read()).status).toBe(200)
    expect(proxy.asked).toEqual(['platform.test:8443'])
  })

  it('one connection serves several requests', async () => {
    const { proxy, read } = await aWay()
    for (let count = 0; count < 3; count += 1) expect((await read()).ok).toBe(true)
    expect(proxy.asked.length).toBeLessThan(3)
  })

  it('that speaks TLS a request reaches the host', async () => {
    const proxyTls = makeCertificate({ name: 'gate', hosts: ['localhost'], issuer: authority })
    const { proxy, read } = await aWay({ proxyTls, answer: (port) => `HTTPS localhost:${port}` })
    expect(valueOf(await read()).body).toEqual({ a: 1 })
    expect(proxy.asked).toHaveLength(1)
  })

  it('a file comes whole', async () => {
    const { client, signal } = await aWay()
    const bytes = Buffer.alloc(300_000, 7)
    server.on('GET /media/a.pdf', { bytes })
    let size = 0
    const onPiece = (piece: Uint8Array) => {
      size += piece.length
      return { ok: true, value: undefined } as const
    }
    const url = `${origin}/media/a.pdf`
    const result = await client.download({ url, maxBytes: 1_000_000, signal, onPiece })
    expect(valueOf(result).size).toBe(bytes.length)
    expect(size).toBe(bytes.length)
  })
})

describe('of several ways', () => {
  it.each([
    ['a proxy that is gone', closed],
    ['a kind it does not speak', 'SOCKS5 127.0.0.1:1'],
    ['a name nobody knows', 'PROXY nowhere.invalid:3128'],
  ])('the next one is taken after %s', async (_what, first) => {
    const { proxy, read } = await aWay({ answer: (port) => `${first}; ${throughIt(port)}` })
    expect(valueOf(await read()).body).toEqual({ a: 1 })
    expect(proxy.asked).toHaveLength(1)
  })

  it('a write is sent once, whatever came before', async () => {
    server.on('POST /dm/api/thing/', { json: {} })
    const { client, signal } = await aWay({ answer: (port) => `${closed}; ${throughIt(port)}` })
    const body = { kind: 'json', json: { a: 1 } } as const
    const write = await client.write({ service: 'dm', method: 'POST', path: thing, body, signal })
    expect(write.ok).toBe(true)
    expect(server.to('POST /dm/api/thing/')).toHaveLength(1)
  })

  it('none is taken for a password that one asks for', async () => {
    const { proxy, read } = await aWay({ answer: (port) => `${throughIt(port)}; DIRECT` })
    proxy.refusal = 407
    expect(errorOf(await read())).toMatchObject({ reason: 'proxy', proxy: { trouble: 'password' } })
  })

  it('the host of this computer is reached directly', async () => {
    const { proxy, read } = await aWay({ to: server.origin, answer: () => closed })
    expect(valueOf(await read()).body).toEqual({ a: 1 })
    expect(proxy.asked).toEqual([])
  })
})

describe('a proxy that gives no connection', () => {
  it.each([
    [407, 'password'],
    [403, 'refused'],
    [502, 'refused'],
  ])('with %i is named, and leaves no doubt whether anything was sent', async (status, trouble) => {
    const { proxy, read } = await aWay()
    proxy.refusal = status
    const error = errorOf(await read())
    const name = `127.0.0.1:${proxy.port}`
    expect(error).toEqual({
      kind: 'offline',
      reason: 'proxy',
      proxy: { name, trouble },
      host: 'platform.test',
      service: 'dm',
    })
    expect(isTemporary(error)).toBe(true)
    expect(isAmbiguous(error)).toBe(false)
    expect(server.requests).toEqual([])
  })

  it.each([
    [closed, 'unreachable', '127.0.0.1:1'],
    ['SOCKS 10.0.0.1:1080', 'unsupported', 'SOCKS 10.0.0.1:1080'],
  ])('%s is said to be %s', async (answer, trouble, name) => {
    const { read } = await aWay({ answer: () => answer })
    expect(errorOf(await read())).toMatchObject({ reason: 'proxy', proxy: { trouble, name } })
  })

  it('serves again as soon as it does', async () => {
    const { proxy, read } = await aWay()
    proxy.refusal = 407
    expect((await read()).ok).toBe(false)
    proxy.refusal = undefined
    expect((await read()).ok).toBe(true)
  })
})

describe('a certificate', () => {
  const dayMs = 86_400_000
  const past = { from: new Date(Date.now() - 9 * dayMs), until: new Date(Date.now() - dayMs) }
  const future = { from: new Date(Date.now() + dayMs), until: new Date(Date.now() + 9 * dayMs) }
  const issued = { name: 'platform', hosts, issuer: authority }
  it.each([
    ['expired', makeCertificate({ ...issued, ...past })],
    ['not-yet-valid', makeCertificate({ ...issued, ...future })],
    ['wrong-host', makeCertificate({ ...issued, hosts: ['other.test'] })],
    ['self-signed', makeCertificate({ name: 'platform', hosts })],
  ])('that is %s ends the connection before anything is sent', async (certificate, shown) => {
    const { read } = await aWay({ shown })
    const error = errorOf(await read())
    expect(error).toMatchObject({ kind: 'offline', reason: 'tls', certificate })
    expect(server.requests).toEqual([])
  })

  it('of an unknown issuer is refused until its issuer is added, and again after', async () => {
    const { read, trust, client } = await aWay({ trusted: [] })
    expect(errorOf(await read())).toMatchObject({ certificate: 'unknown-issuer' })
    trust([authority.certificate])
    expect((await read()).ok).toBe(true)
    trust([])
    // The app drops its connections with the change; a new one must not be resumed from an old one.
    await client.close()
    const next = await aWay({ trusted: [] })
    expect(errorOf(await next.read())).toMatchObject({ certificate: 'unknown-issuer' })
  })

  it('that was trusted once is checked anew on the next connection', async () => {
    const { read, trust } = await aWay()
    server.on('GET /dm/api/thing/', { json: {}, headers: { connection: 'close' } })
    expect((await read()).ok).toBe(true)
    trust([])
    expect(errorOf(await read())).toMatchObject({ certificate: 'unknown-issuer' })
  })

  it('of the host itself may be the one that is added', async () => {
    const shown = makeCertificate({ name: 'platform', hosts })
    const { read } = await aWay({ shown, trusted: [shown.certificate] })
    expect((await read()).ok).toBe(true)
  })

  it('of a proxy is checked, too', async () => {
    const proxyTls = makeCertificate({ name: 'gate', hosts: ['localhost'] })
    const { proxy, read } = await aWay({ proxyTls, answer: (port) => `HTTPS localhost:${port}` })
    expect(errorOf(await read())).toMatchObject({ reason: 'proxy' })
    expect(proxy.asked).toEqual([])
  })

  it('is checked whatever the environment says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      const { read } = await aWay({ trusted: [] })
      expect(errorOf(await read())).toMatchObject({ certificate: 'unknown-issuer' })
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    }
  })
})
