import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { connect, MENTOR_USER, type Reply } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const TEXT: unknown = expect.any(String)
const SETTINGS = `${MENTOR_USER}/memsearch-settings/`
const STATUS = '/dm/api/ai-prompt/orgs/northwind/users/noor.haddad/memory-status/'
const read = async (path = SETTINGS): Promise<unknown> => (await connect(platform).get(path)).body
const put = (body: unknown, path = SETTINGS): Promise<Reply> =>
  connect(platform).send('PUT', path, body)

describe('the two memory switches', () => {
  it('are on from the start and say when they were changed', async () => {
    expect(await read()).toEqual({
      auto_capture_enabled: true,
      use_memory_in_responses: true,
      updated_at: TEXT,
    })
  })

  it('take one and answer with both', async () => {
    const { status, body } = await put({ use_memory_in_responses: false })
    expect(status).toBe(200)
    expect(body).toMatchObject({ auto_capture_enabled: true, use_memory_in_responses: false })
    expect(await read()).toEqual(body)
  })

  it.each([
    [{}, 'non_field_errors'],
    [{ enabled: true }, 'non_field_errors'],
    [{ auto_capture_enabled: 'yes' }, 'auto_capture_enabled'],
    [{ auto_capture_enabled: null }, 'auto_capture_enabled'],
  ])('refuse %j', async (body, key) => {
    const reply = await put(body)
    expect(reply.status).toBe(400)
    expect(reply.body).toHaveProperty(key)
  })

  it('mean the caller, whoever the path names', async () => {
    await put({ auto_capture_enabled: false }, SETTINGS.replace('noor.haddad', 't.ibarra'))
    expect(await read()).toMatchObject({ auto_capture_enabled: false })
  })

  it('mean the named person for an administrator', async () => {
    const admin = connect(platform, platform.tokenOf('s.okafor'))
    await admin.send('PUT', SETTINGS, { auto_capture_enabled: false })
    expect(await read()).toMatchObject({ auto_capture_enabled: false })
  })

  it('are missing, not off, where they were never set', async () => {
    await restart({ flags: 'unset' })
    expect(await read()).toEqual({})
    await put({ auto_capture_enabled: false })
    expect(await read()).toMatchObject({ auto_capture_enabled: false })
  })

  it('are answered and lost on a server that does not store them', async () => {
    await restart({ flagsStick: false })
    expect((await put({ auto_capture_enabled: false })).status).toBe(200)
    expect(await read()).toMatchObject({ auto_capture_enabled: true })
  })

  it('do not exist on an older server, which has its own', async () => {
    await restart({ generation: 'legacy' })
    expect((await connect(platform).get(SETTINGS)).status).toBe(404)
    expect(await read(STATUS)).toEqual({
      id: 1,
      username: 'noor.haddad',
      platform_key: 'northwind',
      enabled: true,
    })
    await put({ enabled: false }, STATUS)
    expect(await read(STATUS)).toMatchObject({ enabled: false })
  })

  it('answer 404 on an older server where they were never set', async () => {
    await restart({ generation: 'legacy', flags: 'unset' })
    expect((await connect(platform).get(STATUS)).status).toBe(404)
  })

  it('refuse an older write without its key', async () => {
    await restart({ generation: 'legacy' })
    expect((await put({}, STATUS)).body).toEqual({ enabled: ['This field is required.'] })
  })
})

describe('the organisation’s gate', () => {
  it.each([true, false])('says %s', async (memoryEnabled) => {
    await restart({ memoryEnabled })
    expect(await read(`${MENTOR_USER}/memsearch-status/`)).toEqual({
      enable_memsearch: memoryEnabled,
    })
  })

  it('closes the lists and leaves the switches when it is off', async () => {
    await restart({ memoryEnabled: false })
    expect((await connect(platform).get(`${MENTOR_USER}/global-memories/`)).status).toBe(403)
    expect((await put({ auto_capture_enabled: false })).status).toBe(200)
  })
})

describe('the switch of one mentor', () => {
  it('is read and written', async () => {
    const path = `${MENTOR_USER}/mentors/5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10/mentor-user-settings/`
    expect(await read(path)).toEqual({ reference_saved_memories: true })
    await connect(platform).send('POST', path, { reference_saved_memories: false })
    expect(await read(path)).toEqual({ reference_saved_memories: false })
    expect((await connect(platform).send('POST', path, {})).status).toBe(400)
  })
})
