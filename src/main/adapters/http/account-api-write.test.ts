import { beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { DeclaredAnswer, DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  startDeclaredProfile,
  valueOf,
  type HttpProfile,
} from '../../../../tests/fakes/http-profile'
import { asSectionId } from '../../../shared/domain/ids'
import { isAmbiguous } from '../../../shared/errors'
import { basic } from '../../../shared/domain/sections/basic'
import { defineSection, type AnySection } from '../../../shared/domain/sections/section'
import { social } from '../../../shared/domain/sections/social'
import type { Values } from '../../../shared/domain/values'

const accountRoute = '/lms/api/user/v1/accounts/noor.haddad'
const metadataRoute = '/lms/api/ibl/users/manage/metadata/'
const imageRoute = `${accountRoute}/image`

const account = {
  username: 'noor.haddad',
  name: 'Noor Haddad',
  email: 'noor@example.org',
  bio: 'Hydrologist.',
  country: 'JO',
  year_of_birth: 1988,
  level_of_education: 'm',
  language_proficiencies: [{ code: 'ar' }],
  social_links: [{ platform: 'linkedin', social_link: 'https://www.linkedin.com/in/noor-haddad' }],
  profile_image: { has_image: false },
  requires_parental_consent: false,
}
const metadata = { username: 'noor.haddad', title: 'Lead', public_metadata: { language: 'en' } }

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await startDeclaredProfile()
  ;({ server, profile } = declared)
  declare({})
  return declared.close
})

function declare(change: object, more: object = {}): void {
  server.on(`GET ${accountRoute}`, { json: { ...account, ...change } })
  server.on(`GET ${metadataRoute}`, { json: { ...metadata, ...more } })
}

const onPatch = (...answers: readonly DeclaredAnswer[]) => {
  server.on(`PATCH ${accountRoute}`, ...answers)
}

async function pull(section: AnySection = basic) {
  const pulled = valueOf(await profile.api.pull(section, profile.signal))
  return { ...pulled, values: pulled.items[0]?.values ?? {} }
}

async function update(patch: Values, section: AnySection = basic) {
  const [current] = (await pull(section)).items
  if (!current) throw new Error('nothing read')
  return profile.api.update(section, current, patch, profile.context)
}

const patches = (): unknown[] => server.to(`PATCH ${accountRoute}`).map(({ json }) => json())
const posts = (): unknown[] => server.to(`POST ${metadataRoute}`).map(({ json }) => json())

