import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDeclaredServer, type DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  openHttpProfile,
  sampleToken,
  valueOf,
  type HttpProfile,
  type HttpProfileOptions,
} from '../../../../tests/fakes/http-profile'
import { isAmbiguous, isTemporary } from '../../../shared/errors'
import { path } from './path'
import { selfSigned } from '../../../../tests/fakes/self-signed'

let server: DeclaredServer
const profiles: HttpProfile[] = []

beforeEach(async () => {
  server = await startDeclaredServer()
})

afterEach(async () => {
  await Promise.all(profiles.splice(0).map(({ client }) => client.close()))
  await server.close()
})

function openProfile(options: HttpProfileOptions = {}, origin = server.origin): HttpProfile {
  const profile = openHttpProfile(origin, options)
  profiles.push(profile)
  return profile
}

const thing = path`/api/thing/`
const route = 'GET /dm/api/thing/'

function read(profile: HttpProfile) {
  const { client, signal } = profile
  return client.read({ service: 'dm', path: thing, signal })
}

function write(profile: HttpProfile, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'POST') {
  const { client, signal } = profile
  const body = { kind: 'json', json: { a: 1 } } as const
  return client.write({ service: 'dm', method, path: thing, body, signal })
}

describe('a request', () => {
  it('D30: carries the token under the name Api-Token', async () => {
    server.on(route, { json: {} })
    await read(openProfile())
    expect(server.requests[0]?.headers.authorization).toBe(`Api-Token ${sampleToken}`)
  })

  it.each(['with\r\nbreak', 'ümlaut', 'two words', 'nul\u0000'])(
    'is not sent with the token %j',
    async (token) => {
      const error = errorOf(await read(openProfile({ token })))
      expect(error).toMatchObject({ kind: 'refused-input', field: 'token' })
      expect(JSON.stringify(error)).not.toContain(token)
      expect(server.requests).toEqual([])
    },
  )

  it('without a token is refused before anything is sent', async () => {
    const none = () => undefined
    const profile = openProfile({ parts: { credential: { lms: none, dm: none } } })
    expect(errorOf(await read(profile))).toEqual({ kind: 'unauthorized', service: 'dm' })
    expect(server.requests).toEqual([])
  })

  it.each(['..', '.', '', 'a\u0000b', '\ud800'])(
    'is not sent to the path part %j',
    async (part) => {
      const { client, signal } = openProfile()
      const result = await client.read({ service: 'dm', path: path`/api/${part}/x/`, signal })
      expect(errorOf(result)).toMatchObject({ kind: 'refused-input' })
      expect(server.requests).toEqual([])
    },
  )

  it.each([
    ['a/b', '/dm/api/a%2Fb/'],
    ['%2e%2e', '/dm/api/%252e%252e/'],
    ['a?x#y', '/dm/api/a%3Fx%23y/'],
    ['n.h+1@x', '/dm/api/n.h%2B1%40x/'],
  ])('encodes the path part %s as one segment', async (part, sent) => {
    const { client, signal } = openProfile()
    await client.read({ service: 'dm', path: path`/api/${part}/`, signal, tries: 1 })
    expect(server.requests[0]?.path).toBe(sent)
  })

  it('aborted by its signal answers cancelled', async () => {
    server.on(route, { act: () => undefined })
    const { client } = openProfile()
    const abort = new AbortController()
    const result = client.read({ service: 'dm', path: thing, signal: abort.signal })
    setTimeout(() => {
      abort.abort()
    }, 30)
    expect(errorOf(await result)).toEqual({ kind: 'cancelled' })
  })
})

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync('{"a":1}'), 'gzip'],
    ['brotli', brotliCompressSync('{"a":1}'), 'br'],
    ['a byte order mark', Buffer.from('\ufeff{"a":1}'), 'identity'],
  ])('E34: with %s is read', async (_name, bytes, encoding) => {
    server.on(route, { bytes, headers: { 'content-encoding': encoding } })
    expect(valueOf(await read(openProfile())).body).toEqual({ a: 1 })
  })

  it.each([200, 201, 204])('E34: %i without a body is a success', async (status) => {
    server.on('POST /dm/api/thing/', { status })
    expect(valueOf(await write(openProfile()))).toEqual({ status })
  })

  it('E4: that is a page with 200 is no success, and its markup is not shown', async () => {
    const text =
      '<html><head><title>x</title></head><body><h1>Sign in</h1><script>1</script></body>'
    server.on(route, { text, headers: { 'content-type': 'text/html' } })
    const error = errorOf(await read(openProfile({ clock: instantClock() })))
    expect(error).toMatchObject({
      kind: 'unexpected-answer',
      reason: 'html',
      status: 200,
      detail: 'Sign in',
    })
  })

  it('E4: that is a page declared as JSON is recognised', async () => {
    server.on(route, { text: '<p>Hi', headers: { 'content-type': 'application/json' } })
    const error = errorOf(await read(openProfile({ clock: instantClock() })))
    expect(error).toMatchObject({ reason: 'html' })
  })

  it('that is cut off inside its JSON is said, and may be tried again', async () => {
    server.on(route, { text: '{"a": [1, 2' })
    const error = errorOf(await read(openProfile({ clock: instantClock() })))
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'json' })
    expect(isTemporary(error)).toBe(true)
  })

  it('shorter than its declared length is a broken connection', async () => {
    server.on(route, {
      act: (_request, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"a":1}')
        setTimeout(() => response.destroy(), 20)
      },
    })
    const error = errorOf(await read(openProfile({ clock: instantClock() })))
    expect(error).toMatchObject({ kind: 'offline', reason: 'reset' })
  })

  it.each([
    ['plain', {}],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('of more than 16 MB (%s) is not read', async (_name, headers) => {
    const large = Buffer.alloc(17 * 1024 * 1024, 0x20)
    const bytes = 'content-encoding' in headers ? gzipSync(large) : large
    server.on(route, { bytes, headers })
    const error = errorOf(await read(openProfile()))
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'too-large' })
  })

  it('nested thousands deep is refused', async () => {
    server.on(route, { text: '['.repeat(10_000) + ']'.repeat(10_000) })
    const error = errorOf(await read(openProfile({ clock: instantClock() })))
    expect(error).toMatchObject({ reason: 'json' })
  })

  it('with endless headers is refused', async () => {
    server.on(route, { json: {}, headers: { 'x-bomb': 'x'.repeat(200_000) } })
    const error = errorOf(await read(openProfile()))
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'too-large' })
  })

  it('that quotes the token is shown without it', async () => {
    const json = { detail: `<b>bad header</b>: Api-Token ${sampleToken}` }
    server.on(route, { status: 401, json })
    expect(errorOf(await read(openProfile()))).toMatchObject({
      detail: 'bad header : Api-Token [redacted]',
    })
  })
})

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('E15: a write answered %i is not followed', async (status) => {
    const location = `${server.origin}/dm/api/other/?token=secret`
    server.on('POST /dm/api/thing/', { status, headers: { location } })
    expect(errorOf(await write(openProfile()))).toMatchObject({
      kind: 'unexpected-answer',
      reason: 'redirect',
      detail: `${server.origin}/dm/api/other/`,
    })
    expect(server.requests).toHaveLength(1)
  })

  it('E15: a read is not followed either, so the token stays where it was sent', async () => {
    const other = await startDeclaredServer()
    server.on(route, { status: 302, headers: { location: `${other.origin}/dm/api/thing/` } })
    expect(errorOf(await read(openProfile()))).toMatchObject({ reason: 'redirect' })
    expect(other.requests).toEqual([])
    await other.close()
  })
})

