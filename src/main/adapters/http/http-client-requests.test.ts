import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientProfiles, read, route, thing, write } from '../../../../tests/fakes/client-profiles'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, instantClock, sampleToken, valueOf } from '../../../../tests/fakes/http-profile'
import { path } from './path'

const { start, openProfile, closeAll } = clientProfiles()
let server: DeclaredServer

beforeEach(async () => {
  server = await start()
})

afterEach(closeAll)

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
