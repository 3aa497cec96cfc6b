import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { connect, type Reply } from '../testing/client'

let platform: Platform
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const STORE = '/dm/api/core/users/platform-metadata/'
const OWN = `${STORE}?platform_key=northwind`
const send = (method: string, body?: unknown, path = OWN): Promise<Reply> =>
  connect(platform).send(method, path, body)

describe('the key-value store', () => {
  it('is empty before anything is stored', async () => {
    expect((await send('GET')).body).toMatchObject({ username: 'noor.haddad', metadata: {} })
  })

  it('merges, deletes keys, replaces and clears', async () => {
    await send('PATCH', { metadata: { theme: 'dark', old: 1 } })
    expect(
      (await send('PATCH', { metadata: { size: 2 }, delete_keys: ['old'] })).body,
    ).toMatchObject({ metadata: { theme: 'dark', size: 2 } })
    expect((await send('PUT', { metadata: { a: 1 } })).body).toHaveProperty('metadata', { a: 1 })
    expect((await send('DELETE')).status).toBe(204)
    expect((await send('GET')).body).toHaveProperty('metadata', {})
  })

  it.each<[string, string, number, object]>([
    ['no organisation', STORE, 400, { error: 'platform_key query parameter is required' }],
    [
      'an unknown organisation',
      `${STORE}?platform_key=nowhere`,
      404,
      { error: 'Platform not found' },
    ],
    [
      'another person',
      `${OWN}&username=t.ibarra`,
      403,
      { error: "Only tenant admins can access other users' metadata" },
    ],
  ])('is closed to %s', async (_what, path, status, answer) => {
    const reply = await send('GET', undefined, path)
    expect([reply.status, reply.body]).toEqual([status, answer])
  })

  it.each([
    [{}, { non_field_errors: ['At least one of metadata, delete_keys is required.'] }],
    [{ metadata: [] }, { error: 'metadata must be a JSON object' }],
  ])('refuses %j', async (body, answer) => {
    const reply = await send('PATCH', body)
    expect([reply.status, reply.body]).toEqual([400, answer])
  })

  it('is open to administrators under another name', async () => {
    const admin = connect(platform, platform.tokenOf('s.okafor'))
    expect((await admin.get(`${OWN}&username=t.ibarra`)).status).toBe(200)
    expect((await admin.get(`${OWN}&username=nobody`)).body).toEqual({ error: 'User not found' })
  })
})