describe('second tries', () => {
  it.each([500, 502, 503, 504])('E3: a read answered %i is tried three times', async (status) => {
    server.on(route, { status, text: '<h1>502 Bad Gateway</h1>' })
    const clock = instantClock()
    const error = errorOf(await read(openProfile({ clock })))
    expect(error).toMatchObject({ kind: 'server', status, detail: '502 Bad Gateway' })
    expect(server.requests).toHaveLength(3)
    expect(clock.waits).toEqual([500, 1000])
  })

  it('E3: a read that recovers succeeds', async () => {
    server.on(route, { status: 503 }, { json: [1] })
    expect(valueOf(await read(openProfile({ clock: instantClock() }))).body).toEqual([1])
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'E3: a %s is never repeated',
    async (method) => {
      server.on(`${method} /dm/api/thing/`, { status: 503 })
      expect(errorOf(await write(openProfile(), method)).kind).toBe('server')
      expect(server.requests).toHaveLength(1)
    },
  )

  it('E1: a throttled read waits as long as it is told', async () => {
    const detail = 'Request was throttled. Expected available in 13 seconds.'
    server.on(
      route,
      { status: 429, json: { detail }, headers: { 'retry-after': '13' } },
      { json: 1 },
    )
    const clock = instantClock()
    expect(valueOf(await read(openProfile({ clock }))).body).toBe(1)
    expect(clock.waits).toEqual([13_000])
  })

  it('E2: a read told to come back later than in a minute does not wait for it', async () => {
    server.on(route, { status: 429, headers: { 'retry-after': '61' } })
    const clock = instantClock()
    const error = errorOf(await read(openProfile({ clock })))
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 61_000 })
    expect([clock.waits, server.requests.length]).toEqual([[], 1])
  })

  it('E1: a throttled write is told to whoever asked', async () => {
    server.on('POST /dm/api/thing/', { status: 429, headers: { 'retry-after': '13' } })
    expect(errorOf(await write(openProfile()))).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 13_000,
    })
  })

  it('E14: two calls are two requests; keeping them apart is not the client’s part', async () => {
    const profile = openProfile()
    server.on('POST /dm/api/thing/', { json: {} })
    await Promise.all([write(profile), write(profile)])
    expect(server.requests).toHaveLength(2)
  })
})

