import { afterEach, describe, expect, it } from 'vitest'
import { platformProfiles, type PlatformProfile } from '../../../../tests/fakes/http-platform'
import { errorOf, instantClock, valueOf } from '../../../../tests/fakes/http-profile'
import type { Fault } from '../../../demo-platform/http/faults'
import { asItemId } from '../../../shared/domain/ids'
import { basic } from '../../../shared/domain/sections/basic'
import { education } from '../../../shared/domain/sections/education'
import { memory } from '../../../shared/domain/sections/memory'
import { registry } from '../../../shared/domain/sections/registry'
import { resume } from '../../../shared/domain/sections/resume'
import { isAmbiguous, isTemporary } from '../../../shared/errors'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

const openFaulty = (options = {}) => open({ memories: 30, ...options }, { clock: instantClock() })

const harmless: readonly Fault[] = [
  { kind: 'encoded', encoding: 'gzip' },
  { kind: 'encoded', encoding: 'br' },
  { kind: 'encoded', encoding: 'deflate' },
  { kind: 'byte-order-mark' },
  { kind: 'wrong-type', contentType: 'text/plain' },
  { kind: 'close-after' },
  { kind: 'delay', ms: 20 },
]

const passing: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'html', status: 502 },
  { kind: 'html', status: 200 },
  { kind: 'truncated-json' },
  { kind: 'truncated-json', framing: 'declared' },
  { kind: 'truncated-json', framing: 'chunked' },
  { kind: 'reset-on-arrival' },
  { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
]

describe.each(registry.all.map((section) => [section.id, section] as const))(
  'reading %s',
  (_id, section) => {
    it.each([...harmless, ...passing])('gives the same as ever through %j', async (fault) => {
      const { api, platform, signal } = await openFaulty()
      const expected = valueOf(await api.pull(section, signal))
      const times = harmless.includes(fault) ? Infinity : 1
      platform.faults.add({ match: { method: 'GET' }, times, fault })
      const { items } = valueOf(await api.pull(section, signal))
      // Signed addresses of files differ with every read.
      expect(items.map(({ values }) => values)).toEqual(expected.items.map(({ values }) => values))
    })

    it.each([
      ...passing,
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403 },
    ] as const)('fails, and is never empty, when it meets %j all along', async (fault) => {
      const { api, platform, signal } = await openFaulty()
      platform.faults.add({ match: {}, times: Infinity, fault })
      const result = await api.pull(section, signal)
      expect(result.ok).toBe(false)
    })
  },
)

describe('an answer of 100 MB', () => {
  it('is not read', async () => {
    const { api, platform, signal } = await openFaulty()
    platform.faults.add({ match: {}, fault: { kind: 'huge-body', bytes: 100_000_000 } })
    const error = errorOf(await api.pull(education, signal))
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'too-large' })
  })
})

describe('a write whose answer is lost', () => {
  const create = async (fault: Fault) => {
    const profile = await openFaulty()
    const { api, platform, signal, context } = profile
    const before = valueOf(await api.pull(memory, signal)).items.length
    platform.faults.add({ match: { method: 'POST' }, fault })
    const values = { content: 'Prefers mornings for reading.', agent: null, category: null }
    const error = errorOf(await api.create(memory, values, context))
    const after = valueOf(await api.pull(memory, signal)).items.length
    return { error, added: after - before, posts: postsTo(profile) }
  }
  const postsTo = ({ platform }: PlatformProfile) =>
    platform.requests.filter(({ method }) => method === 'POST').length

  it('E13: is told to be open when it was carried out, and sent once', async () => {
    const { error, added, posts } = await create({ kind: 'reset-after-commit' })
    expect([isAmbiguous(error), added, posts]).toEqual([true, 1, 1])
  })

  it('E13: is told to be open when it was not, and sent once', async () => {
    const { error, added, posts } = await create({ kind: 'reset-before-commit' })
    expect([isAmbiguous(error), added, posts]).toEqual([true, 0, 1])
  })

  it.each([
    { kind: 'status', status: 502, commit: true },
    { kind: 'html', status: 200, commit: true },
    { kind: 'truncated-json', framing: 'declared' },
  ] as const)('E3, E4: is told to be open after %j', async (fault) => {
    const { error, posts } = await create(fault)
    expect([isAmbiguous(error), posts]).toEqual([true, 1])
  })

  it('E15: is not repeated elsewhere by a redirect', async () => {
    const { error, added } = await create({ kind: 'redirect', location: '/elsewhere', status: 307 })
    expect([error.kind, added]).toEqual(['unexpected-answer', 0])
  })
})

describe('a connection that the server has closed meanwhile', () => {
  it('does not fail the next write', async () => {
    const { api, platform, signal, context } = await openFaulty()
    platform.faults.add({
      match: { method: 'GET' },
      times: Infinity,
      fault: { kind: 'close-after' },
    })
    const [current] = valueOf(await api.pull(basic, signal)).items
    if (!current) throw new Error('nothing read')
    await new Promise((resolve) => setTimeout(resolve, 50))
    valueOf(await api.update(basic, current, { bio: 'New.' }, context))
  })
})

describe('an upload', () => {
  const bytes = new Uint8Array(4_000_000)
  bytes.set(new TextEncoder().encode('%PDF-1.7\n'))

  const upload = async (fault: Fault) => {
    const { api, platform, signal, context, spool } = await open()
    platform.faults.add({ match: { method: 'PUT' }, fault })
    const [current] = valueOf(await api.pull(resume, signal)).items
    if (!current) throw new Error('nothing read')
    const file = spool.add('cv.pdf', bytes)
    return errorOf(await api.update(resume, current, { file }, context))
  }

  it('E5: cut off midway may be tried again', async () => {
    const error = await upload({ kind: 'reset-on-arrival' })
    expect([isTemporary(error), isAmbiguous(error)]).toEqual([true, true])
  })

  it('E5: refused for its size by a proxy is final', async () => {
    const error = await upload({ kind: 'html', status: 413 })
    expect(error).toMatchObject({ kind: 'file', reason: 'too-large' })
  })
})

describe('hostile names', () => {
  it('never reach another route', async () => {
    const { api, platform, context } = await openFaulty()
    platform.forgetRequests()
    const item = { id: asItemId('global:..'), values: {}, wire: {} }
    expect(errorOf(await api.remove(memory, item, context)).kind).toBe('refused-input')
    expect(platform.requests).toEqual([])
  })
})
