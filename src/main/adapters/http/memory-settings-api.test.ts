import { beforeEach, describe, expect, it } from 'vitest'
import type { DeclaredAnswer, DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  startDeclaredProfile,
  valueOf,
  type HttpProfile,
} from '../../../../tests/fakes/http-profile'
import { memorySettings } from '../../../shared/domain/sections/memory-settings'
import type { Values } from '../../../shared/domain/values'

const settingsRoute = '/dm/api/ai-mentor/orgs/northwind/users/noor.haddad/memsearch-settings/'
const gateRoute = '/dm/api/ai-mentor/orgs/northwind/users/noor.haddad/memsearch-status/'
const metadataRoute = '/lms/api/ibl/users/manage/metadata/'
const accountRoute = '/lms/api/user/v1/accounts/noor.haddad'

const both = { auto_capture_enabled: true, use_memory_in_responses: false }
const account = { username: 'noor.haddad', email: 'noor@example.org' }
const metadata = { ...account, title: 'Lead', public_metadata: { tour: { seen: true } } }

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await startDeclaredProfile({ clock: instantClock() })
  ;({ server, profile } = declared)
  server.on(`GET ${metadataRoute}`, { json: metadata })
  server.on(`GET ${accountRoute}`, { json: account })
  return declared.close
})

async function pull() {
  const { items, facts } = valueOf(await profile.api.pull(memorySettings, profile.signal))
  return { values: items[0]?.values, facts, item: items[0] }
}

/** Answers of the read-back come after those of the first read. */
async function update(patch: Values, prepare: () => void = () => undefined) {
  const { item } = await pull()
  if (!item) throw new Error('nothing read')
  prepare()
  return profile.api.update(memorySettings, item, patch, profile.context)
}

const writes = () =>
  server.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, json }) => [method, path, json()])

const onSettings = (...answers: readonly DeclaredAnswer[]) => {
  server.on(`GET ${settingsRoute}`, ...answers)
}

