import { beforeEach, describe, expect, it } from 'vitest'
import {
  account,
  accountProfile,
  accountRoute,
  metadataRoute,
} from '../../../../tests/fakes/account-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { basic } from '../../../shared/domain/sections/basic'
import { social } from '../../../shared/domain/sections/social'

const { open, declare, onPatch, pull, update, patches } = accountProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
})

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
