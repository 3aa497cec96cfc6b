import { afterEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { career, connect, type Reply } from '../testing/client'

let platform: Platform
const start = async (options: PlatformOptions = {}): Promise<void> => {
  platform = await startPlatform({ memories: 0, ...options })
}
afterEach(() => platform.close())

const ME = '/lms/api/user/v1/me'
const VERIFY = '/dm/api/core/token/verify/'
const USERS =
  '/dm/api/core/platform/users/?platform_key=northwind&platform_org=northwind&page=1&page_size=1'
const with_ = (path: string, authorization: string): Promise<Reply> =>
  connect(platform, '').raw(path, authorization === '' ? {} : { headers: { authorization } })

describe('the credential', () => {
  it('is 64 hexadecimal characters and works on both hosts', async () => {
    await start()
    expect(platform.token).toMatch(/^[0-9a-f]{64}$/)
    expect((await connect(platform).get(ME)).body).toEqual({ username: 'noor.haddad' })
    expect((await connect(platform).get(VERIFY)).status).toBe(200)
  })

  it.each([
    ['none', ''],
    ['another token', `Api-Token ${'0'.repeat(64)}`],
    ['another scheme', 'Bearer SECRET'],
    ['a lower-case scheme', 'api-token SECRET'],
    ['two tokens', 'Api-Token SECRET SECRET'],
    ['two blanks', 'Api-Token  SECRET'],
  ])('refuses %s on both hosts with 401', async (_what, header) => {
    await start()
    const sent = header.replaceAll('SECRET', platform.token)
    for (const path of [ME, VERIFY]) {
      const { status, body } = await with_(path, sent)
      expect(status).toBe(401)
      expect(body).toEqual({ detail: 'Authentication credentials were not provided.' })
    }
  })

  it('is refused by the LMS alone where the LMS does not know it', async () => {
    await start({ lmsAuth: 'refused' })
    expect((await connect(platform).get(ME)).status).toBe(401)
    expect((await connect(platform).get(VERIFY)).status).toBe(200)
  })

  it.each([
    ['jwt', 'JWT'],
    ['bearer', 'Bearer'],
  ] as const)('of the LMS is another one on a server with %s', async (lmsAuth, scheme) => {
    await start({ lmsAuth })
    expect((await connect(platform).get(ME)).status).toBe(401)
    expect((await with_(ME, `${scheme} ${platform.lmsToken}`)).status).toBe(200)
    expect((await with_(VERIFY, `${scheme} ${platform.lmsToken}`)).status).toBe(401)
  })

  it('of the Bearer kind is refused with an error code', async () => {
    await start({ lmsAuth: 'bearer' })
    expect((await with_(ME, 'Bearer nonsense')).body).toHaveProperty(
      'error_code',
      'token_nonexistent',
    )
  })

  it('cannot be tested on the token list, which refuses every one of them', async () => {
    await start()
    expect((await connect(platform).get('/dm/api/core/platform/api-tokens/')).status).toBe(401)
  })
})

describe('what a credential opens', () => {
  it.each([
    ['own records', career('education'), 200],
    ['another person', career('education', 't.ibarra'), 403],
    ['another organisation', career('education', 'noor.haddad', 'main'), 403],
    ['an unknown organisation', career('education', 'noor.haddad', 'nowhere'), 404],
    ['the list of users', USERS, 403],
  ])('to an ordinary person: %s', async (_what, path, status) => {
    await start()
    expect((await connect(platform).get(path)).status).toBe(status)
  })

  it.each([
    ['a person of the organisation', career('education'), 200],
    ['an unknown person', career('education', 'nobody'), 404],
    ['the list of users', USERS, 200],
  ])('to an administrator: %s', async (_what, path, status) => {
    await start()
    expect((await connect(platform, platform.tokenOf('s.okafor')).get(path)).status).toBe(status)
  })

  it('to an organisation’s secret: the DM, and nothing on the LMS', async () => {
    await start()
    const client = connect(platform, platform.tokenOf(''))
    expect((await client.get(career('education'))).status).toBe(200)
    expect((await client.get(ME)).status).toBe(401)
  })

  it('to the demo person where they administer the organisation', async () => {
    await start({ administrator: true })
    expect((await connect(platform).get(USERS)).body).toMatchObject({
      count: 3,
      next_page: 2,
      previous_page: null,
      results: [{ username: 'noor.haddad', is_admin: false, platform_org: 'northwind' }],
    })
  })

  it('per organisation: another token opens the other one', async () => {
    await start()
    const client = connect(platform, platform.tokenOf('noor.haddad', 'main'))
    expect((await client.get(career('education', 'noor.haddad', 'main'))).body).toEqual([])
    expect((await client.get(career('education'))).status).toBe(403)
  })
})
