import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { isRecord } from '../json'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, MERGE_PATCH, type Reply } from '../testing/client'

let platform: Platform
const start = async (options: PlatformOptions = {}): Promise<void> => {
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(() => start())
afterEach(() => platform.close())

const patch = (body: unknown): Promise<Reply> =>
  connect(platform).send('PATCH', ACCOUNT, body, MERGE_PATCH)
const read = async (): Promise<unknown> => (await connect(platform).get(ACCOUNT)).body
const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : [])
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  await start(options)
}

describe('reading an account', () => {
  it('shows the own account with its address and 28 keys', async () => {
    const body = await read()
    expect(body).toMatchObject({
      username: 'noor.haddad',
      id: 48213,
      email: 'noor.haddad@example.org',
    })
    expect(keysOf(body)).toHaveLength(28)
  })

  it('sorts languages by code and links by platform', async () => {
    expect(await read()).toMatchObject({
      language_proficiencies: [{ code: 'ar' }, { code: 'en' }, { code: 'fr' }],
      social_links: [
        { platform: 'github' },
        { platform: 'linkedin', social_link: 'https://www.linkedin.com/in/noor-haddad' },
        { platform: 'orcid' },
        { platform: 'twitter', social_link: 'https://www.twitter.com/noorhaddad' },
      ],
    })
  })

  it('shows somebody else’s account without address', async () => {
    const { status, body } = await connect(platform).get('/lms/api/user/v1/accounts/t.ibarra')
    expect(status).toBe(200)
    expect(keysOf(body)).toEqual(['username', 'account_privacy', 'profile_image'])
  })

  it('shows the shared view of the own account on request', async () => {
    const { body } = await connect(platform).get(`${ACCOUNT}?view=shared`)
    expect(body).not.toHaveProperty('email')
    expect(body).toHaveProperty('bio')
  })

  it('answers an unknown person with an empty 404', async () => {
    const { status, text } = await connect(platform).get('/lms/api/user/v1/accounts/nobody')
    expect([status, text]).toEqual([404, ''])
  })

  it('knows no account path with a slash at the end', async () => {
    expect((await connect(platform).get(`${ACCOUNT}/`)).status).toBe(404)
  })

  it('decodes a percent-encoded username', async () => {
    expect((await connect(platform).get('/lms/api/user/v1/accounts/noor%2Ehaddad')).status).toBe(
      200,
    )
  })
})

