import { afterEach, describe, expect, it } from 'vitest'
import { startDeclaredServer, type DeclaredServer } from '../../../../tests/fakes/declared-server'
import { MemorySpool, realClock, valueOf } from '../../../../tests/fakes/http-profile'
import type { PlatformOptions } from '../../../demo-platform/options'
import { startPlatform, type Platform } from '../../../demo-platform/platform'
import { basic } from '../../../shared/domain/sections/basic'
import { education } from '../../../shared/domain/sections/education'
import { registry } from '../../../shared/domain/sections/registry'
import { originsOf, type Origins } from '../../../shared/domain/workspace'
import { connectPlatform, type ConnectionSetup, type HttpConnection } from './connect'

const first = 'f'.repeat(64)
const ownOfLms = `eyJ${'x'.repeat(40)}`
const source = (text: string) => ({ reveal: () => text })
const closing: { readonly close: () => Promise<unknown> }[] = []

afterEach(async () => {
  for (const part of closing.splice(0).reverse()) await part.close()
})

function connect(origins: Origins, change: Partial<ConnectionSetup> = {}): HttpConnection {
  const log = { info: () => undefined, error: () => '' }
  const connection = connectPlatform(
    {
      org: 'northwind',
      username: 'noor.haddad',
      origins,
      credential: source(first),
      own: { lms: source(ownOfLms) },
      spool: new MemorySpool(),
      sections: registry.all,
      ...change,
    },
    { clock: realClock, random: () => 0.5, log },
  )
  closing.push(connection)
  return connection
}

const signal = new AbortController().signal

describe('where the LMS takes a token of its own only', () => {
  async function aPlatform(options: PlatformOptions, own: (platform: Platform) => string) {
    const platform = await startPlatform(options)
    closing.push(platform)
    const change = { credential: source(platform.token), own: { lms: source(own(platform)) } }
    return { platform, connection: connect(originsOf(platform.origin), change) }
  }

  it.each([
    ['JWT by its length', { lmsAuth: 'jwt' }, ({ lmsToken }: Platform) => lmsToken],
    ['JWT as pasted', { lmsAuth: 'jwt' }, ({ lmsToken }: Platform) => `JWT ${lmsToken}`],
    ['Bearer as pasted', { lmsAuth: 'bearer' }, ({ lmsToken }: Platform) => `Bearer ${lmsToken}`],
  ] as const)('both hosts are open with %s', async (_scheme, options, own) => {
    const { connection } = await aPlatform(options, own)
    const { services, sections } = await connection.probe()
    expect(services.map(({ isAccepted }) => isAccepted)).toEqual([true, true])
    expect(sections.filter(({ canRead }) => !canRead)).toEqual([])
    expect((await connection.api.pull(basic, signal)).ok).toBe(true)
    expect((await connection.api.pull(education, signal)).ok).toBe(true)
  })

  it('the wrong scheme is refused', async () => {
    const { connection } = await aPlatform({ lmsAuth: 'bearer' }, ({ lmsToken }) => lmsToken)
    expect((await connection.probe(['lms'])).services).toMatchObject([
      { service: 'lms', isAccepted: false, error: { kind: 'unauthorized' } },
    ])
  })

  it('one host can be asked alone', async () => {
    const { platform, connection } = await aPlatform({ lmsAuth: 'jwt' }, (p) => p.lmsToken)
    const { services, sections } = await connection.probe(['lms'])
    expect(services.map(({ service }) => service)).toEqual(['lms'])
    expect(sections.find(({ section }) => section === 'education')?.canRead).toBeUndefined()
    expect(platform.requests.filter(({ path }) => path.startsWith('/dm/'))).toEqual([])
  })
})

const account = '/lms/api/user/v1/accounts/noor.haddad'

describe('a host that does not say whose token it is', () => {
  it.each([
    ['shows no email', { username: 'noor.haddad' }, true],
    ['shows the email', { username: 'noor.haddad', email: 'noor@example.org' }, undefined],
  ])('and %s', async (_what, json, isUnproven) => {
    const server = await aServer()
    server.on('GET /lms/api/user/v1/me', { status: 404 })
    server.on(`GET ${account}`, { json })
    const { services } = await connect(originsOf(server.origin)).probe(['lms'])
    expect(services[0]).toMatchObject({ isAccepted: true })
    expect(services[0]?.isUnproven).toBe(isUnproven)
  })
})

async function aServer(): Promise<DeclaredServer> {
  const server = await startDeclaredServer()
  closing.push(server)
  return server
}

const headersAt = ({ requests }: DeclaredServer) => [
  ...new Set(requests.map(({ headers }) => headers.authorization)),
]

describe('where the hosts have origins of their own', () => {
  it('each gets its own token and never the other', async () => {
    const [lms, dm] = await Promise.all([aServer(), aServer()])
    const { probe } = connect({ lms: lms.origin, dm: dm.origin })
    await probe()
    expect(headersAt(lms)).toEqual([`JWT ${ownOfLms}`])
    expect(headersAt(dm)).toEqual([`Api-Token ${first}`])
  })

  it('files go with the token of the host they lie on, and with none elsewhere', async () => {
    const [lms, dm, foreign] = await Promise.all([aServer(), aServer(), aServer()])
    const { photo } = connect({ lms: lms.origin, dm: dm.origin })
    for (const server of [lms, dm, foreign]) {
      server.on('GET /photo.png', { bytes: Buffer.from('png') })
      valueOf(await photo(`${server.origin}/photo.png`))
    }
    expect(headersAt(lms)).toEqual([`JWT ${ownOfLms}`])
    expect(headersAt(dm)).toEqual([`Api-Token ${first}`])
    expect(headersAt(foreign)).toEqual([undefined])
  })

  it('a redirect to the other host takes that one’s token along', async () => {
    const [lms, dm] = await Promise.all([aServer(), aServer()])
    const location = `${dm.origin}/photo.png`
    lms.on('GET /photo.png', { status: 302, headers: { location } })
    dm.on('GET /photo.png', { bytes: Buffer.from('png') })
    const { photo } = connect({ lms: lms.origin, dm: dm.origin })
    valueOf(await photo(`${lms.origin}/photo.png`))
    expect(headersAt(dm)).toEqual([`Api-Token ${first}`])
  })

  it('an echo of it stands in no message, with or without its scheme', async () => {
    const lms = await aServer()
    lms.on(`GET ${account}`, { status: 401, json: { detail: `Bad token ${ownOfLms}` } })
    const { services } = await connect(originsOf(lms.origin)).probe(['lms'])
    expect(services[0]?.error).toMatchObject({ kind: 'unauthorized' })
    expect(JSON.stringify(services)).not.toContain(ownOfLms)
  })
})