describe('reading the account', () => {
  it('D2: asks without a slash at the end', async () => {
    await pull(social)
    expect(server.requests.map(({ path }) => path)).toEqual([accountRoute])
  })

  it('asks for the metadata with the slash before the query', async () => {
    await pull()
    expect(server.to(`GET ${metadataRoute}`)[0]?.query).toEqual({ username: 'noor.haddad' })
  })

  it('D5: offers the about text of the web page where the bio is empty, and only there', async () => {
    declare({ bio: null }, { about: 'From the web.' })
    expect((await pull()).values).toMatchObject({ bio: null, suggestedAbout: 'From the web.' })
    declare({}, { about: 'From the web.' })
    expect((await pull()).values).toMatchObject({ bio: 'Hydrologist.', suggestedAbout: null })
  })

  it('D6: offers the language of the web page only while the list is empty', async () => {
    expect((await pull()).values).toMatchObject({ languages: ['ar'], suggestedLanguage: null })
    declare({ language_proficiencies: [] })
    expect((await pull()).values).toMatchObject({ languages: [], suggestedLanguage: 'en' })
  })

  it.each(['twitter', 'x'])('D9: reads %s as one field', async (platform) => {
    declare({ social_links: [{ platform, social_link: 'https://www.twitter.com/noorhaddad' }] })
    const { values, facts } = await pull(social)
    expect(values.x).toBe('https://www.x.com/noorhaddad')
    expect(facts.xHost).toBe(`${platform}.com`)
  })

  it.each([
    ['noor-haddad', 'https://www.linkedin.com/in/noor-haddad'],
    ['http://uk.linkedin.com/in/noor-haddad/', 'https://www.linkedin.com/in/noor-haddad'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('D11: reads the stored link %s', async (social_link, shown) => {
    declare({ social_links: [{ platform: 'linkedin', social_link }] })
    expect((await pull(social)).values.linkedin).toBe(shown)
  })

  it('keeps links of platforms it has no field for', async () => {
    declare({ social_links: [{ platform: 'github', social_link: 'https://github.com/noor' }] })
    expect((await pull(social)).values.otherLinks).toEqual(['github\thttps://github.com/noor'])
  })

  it.each(['o', 'other'])('D35: reads the education level %s as other', async (level) => {
    declare({ level_of_education: level })
    expect((await pull()).values.levelOfEducation).toBe('other')
  })

  it('E9: somebody else’s account can be read and not be written', async () => {
    server.on(`GET ${accountRoute}`, { json: { username: 'noor.haddad', bio: 'x' } })
    const { items, facts } = await pull()
    expect(items[0]?.can).toEqual({ update: false })
    expect(facts.isOwn).toBe(false)
    expect(errorOf(await update({ bio: 'y' })).kind).toBe('forbidden')
    expect(patches()).toEqual([])
  })

  it('E25: null where a list belongs is an empty list', async () => {
    declare({ social_links: null, language_proficiencies: null, profile_image: null })
    expect((await pull()).values).toMatchObject({ languages: [] })
    expect((await pull(social)).values).toMatchObject({ linkedin: null, otherLinks: [] })
  })

  it('E27: a bio longer than the limit is shown whole and not sent by itself', async () => {
    const bio = 'b'.repeat(2_000)
    declare({ bio })
    onPatch({ json: { ...account, bio, name: 'N' } })
    expect((await pull()).values.bio).toBe(bio)
    await update({ name: 'N' })
    expect(patches()).toEqual([{ name: 'N' }])
  })

  it('says nothing of fields the server left out', async () => {
    server.on(`GET ${accountRoute}`, { json: { username: 'noor.haddad', email: 'a@b.c' } })
    expect((await pull()).values).not.toHaveProperty('country')
  })

  it.each([401, 403, 404])('stands alone when the metadata answers %i', async (status) => {
    server.on(`GET ${metadataRoute}`, { status })
    const { values, facts } = await pull()
    expect(values).toMatchObject({ name: 'Noor Haddad' })
    expect(values).not.toHaveProperty('title')
    expect(facts.readOnly).toEqual(['title'])
  })

  it('fails when the metadata fails in passing, so that the title does not seem gone', async () => {
    server.on(`GET ${metadataRoute}`, { act: (request) => request.socket.destroy() })
    expect((await profile.api.pull(basic, profile.signal)).ok).toBe(false)
  })

  it('E11: an account that is no object is an unexpected answer', async () => {
    server.on(`GET ${accountRoute}`, { json: [] })
    expect(errorOf(await profile.api.pull(social, profile.signal))).toMatchObject({
      kind: 'unexpected-answer',
      reason: 'shape',
    })
  })

  it('asks for a birth year where the platform misses one', async () => {
    declare({ requires_parental_consent: true, year_of_birth: null })
    expect((await pull()).facts.needsBirthYear).toBe(true)
  })
})

describe('writing the account', () => {
  it('E20: sends exactly the media type of a merge patch, and only what changed', async () => {
    onPatch({ json: { ...account, bio: 'New.' } })
    await update({ bio: 'New.' })
    const [request] = server.to(`PATCH ${accountRoute}`)
    expect(request?.headers['content-type']).toBe('application/merge-patch+json')
    expect(patches()).toEqual([{ bio: 'New.' }])
  })

  it.each([{ status: 200, json: { ...account, bio: 'New.' } }, { status: 204 }])(
    'D3: takes $status for a success',
    async (answer) => {
      onPatch(answer)
      const [current] = (await pull()).items
      declare({ bio: 'New.' })
      if (!current) throw new Error('nothing read')
      const patch = { bio: 'New.' }
      const item = valueOf(await profile.api.update(basic, current, patch, profile.context))
      expect(item?.values).toMatchObject({ bio: 'New.', title: 'Lead' })
    },
  )

  it.each([403, 404])('D4: %i means that the account is not one’s own', async (status) => {
    onPatch({ status })
    expect(errorOf(await update({ bio: 'x' }))).toMatchObject({ kind: 'forbidden', status })
  })

  it('sends emptied text as an empty text, never as null', async () => {
    onPatch({ status: 204 })
    await update({ bio: null, country: null, languages: [], yearOfBirth: null })
    expect(patches()).toEqual([
      { bio: '', language_proficiencies: [], country: '', year_of_birth: null },
    ])
  })

  it('E18: several refused fields come back each on its own', async () => {
    onPatch({
      status: 400,
      json: {
        field_errors: {
          language_proficiencies: {
            developer_message: 'd',
            user_message: 'This value is invalid.',
          },
          name: { developer_message: 'd', user_message: 'Enter your full name' },
        },
      },
    })
    expect(errorOf(await update({ name: 'x', languages: ['xx'] }))).toMatchObject({
      kind: 'invalid',
      fields: { languages: 'This value is invalid.', name: 'Enter your full name' },
    })
  })

  it('E26: an email that is not yet changed is pending, not lost', async () => {
    onPatch({ json: account })
    const item = valueOf(await update({ email: 'new@example.org' }))
    expect(item?.values).toMatchObject({
      email: 'noor@example.org',
      pendingEmail: 'new@example.org',
    })
  })

  it('E1: a throttled email change names no time', async () => {
    onPatch({ status: 429, json: { error: 'Too many requests' } })
    const error = errorOf(await update({ email: 'new@example.org' }))
    expect(error).toMatchObject({ kind: 'rate-limited', detail: 'Too many requests' })
    expect(error).not.toHaveProperty('retryAfterMs')
  })

  it('E6: a revoked token is a refusal of that host', async () => {
    const json = { error_code: 'token_expired', developer_message: 'The token has expired.' }
    onPatch({ status: 401, json })
    expect(errorOf(await update({ bio: 'x' }))).toMatchObject({
      kind: 'unauthorized',
      service: 'lms',
      detail: 'The token has expired.',
    })
  })
})

describe('writing the title', () => {
  it('D7: posts it with the name and reads it again', async () => {
    server.on(`POST ${metadataRoute}`, { json: {} })
    const [current] = (await pull()).items
    declare({}, { title: 'Principal' })
    if (!current) throw new Error('nothing read')
    const patch = { title: 'Principal' }
    const item = valueOf(await profile.api.update(basic, current, patch, profile.context))
    expect(posts()).toEqual([{ username: 'noor.haddad', title: 'Principal' }])
    expect(item?.values.title).toBe('Principal')
    expect(patches()).toEqual([])
  })

  it('D7: once refused the title is read-only', async () => {
    server.on(`POST ${metadataRoute}`, { status: 405 })
    expect((await pull()).facts).not.toHaveProperty('readOnly')
    expect(errorOf(await update({ title: 'x' })).kind).toBe('forbidden')
    expect((await pull()).facts.readOnly).toEqual(['title'])
  })

  it('D13: posts only what changed', async () => {
    declare({}, { about: 'Kept.', enable_sidebar_ai_mentor_display: true })
    server.on(`POST ${metadataRoute}`, { json: {} })
    await update({ title: 'Lead' })
    expect(posts()).toEqual([{ username: 'noor.haddad', title: 'Lead' }])
  })

  it('says of a refusal that the rest of the edit has been taken', async () => {
    server.on(`PATCH ${accountRoute}`, { json: account })
    server.on(`POST ${metadataRoute}`, { status: 403 })
    const error = errorOf(await update({ title: 'x', bio: 'New.' }))
    expect([error, isAmbiguous(error)]).toMatchObject([{ kind: 'forbidden', isPartly: true }, true])
    expect(isAmbiguous(errorOf(await update({ title: 'y' })))).toBe(false)
  })

  it('E28: taken and not kept is said', async () => {
    server.on(`POST ${metadataRoute}`, { json: {} })
    expect(errorOf(await update({ title: 'Other' })).kind).toBe('not-stored')
  })
})

describe('writing social links', () => {
  const links = () => patches().map((patch) => (patch as { social_links: unknown }).social_links)

  it('D8: sends them with the account, as full addresses', async () => {
    onPatch({ status: 204 })
    await update({ facebook: 'https://www.facebook.com/noor.h' }, social)
    expect(links()).toEqual([
      [{ platform: 'facebook', social_link: 'https://www.facebook.com/noor.h' }],
    ])
  })

  it('D12: clearing a link sends an empty text for its platform', async () => {
    onPatch({ status: 204 })
    await update({ linkedin: null }, social)
    expect(links()).toEqual([[{ platform: 'linkedin', social_link: '' }]])
  })

  it('D10: sends X as the bare name', async () => {
    onPatch({ status: 204 })
    await update({ x: 'https://www.x.com/noorhaddad' }, social)
    expect(links()).toEqual([[{ platform: 'twitter', social_link: 'noorhaddad' }]])
  })

  it('D9: writes under the name already there', async () => {
    declare({ social_links: [{ platform: 'x', social_link: 'https://www.x.com/noor' }] })
    onPatch({ status: 204 })
    await update({ x: 'https://www.x.com/noorhaddad' }, social)
    expect(links()).toEqual([[{ platform: 'x', social_link: 'noorhaddad' }]])
  })

  it('D9: asks once more by the newer name when the older one is refused', async () => {
    const refusal = { field_errors: { social_links: { user_message: 'This value is invalid.' } } }
    onPatch({ status: 400, json: refusal }, { status: 204 })
    valueOf(await update({ x: 'https://www.x.com/noorhaddad' }, social))
    expect(links().flat()).toMatchObject([{ platform: 'twitter' }, { platform: 'x' }])
  })

  it('D9: a link refused under both names is refused for the first reason', async () => {
    const refuse = (user_message: string) => ({
      status: 400,
      json: { field_errors: { social_links: { user_message } } },
    })
    onPatch(refuse('No such name.'), refuse('Unknown platform.'))
    expect(errorOf(await update({ x: 'https://www.x.com/a' }, social))).toMatchObject({
      fields: { x: 'No such name.' },
    })
    expect(patches()).toHaveLength(2)
  })

  it('D9: a refusal of another link is not about X', async () => {
    const user_message = 'a URL that contains "linkedin.com/in/"'
    onPatch({ status: 400, json: { field_errors: { social_links: { user_message } } } })
    const patch = { x: 'https://www.x.com/a', linkedin: 'https://www.linkedin.com/in/b' }
    expect(errorOf(await update(patch, social))).toMatchObject({
      fields: { linkedin: user_message },
    })
    expect(patches()).toHaveLength(1)
  })

  it('removes a link of an unknown platform and keeps the others', async () => {
    declare({
      social_links: [
        { platform: 'github', social_link: 'https://github.com/noor' },
        { platform: 'orcid', social_link: 'https://orcid.org/1' },
      ],
    })
    onPatch({ status: 204 })
    await update({ otherLinks: ['orcid\thttps://orcid.org/1'] }, social)
    expect(links()).toEqual([[{ platform: 'github', social_link: '' }]])
  })
})

describe('the picture', () => {
  const jpeg = () => profile.spool.add('me.jpg', new Uint8Array(500), 'image/jpeg')

  it('D33: is posted without a slash at the end, as the part “file”', async () => {
    server.on(`POST ${imageRoute}`, { status: 204 })
    declare({ profile_image: { has_image: true, image_url_full: '/a_500.jpg?v=2' } })
    const item = valueOf(await update({ photo: jpeg() }))
    const [request] = server.to(`POST ${imageRoute}`)
    expect(request?.body.toString('latin1')).toMatch(
      /name="file"; filename="photo\.jpg"\r\nContent-Type: image\/jpeg/,
    )
    expect(item?.values.photo).toEqual({ name: 'a_500.jpg?v=2' })
  })

  it('changes its value with every upload', async () => {
    declare({ profile_image: { has_image: true, image_url_full: '/a_500.jpg?v=1' } })
    const { values, facts } = await pull()
    expect(values.photo).toEqual({ name: 'a_500.jpg?v=1' })
    expect(facts.photoUrl).toBe('/a_500.jpg?v=1')
  })

  it('D32: refused for its size shows what the server said, at the picture', async () => {
    const user_message = 'The file must be smaller than 1 MB in size.'
    server.on(`POST ${imageRoute}`, { status: 400, json: { developer_message: 'd', user_message } })
    expect(errorOf(await update({ photo: jpeg() }))).toMatchObject({
      kind: 'invalid',
      fields: { photo: user_message },
    })
  })

  it.each([404, 405])('D34: is removed by the older route after %i', async (status) => {
    server.on(`DELETE ${imageRoute}`, { status })
    server.on('POST /lms/api/profile_images/v1/noor.haddad/remove', { status: 204 })
    expect(valueOf(await update({ photo: null }))?.values.photo).toBeNull()
  })

  it('D34: a removal that is refused for another reason is not tried again', async () => {
    server.on(`DELETE ${imageRoute}`, { status: 403 })
    expect(errorOf(await update({ photo: null })).kind).toBe('forbidden')
    expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('taken and not shown was not stored', async () => {
    server.on(`POST ${imageRoute}`, { status: 204 })
    expect(errorOf(await update({ photo: jpeg() })).kind).toBe('not-stored')
  })
})

describe('a made-up section on the account', () => {
  const contact = defineSection({
    id: asSectionId('contact'),
    title: 'Contact',
    icon: 'phone',
    cardinality: 'one',
    placement: 'section',
    service: 'lms',
    resource: { kind: 'account' },
    schema: v.object({ phoneNumber: v.nullable(v.string()), accountPrivacy: v.string() }),
    fields: {
      phoneNumber: { kind: 'text', limit: 50, label: 'Phone' },
      accountPrivacy: { kind: 'choice', options: [], label: 'Privacy' },
    },
    groups: [],
    allows: { create: false, update: true, delete: false },
    words: { one: 'contact' },
  })

  it('reads and writes by the descriptor alone', async () => {
    declare({ phone_number: '+962', account_privacy: 'private' })
    expect((await pull(contact)).values).toEqual({
      phoneNumber: '+962',
      accountPrivacy: 'private',
    })
    onPatch({ json: { ...account, phone_number: null, account_privacy: 'private' } })
    const item = valueOf(await update({ phoneNumber: null }, contact))
    expect(patches()).toEqual([{ phone_number: '' }])
    expect(item?.values.phoneNumber).toBeNull()
    expect(server.to(`GET ${metadataRoute}`)).toEqual([])
  })
})