describe('the network', () => {
  it('E12: no answer for the limit is a time-out, and a read is not tried again', async () => {
    server.on(route, { act: () => undefined })
    const profile = openProfile({ parts: { timeouts: { headersMs: 300 } } })
    expect(errorOf(await read(profile)).kind).toBe('timeout')
  })

  it('E12: an answer that stops halfway is a time-out', async () => {
    server.on(route, {
      act: (_request, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{')
      },
    })
    const profile = openProfile({ parts: { timeouts: { bodyIdleMs: 300 } } })
    expect(errorOf(await read(profile)).kind).toBe('timeout')
  })

  it('E13: a connection cut after a write leaves open whether it was carried out', async () => {
    server.on('POST /dm/api/thing/', {
      act: (request) => {
        request.on('end', () => request.socket.destroy())
      },
    })
    const error = errorOf(await write(openProfile()))
    expect(error).toMatchObject({ kind: 'offline', reason: 'reset' })
    expect(isAmbiguous(error)).toBe(true)
    expect(server.to('POST /dm/api/thing/').length).toBeLessThanOrEqual(1)
  })

  it('E36: a host that is not there is told from one that refuses', async () => {
    const clock = instantClock()
    const unknown = openProfile({ clock }, 'http://nowhere.invalid')
    const error = errorOf(await read(unknown))
    expect(error).toMatchObject({ kind: 'offline', host: 'nowhere.invalid' })
    expect(error).toMatchObject({ reason: 'dns' })
    expect(isAmbiguous(error)).toBe(false)
  })

  it('E36: a refused connection cannot have carried anything out', async () => {
    const origin = server.origin
    await server.close()
    const error = errorOf(await write(openProfile({}, origin)))
    expect(error).toMatchObject({ kind: 'offline', reason: 'refused' })
    expect(isAmbiguous(error)).toBe(false)
    server = await startDeclaredServer()
  })

  it('E36: a certificate nobody vouches for ends it before anything is sent', async () => {
    const received: Buffer[] = []
    const tls = createTlsServer(selfSigned, (socket) => {
      socket.on('data', (piece: Buffer) => received.push(piece))
    })
    tls.on('tlsClientError', () => undefined)
    const port = await portOf(tls)
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const error = errorOf(await write(openProfile({}, `https://127.0.0.1:${port}`)))
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    tls.close()
    expect(error).toMatchObject({ kind: 'offline', reason: 'tls' })
    expect(isTemporary(error)).toBe(false)
    expect(received).toEqual([])
  })

  it('E36: something that does not speak TLS is said as such', async () => {
    const origin = server.origin.replace('http:', 'https:')
    const error = errorOf(await write(openProfile({}, origin)))
    expect(error).toMatchObject({ kind: 'offline', reason: 'tls' })
  })

  it('E36: a TLS handshake that hangs counts as not connected', async () => {
    const silent = createServer(() => undefined)
    const port = await portOf(silent)
    const profile = openProfile(
      { parts: { timeouts: { connectMs: 300 } } },
      `https://127.0.0.1:${port}`,
    )
    expect(errorOf(await write(profile))).toMatchObject({ kind: 'offline', reason: 'refused' })
    await profile.client.close()
    silent.close()
  })

  it('E36: a host that does not speak HTTP is an unexpected answer', async () => {
    const odd = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('SSH-2.0-OpenSSH\r\n')
    })
    const port = await portOf(odd)
    const error = errorOf(await write(openProfile({}, `http://127.0.0.1:${port}`)))
    odd.close()
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'shape' })
  })
})

interface Listening {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}

async function portOf(listener: Listening): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return typeof address === 'object' && address && 'port' in address ? Number(address.port) : 0
}

describe('the log', () => {
  it('holds routes and outcomes, never names, addresses or the token', async () => {
    const lines: string[] = []
    const log = {
      info: (event: string, facts?: object) => void lines.push(JSON.stringify([event, facts])),
      error: () => '',
    }
    const { client, signal } = openProfile({ parts: { log } })
    await client.read({ service: 'dm', path: path`/api/users/${'noor.haddad'}/`, signal })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('/api/users/*/')
    expect(lines[0]).not.toMatch(new RegExp(`noor|127\\.0|${sampleToken}`))
  })
})