describe('reading the switches', () => {
  it('D24: the settings endpoint decides where it exists', async () => {
    onSettings({ json: both })
    server.on(`GET ${metadataRoute}`, { json: { ...metadata, auto_capture_enabled: false } })
    const { values, facts } = await pull()
    expect(values).toEqual({ learn: true, use: false })
    expect(facts).toEqual({
      store: 'memsearch-settings',
      stores: ['memsearch-settings', 'metadata'],
    })
  })

  it.each([404, 405, 410, 501])('D24: %i there means the documents hold them', async (status) => {
    onSettings({ status })
    server.on(`GET ${metadataRoute}`, { json: { ...metadata, public_metadata: both } })
    expect((await pull()).facts).toEqual({ store: 'public_metadata', stores: ['public_metadata'] })
  })

  it('E4: a page there means nothing: the endpoint may be behind it', async () => {
    onSettings({ text: '<html>', headers: { 'content-type': 'text/html' } })
    server.on(`GET ${accountRoute}`, { json: { ...account, ...both } })
    expect(errorOf(await profile.api.pull(memorySettings, profile.signal))).toMatchObject({
      kind: 'unexpected-answer',
      reason: 'html',
    })
  })

  it.each([
    ['a page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['nothing', { status: 204 }],
    ['something else', { json: { value: [1] } }],
    ['404', { status: 404 }],
  ])('D24: %s there is a failure once the endpoint has answered', async (_name, answer) => {
    onSettings({ json: both })
    await pull()
    onSettings(answer)
    server.on(`GET ${accountRoute}`, { json: { ...account, ...both } })
    expect((await profile.api.pull(memorySettings, profile.signal)).ok).toBe(false)
  })

  it.each([401, 403])('D24: %i is a refusal and no reason to look elsewhere', async (status) => {
    onSettings({ status })
    server.on(`GET ${metadataRoute}`, { json: { ...metadata, ...both } })
    const result = await profile.api.pull(memorySettings, profile.signal)
    expect(errorOf(result)).toMatchObject({ status })
  })

  it('D25: what no store holds is not set', async () => {
    expect(await pull()).toMatchObject({
      values: { learn: null, use: null },
      facts: { store: 'none', stores: [] },
    })
  })

  it('D25: one missing key is not the other’s value', async () => {
    onSettings({ json: { use_memory_in_responses: true } })
    expect((await pull()).values).toEqual({ learn: null, use: true })
  })

  it('D24: reads each switch where one of the documents holds it', async () => {
    onSettings({ status: 404 })
    const shared = { use_memory_in_responses: true }
    server.on(`GET ${metadataRoute}`, {
      json: { ...metadata, auto_capture_enabled: false, public_metadata: shared },
    })
    expect((await pull()).values).toEqual({ learn: false, use: true })
  })

  it('works with the settings alone where the LMS refuses', async () => {
    onSettings({ json: both })
    server.on(`GET ${metadataRoute}`, { status: 401 })
    server.on(`GET ${accountRoute}`, { status: 401 })
    expect((await pull()).values).toEqual({ learn: true, use: false })
  })

  it('without the settings a failing document fails the read', async () => {
    server.on(`GET ${metadataRoute}`, { status: 503 })
    const result = await profile.api.pull(memorySettings, profile.signal)
    expect(errorOf(result).kind).toBe('server')
  })

  it.each([true, false])('E29: tells the organisation’s own switch (%s)', async (isOn) => {
    onSettings({ json: both })
    server.on(`GET ${gateRoute}`, { json: { enable_memsearch: isOn } })
    expect((await pull()).facts.gate).toBe(isOn)
  })

  it('E29: without an answer about it there is no such switch', async () => {
    onSettings({ json: both })
    expect((await pull()).facts).not.toHaveProperty('gate')
  })
})

describe('writing the switches', () => {
  it('sends only the changed one, and reads back', async () => {
    onSettings({ json: both })
    server.on(`PUT ${settingsRoute}`, { json: {} })
    const item = valueOf(
      await update({ use: true }, () => {
        onSettings({ json: { ...both, use_memory_in_responses: true } })
      }),
    )
    expect(writes()).toEqual([['PUT', settingsRoute, { use_memory_in_responses: true }]])
    expect(item?.values).toEqual({ learn: true, use: true })
  })

  it('sends both to a server that asks for the other one too', async () => {
    onSettings({ json: both }, { json: { ...both, auto_capture_enabled: false } })
    server.on(`PUT ${settingsRoute}`, { status: 400, json: { detail: 'Required.' } }, { json: {} })
    valueOf(await update({ learn: false }))
    expect(writes()).toEqual([
      ['PUT', settingsRoute, { auto_capture_enabled: false }],
      ['PUT', settingsRoute, { ...both, auto_capture_enabled: false }],
    ])
  })

  it('D24, D13: goes to every store that holds them, public metadata as a whole', async () => {
    const shared = { tour: { seen: true }, ...both }
    onSettings({ json: both })
    server.on(`GET ${metadataRoute}`, { json: { ...metadata, ...both, public_metadata: shared } })
    server.on(`GET ${accountRoute}`, { json: { ...account, ...both } })
    server.on(`PUT ${settingsRoute}`, { json: {} })
    server.on(`POST ${metadataRoute}`, { json: {} })
    server.on(`PATCH ${accountRoute}`, { status: 204 })
    const off = { auto_capture_enabled: false }
    valueOf(
      await update({ learn: false }, () => {
        onSettings({ json: { ...both, ...off } })
        const json = { ...metadata, ...both, ...off, public_metadata: { ...shared, ...off } }
        server.on(`GET ${metadataRoute}`, { json })
        server.on(`GET ${accountRoute}`, { json: { ...account, ...both, ...off } })
      }),
    )
    expect(writes()).toEqual([
      ['PUT', settingsRoute, off],
      [
        'POST',
        metadataRoute,
        { username: 'noor.haddad', ...off, public_metadata: { ...shared, ...off } },
      ],
      ['PATCH', accountRoute, off],
    ])
  })

  it('goes to the settings where they exist and hold nothing yet', async () => {
    onSettings({ json: { updated_at: null } })
    server.on(`PUT ${settingsRoute}`, { json: {} })
    valueOf(
      await update({ learn: false }, () => {
        onSettings({ json: { auto_capture_enabled: false } })
      }),
    )
    expect(writes().map(([method]) => method)).toEqual(['PUT'])
  })

  it('goes to the metadata where no store holds them', async () => {
    server.on(`POST ${metadataRoute}`, { json: {} })
    const whole = { tour: { seen: true }, auto_capture_enabled: false }
    const item = valueOf(
      await update({ learn: false }, () => {
        server.on(`GET ${metadataRoute}`, { json: { ...metadata, public_metadata: whole } })
      }),
    )
    expect(writes()).toEqual([
      ['POST', metadataRoute, { username: 'noor.haddad', public_metadata: whole }],
    ])
    expect(item?.values).toEqual({ learn: false, use: null })
  })

  it('E28: is not stored while one store shows the old value', async () => {
    onSettings({ json: both })
    server.on(`GET ${accountRoute}`, { json: { ...account, ...both } })
    server.on(`PUT ${settingsRoute}`, { json: {} })
    server.on(`PATCH ${accountRoute}`, { json: account })
    const result = await update({ use: true }, () => {
      onSettings({ json: { ...both, use_memory_in_responses: true } })
    })
    expect(errorOf(result).kind).toBe('not-stored')
  })

  it.each([404, 405])('E28: is not stored where the place to write answers %i', async (status) => {
    onSettings({ status: 404 })
    server.on(`POST ${metadataRoute}`, { status })
    expect(errorOf(await update({ learn: false }))).toEqual({ kind: 'not-stored' })
  })

  it('a store that refuses fails the write', async () => {
    onSettings({ json: both })
    server.on(`PUT ${settingsRoute}`, { status: 403 })
    expect(errorOf(await update({ use: true })).kind).toBe('forbidden')
  })
})