describe('writing an account', () => {
  it.each(['application/json', `${MERGE_PATCH}; charset=utf-8`, 'application/merge-patch'])(
    'refuses the content type %s',
    async (type) => {
      const { status, body } = await connect(platform).send('PATCH', ACCOUNT, { bio: 'x' }, type)
      expect(status).toBe(415)
      expect(body).toEqual({ detail: `Unsupported media type "${type}" in request.` })
    },
  )

  it.each(['[]', '"bio"', 'null', '{"bio":'])('refuses the body %s', async (body) => {
    expect((await patch(body)).status).toBe(400)
  })

  it('answers with the whole account and keeps what was not sent', async () => {
    const { status, body } = await patch({ bio: 'Hydrologist.' })
    expect(status).toBe(200)
    expect(body).toEqual(await read())
    expect(body).toMatchObject({ bio: 'Hydrologist.', name: 'Noor Haddad' })
  })

  it('answers with nothing on a server of the old kind', async () => {
    await restart({ patchAnswer: 204 })
    const { status, text } = await patch({ bio: 'Hydrologist.' })
    expect([status, text]).toEqual([204, ''])
    expect(await read()).toMatchObject({ bio: 'Hydrologist.' })
  })

  it('reports all errors at once and saves nothing', async () => {
    const before = await read()
    const { status, body } = await patch({
      name: '',
      bio: 'x'.repeat(301),
      language_proficiencies: [{ code: 'xx' }],
      country: 'JO',
      gender: 'f',
    })
    expect(status).toBe(400)
    expect(body).toEqual({
      field_errors: {
        name: {
          developer_message: "Error thrown from validate_name: 'Enter your full name'",
          user_message: 'Enter your full name',
        },
        bio: {
          developer_message: matching(/^Value 'x+' is not valid for field 'bio': \['The about me/),
          user_message: 'The about me field must be at most 300 characters long.',
        },
        language_proficiencies: {
          developer_message:
            "Value '[{'code': 'xx'}]' is not valid for field 'language_proficiencies': " +
            "[{'code': ['\"xx\" is not a valid choice.']}]",
          user_message: 'This value is invalid.',
        },
      },
    })
    expect(await read()).toEqual(before)
  })

  it('ignores keys it does not know', async () => {
    const before = await read()
    expect((await patch({ auto_capture_enabled: false, shoe_size: 41 })).status).toBe(200)
    expect(await read()).toEqual(before)
  })

  it.each(['username', 'date_joined', 'is_active', 'profile_image', 'requires_parental_consent'])(
    'refuses to change %s',
    async (key) => {
      const { status, body } = await patch({ [key]: 'x' })
      expect(status).toBe(400)
      expect(body).toHaveProperty(
        `field_errors.${key}.user_message`,
        `The '${key}' field cannot be edited.`,
      )
    },
  )

  it.each<[string, unknown]>([
    ['name', null],
    ['name', '   '],
    ['name', 'a'.repeat(256)],
    ['name', 'Noor <Haddad>'],
    ['name', 'see http://noor.example'],
    ['gender', 'x'],
    ['level_of_education', 'o'],
    ['country', 'XX'],
    ['state', 'Amman'],
    ['year_of_birth', 'soon'],
    ['account_privacy', ''],
    ['phone_number', '1'.repeat(51)],
    ['language_proficiencies', [{ code: 'en' }, { code: 'en' }]],
    ['language_proficiencies', null],
    ['social_links', null],
    ['email', 'noor@'],
    ['email', 'noor.haddad@example.org'],
  ])('refuses %s when it is %j', async (key, value) => {
    const { status, body } = await patch({ [key]: value })
    expect(status).toBe(400)
    expect(body).toHaveProperty(`field_errors.${key}.developer_message`)
  })

  it.each<[string, unknown, unknown]>([
    ['name', '  Noor H.  ', 'Noor H.'],
    ['bio', '', null],
    ['bio', '🌊'.repeat(300), '🌊'.repeat(300)],
    ['gender', '', null],
    ['country', '', null],
    ['level_of_education', '', null],
    ['goals', '', ''],
    ['mailing_address', '', ''],
    ['phone_number', '+962 (6) 555-0100', '+96265550100'],
    ['year_of_birth', '1990', 1990],
    ['language_proficiencies', [], []],
    [
      'language_proficiencies',
      [{ code: 'zh_HANS' }, { code: 'ar' }],
      [{ code: 'ar' }, { code: 'zh_HANS' }],
    ],
  ])('stores %s given as %j as %j', async (key, value, stored) => {
    expect((await patch({ [key]: value })).status).toBe(200)
    expect(await read()).toHaveProperty(key, stored)
  })

  it('dies with 500 on a null biography', async () => {
    const { status, headers } = await patch({ bio: null })
    expect(status).toBe(500)
    expect(headers.get('content-type')).toContain('text/html')
  })

  it('erases the state with any country but the United States', async () => {
    await patch({ country: 'US', state: 'CA' })
    expect(await read()).toMatchObject({ state: 'CA' })
    await patch({ country: 'JO' })
    expect(await read()).toMatchObject({ country: 'JO', state: null })
  })

  it('makes an account without birth year private, whatever was chosen', async () => {
    await patch({ year_of_birth: null })
    expect(await read()).toMatchObject({
      requires_parental_consent: true,
      account_privacy: 'private',
    })
  })

  it('takes a city and never shows it', async () => {
    expect((await patch({ city: 'Amman' })).body).not.toHaveProperty('city')
  })

  it.each([403, 404] as const)(
    'answers %i with an empty body for another person',
    async (foreignAccount) => {
      await restart({ foreignAccount })
      for (const username of ['t.ibarra', 'nobody']) {
        const path = `/lms/api/user/v1/accounts/${username}`
        const { status, text } = await connect(platform).send(
          'PATCH',
          path,
          { bio: 'x' },
          MERGE_PATCH,
        )
        expect([status, text]).toEqual([foreignAccount, ''])
      }
    },
  )

  it('refuses fields the site has locked', async () => {
    await restart({ lockedFields: ['name'] })
    expect((await patch({ name: 'Noor' })).status).toBe(400)
  })
})

describe('changing the email address', () => {
  it('keeps the old one until the mailed link is opened', async () => {
    const { status, body } = await patch({ email: 'noor@new.example' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ email: 'noor.haddad@example.org' })
    platform.confirmEmail('noor.haddad')
    expect(await read()).toMatchObject({ email: 'noor@new.example' })
  })

  it('takes an address somebody else has and drops it', async () => {
    expect((await patch({ email: 't.ibarra@example.org' })).status).toBe(200)
    platform.confirmEmail('noor.haddad')
    expect(await read()).toMatchObject({ email: 'noor.haddad@example.org' })
  })

  it('answers without field errors where the site has switched changes off', async () => {
    await restart({ emailChanges: 'disabled' })
    const { status, body } = await patch({ email: 'noor@new.example', bio: 'x' })
    expect(status).toBe(400)
    expect(body).toEqual({
      developer_message: 'Email address changes have been disabled by the site operators.',
      user_message: null,
    })
  })

  it('throttles without saying for how long', async () => {
    await restart({ emailChanges: 'throttled' })
    const { status, body, headers } = await patch({ email: 'noor@new.example' })
    expect([status, body, headers.get('retry-after')]).toEqual([
      429,
      { error: 'Too many requests' },
      null,
    ])
  })
})
