import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientProfiles, read, route, write } from '../../../../tests/fakes/client-profiles'
import { startDeclaredServer, type DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, instantClock, sampleToken, valueOf } from '../../../../tests/fakes/http-profile'
import { isTemporary } from '../../../shared/errors'

const { start, openProfile, closeAll } = clientProfiles()
let server: DeclaredServer

beforeEach(async () => {
  server = await start()
})

afterEach(closeAll)

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
