import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDeclaredServer, type DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  openHttpProfile,
  valueOf,
  type HttpProfile,
} from '../../../../tests/fakes/http-profile'
import { originsOf } from '../../../shared/domain/workspace'
import { err } from '../../../shared/result'
import { sentenceFor } from '../../../shared/text/errors'
import { downloadBytes, fileAddress } from './files'

let server: DeclaredServer
let other: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  server = await startDeclaredServer()
  other = await startDeclaredServer()
  profile = openHttpProfile(server.origin)
})

afterEach(async () => {
  await profile.client.close()
  await server.close()
  await other.close()
})

const download = (url: string, maxBytes = 1_000) =>
  downloadBytes(profile.client, { url, maxBytes, signal: profile.signal })

describe('a download', () => {
  it('from the platform carries the token', async () => {
    server.on('GET /dm/media/cv.pdf', {
      text: 'cv',
      headers: { 'content-type': 'application/pdf' },
    })
    const { bytes, type } = valueOf(await download(`${server.origin}/dm/media/cv.pdf`))
    expect(Buffer.from(bytes).toString()).toBe('cv')
    expect(type).toBe('application/pdf')
    expect(server.requests[0]?.headers.authorization).toMatch(/^Api-Token /)
  })

  it('of a relative address is from the DM host', async () => {
    server.on('GET /dm/media/cv.pdf', { text: 'cv' })
    expect(valueOf(await download('/dm/media/cv.pdf')).bytes).toHaveLength(2)
  })

  it('E16: from elsewhere carries no token', async () => {
    other.on('GET /cv.pdf', { text: 'cv' })
    valueOf(await download(`${other.origin}/cv.pdf?sig=1`))
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('E16: redirected elsewhere leaves the token behind', async () => {
    const headers = { location: `${other.origin}/cv.pdf` }
    server.on('GET /dm/media/cv.pdf', { status: 302, headers })
    other.on('GET /cv.pdf', { text: 'cv' })
    valueOf(await download('/dm/media/cv.pdf'))
    expect(server.requests[0]?.headers.authorization).toBeDefined()
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('redirected in circles ends', async () => {
    server.on('GET /dm/a', { status: 302, headers: { location: '/dm/a' } })
    expect(errorOf(await download('/dm/a'))).toMatchObject({ reason: 'redirect' })
    expect(server.requests.length).toBeLessThan(6)
  })

  it('larger than allowed is stopped', async () => {
    server.on('GET /dm/a', { bytes: Buffer.alloc(1_001) })
    expect(errorOf(await download('/dm/a'))).toMatchObject({ reason: 'too-large' })
  })

  it('refused is told apart by its status', async () => {
    server.on('GET /dm/a', { status: 403, text: '<Error><Code>AccessDenied</Code></Error>' })
    expect(errorOf(await download('/dm/a'))).toMatchObject({
      kind: 'forbidden',
      detail: 'AccessDenied',
    })
  })

  it.each([401, 403])(
    'E16: refused with %i by a host without token is not about it',
    async (status) => {
      other.on('GET /cv.pdf', { status, text: '<Error><Code>AccessDenied</Code></Error>' })
      const error = errorOf(await download(`${other.origin}/cv.pdf`))
      expect(error).toMatchObject({
        kind: 'forbidden',
        isWithoutToken: true,
        detail: 'AccessDenied',
      })
      expect(error).not.toHaveProperty('service')
      expect(sentenceFor(error).text).not.toMatch(/administrator|new one/)
    },
  )

  it.each([429, 503])('E1: put off with %i waits as long as it is told', async (status) => {
    const clock = instantClock()
    const patient = openHttpProfile(server.origin, { clock })
    server.on('GET /dm/a', { status, headers: { 'retry-after': '13' } }, { text: 'cv' })
    const request = { url: '/dm/a', maxBytes: 9, signal: patient.signal }
    const { bytes } = valueOf(await downloadBytes(patient.client, request))
    await patient.client.close()
    expect(Buffer.from(bytes).toString()).toBe('cv')
    expect(clock.waits).toContain(13_000)
  })

  it('E2: told to come back later than in a minute says when', async () => {
    server.on('GET /dm/a', { status: 503, headers: { 'retry-after': '90' } })
    const error = errorOf(await download('/dm/a'))
    expect(sentenceFor(error).text).toContain('It asks to wait 90 s.')
    expect(server.requests).toHaveLength(1)
  })

  it('that met a fault is not begun again: pieces may have been handed on', async () => {
    server.on('GET /dm/a', { status: 503 })
    expect(errorOf(await download('/dm/a')).kind).toBe('server')
    expect(server.requests).toHaveLength(1)
  })

  it('whose bytes cannot be kept ends with that reason', async () => {
    server.on('GET /dm/a', { text: 'x' })
    const full = { kind: 'storage', reason: 'full' } as const
    const request = { url: '/dm/a', maxBytes: 9, signal: profile.signal, onPiece: () => err(full) }
    expect(errorOf(await profile.client.download(request))).toEqual(full)
  })
})

describe('the address of a file', () => {
  const origins = originsOf('https://api.example.org')
  const local = originsOf('http://127.0.0.1:4000')

  it.each([
    ['https://files.example/a?sig=1', 'https://files.example/a?sig=1'],
    ['/media/a.pdf', 'https://api.example.org/media/a.pdf'],
    ['//files.example/a', 'https://files.example/a'],
  ])('%s is fetched', (given, fetched) => {
    expect(fileAddress(origins, given)?.href).toBe(fetched)
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://files.example/a',
    'https://user:pass@files.example/a',
    'https://localhost/a',
    'https://127.0.0.1/a',
    'https://2130706433/a',
    'https://0x7f.1/a',
    'https://0/a',
    'https://[::1]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://169.254.169.254/latest/meta-data/',
    'http://[',
  ])('%s is not fetched', (given) => {
    expect(fileAddress(origins, given)).toBeUndefined()
  })

  it('may be on this computer where the platform itself is', () => {
    expect(fileAddress(local, 'http://127.0.0.1:5000/a')?.port).toBe('5000')
  })
})
