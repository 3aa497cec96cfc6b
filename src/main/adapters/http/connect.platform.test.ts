import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemorySpool, realClock } from '../../../../tests/fakes/http-profile'
import type { PlatformOptions } from '../../../demo-platform/options'
import { startPlatform, type Platform } from '../../../demo-platform/platform'
import { registry } from '../../../shared/domain/sections/registry'
import { basic } from '../../../shared/domain/sections/basic'
import { originsOf } from '../../../shared/domain/workspace'
import { connectPlatform, type ConnectionSetup, type HttpConnection } from './connect'

let platform: Platform
let connection: HttpConnection
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iblai-connect-'))
})

afterEach(async () => {
  await connection.close()
  await platform.close()
  await rm(folder, { recursive: true })
})

async function connect(options: PlatformOptions = {}, change: Partial<ConnectionSetup> = {}) {
  platform = await startPlatform(options)
  const { org, username, token, origin } = platform
  const credential = { reveal: () => token }
  const spool = new MemorySpool()
  const origins = originsOf(origin)
  const sections = registry.all
  const setup = { org, username, origins, credential, spool, sections, ...change }
  const log = { info: () => undefined, error: () => '' }
  connection = connectPlatform(setup, { clock: realClock, random: () => 0.5, log })
  return connection
}

describe('asking what a token may do', () => {
  it('names the person and finds every section', async () => {
    const { services, sections, personName } = await (await connect()).probe()
    expect(services.map(({ service, isAccepted }) => [service, isAccepted])).toEqual([
      ['lms', true],
      ['dm', true],
    ])
    expect(personName).toBe('Noor Haddad')
    expect(sections.filter(({ canRead, canWrite }) => !canRead || !canWrite)).toEqual([])
    const found = Object.fromEntries(sections.map(({ section, found }) => [section, found]))
    expect(found).toMatchObject({ resume: 1 })
    expect(found.memory).toBeGreaterThan(100)
  })

  it('D31: changes nothing, and never asks for tokens', async () => {
    await (await connect()).probe()
    expect(platform.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    // D31: that endpoint refuses every token of this kind, good or bad.
    expect(platform.requests.filter(({ path }) => path.includes('api-tokens'))).toEqual([])
  })

  it('D1, E7: keeps the DM sections when the LMS refuses the token', async () => {
    const { services, sections } = await (await connect({ lmsAuth: 'refused' })).probe()
    expect(services).toMatchObject([
      { service: 'lms', isAccepted: false, error: { kind: 'unauthorized' } },
      { service: 'dm', isAccepted: true },
    ])
    const canRead = Object.fromEntries(sections.map((access) => [access.section, access.canRead]))
    expect(canRead).toMatchObject({ education: true, basic: false })
  })

  it('E9: says that the token belongs to somebody else', async () => {
    const { services } = await (await connect({}, { username: 't.ibarra' })).probe()
    expect(services[0]).toMatchObject({
      isAccepted: false,
      error: { kind: 'wrong-user', actual: 'noor.haddad' },
    })
  })

  it('E8: refuses an organisation that the token is not for', async () => {
    const { services } = await (await connect({}, { org: 'elsewhere' })).probe()
    expect(services).toMatchObject([{ isAccepted: true }, { isAccepted: false }])
    expect(services[1]?.error).toHaveProperty('status')
  })

  it('E6: says that both hosts refuse a wrong token', async () => {
    const credential = { reveal: () => 'wrong' }
    const { services, sections } = await (await connect({}, { credential })).probe()
    expect(services.map(({ error }) => error?.kind)).toEqual(['unauthorized', 'unauthorized'])
    expect(sections.some(({ canRead }) => canRead)).toBe(false)
  })

  it('names the field of a name that cannot be sent', async () => {
    const { services } = await (await connect({}, { org: '..' })).probe()
    expect(services[1]?.error).toMatchObject({ kind: 'refused-input', field: 'org' })
    expect(platform.requests).toEqual([])
  })

  it('says that nobody is there', async () => {
    const origins = originsOf('http://127.0.0.1:1')
    const { services, sections } = await (await connect({}, { origins })).probe()
    expect(services.map(({ error }) => error?.kind)).toEqual(['offline', 'offline'])
    expect(sections.flatMap(({ canRead, canWrite }) => canRead ?? canWrite ?? [])).toEqual([])
  })
})

describe('files', () => {
  it('fetches the picture that the account names', async () => {
    const { api, photo } = await connect()
    const pulled = await api.pull(basic, new AbortController().signal)
    const named = pulled.ok ? pulled.value.facts.photoUrl : undefined
    const url = typeof named === 'string' ? named : ''
    const picture = await photo(url)
    expect(picture.ok && Buffer.from(picture.value).toString('latin1', 1, 4)).toBe('PNG')
  })

  it.each([{}, { files: 'relative' }, { files: 'other-origin' }] as const)(
    'saves the résumé as a file with %o',
    async (options) => {
      const { saveResumeFile } = await connect(options)
      expect(await saveResumeFile(undefined, join(folder, 'cv.pdf'))).toEqual({
        ok: true,
        value: undefined,
      })
      expect((await readFile(join(folder, 'cv.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    },
  )

  it('asks for a fresh address once when the one at hand has expired', async () => {
    const { saveResumeFile } = await connect()
    const path = join(folder, 'cv.pdf')
    const fault = { kind: 'status', status: 403 } as const
    platform.faults.add({ match: { path: /\.pdf/ }, times: 1, fault })
    expect(await saveResumeFile(undefined, path)).toMatchObject({ ok: true })
    platform.faults.add({ match: { path: /\.pdf/ }, times: 2, fault })
    expect(await saveResumeFile(undefined, path)).toMatchObject({ error: { kind: 'forbidden' } })
  })

  it('leaves nothing behind when it cannot be saved', async () => {
    const { saveResumeFile } = await connect()
    platform.faults.add({
      match: { path: /\.pdf/ },
      times: 9,
      fault: { kind: 'stalled-body', bytes: 9 },
    })
    const saving = saveResumeFile(undefined, join(folder, 'cv.pdf'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await connection.close()
    expect((await saving).ok).toBe(false)
    expect(await readdir(folder)).toEqual([])
  })

  it('says that there is no such file', async () => {
    const { saveResumeFile } = await connect()
    const saved = await saveResumeFile('none.pdf', join(folder, 'x'))
    expect(saved).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  it('says that a folder cannot be written to', async () => {
    const { saveResumeFile } = await connect()
    const saved = await saveResumeFile(undefined, join(folder, 'missing', 'cv.pdf'))
    expect(saved).toMatchObject({ ok: false, error: { kind: 'storage' } })
  })
})
