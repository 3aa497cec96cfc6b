import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, METADATA, type Reply } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const CONTAINS_ZARQA: unknown = expect.stringContaining('Zarqa')
const OWN = `${METADATA}?username=noor.haddad`
const read = async (): Promise<unknown> => (await connect(platform).get(OWN)).body
const post = (body: object): Promise<Reply> =>
  connect(platform).send('POST', OWN, { username: 'noor.haddad', ...body })

describe('the extended profile document', () => {
  it('holds the account and its own keys', async () => {
    expect(await read()).toMatchObject({
      email: 'noor.haddad@example.org',
      title: 'Principal data engineer',
      public_metadata: { language: 'en', tour_tooltips: { loaded_on_skills_spa: true } },
    })
  })

  it('wants a username', async () => {
    expect((await connect(platform).get(`${METADATA}?username=`)).status).toBe(400)
    expect((await connect(platform).send('POST', OWN, { title: 'x' })).status).toBe(400)
  })

  it('is closed to others', async () => {
    expect((await connect(platform).get(`${METADATA}?username=t.ibarra`)).status).toBe(403)
  })

  it('sends a path without its slash there', async () => {
    const { status, headers } = await connect(platform).get(OWN.replace('/?', '?'))
    expect([status, headers.get('location')]).toEqual([301, OWN])
  })

  it('merges the top level', async () => {
    expect((await post({ title: 'Hydrologist' })).status).toBe(200)
    expect(await read()).toMatchObject({
      title: 'Hydrologist',
      about: CONTAINS_ZARQA,
    })
  })

  it('replaces public_metadata as a whole and keeps arbitrary keys in it', async () => {
    await post({ public_metadata: { anything: [1] } })
    expect(await read()).toHaveProperty('public_metadata', { anything: [1] })
  })

  it('writes account fields through to the account', async () => {
    await post({
      bio: 'Hydrologist.',
      social_links: [{ platform: 'facebook', social_link: 'noor' }],
    })
    expect((await connect(platform).get(ACCOUNT)).body).toMatchObject({ bio: 'Hydrologist.' })
  })

  it.each([
    'date_joined',
    'profile_image',
    'is_active',
    'id',
    'extended_profile',
    'account_privacy',
    'phone_number',
  ])('refuses the read-only key %s', async (key) => {
    const { status, body } = await post({ [key]: 'x', title: 'y' })
    expect(status).toBe(400)
    expect(body).toHaveProperty(`field_errors.${key}`)
    expect(await read()).toMatchObject({ title: 'Principal data engineer' })
  })

  it('refuses null', async () => {
    expect((await post({ country: null })).body).toHaveProperty('field_errors.country')
  })

  it('refuses a whole answer sent back', async () => {
    expect((await post(Object(await read()) as object)).status).toBe(400)
  })

  it('drops top-level keys it does not know', async () => {
    expect((await post({ auto_capture_enabled: false })).status).toBe(200)
    expect(await read()).not.toHaveProperty('auto_capture_enabled')
  })

  it('keeps the memory switches on a server that stores them there', async () => {
    await restart({ flagStores: ['metadata', 'public-metadata'] })
    expect(await read()).toMatchObject({
      auto_capture_enabled: true,
      public_metadata: { use_memory_in_responses: true, language: 'en' },
    })
    await post({ auto_capture_enabled: false })
    expect(await read()).toMatchObject({ auto_capture_enabled: false })
  })

  it('loses the memory switches on a server that does not keep them', async () => {
    await restart({ flagStores: ['metadata', 'public-metadata'], flagsStick: false })
    await post({ auto_capture_enabled: false, public_metadata: { use_memory_in_responses: false } })
    expect(await read()).toMatchObject({
      auto_capture_enabled: true,
      public_metadata: { use_memory_in_responses: true },
    })
  })

  it('has no POST on a server without one', async () => {
    await restart({ metadataWrite: false })
    expect((await post({ title: 'x' })).status).toBe(405)
  })
})

describe('memory switches in the account document', () => {
  it('are read and written there on such a server', async () => {
    await restart({ flagStores: ['account'] })
    const client = connect(platform)
    expect((await client.get(ACCOUNT)).body).toMatchObject({ auto_capture_enabled: true })
    await client.send(
      'PATCH',
      ACCOUNT,
      { auto_capture_enabled: false },
      'application/merge-patch+json',
    )
    expect((await client.get(ACCOUNT)).body).toMatchObject({ auto_capture_enabled: false })
  })
})
