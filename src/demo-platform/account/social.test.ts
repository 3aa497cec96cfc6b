import { afterEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, MERGE_PATCH, type Reply } from '../testing/client'

let platform: Platform
afterEach(() => platform.close())

type Links = readonly { readonly platform: string; readonly social_link: unknown }[]

const patch = (links: Links): Promise<Reply> =>
  connect(platform).send('PATCH', ACCOUNT, { social_links: links }, MERGE_PATCH)

const one = (name: string, social_link: unknown): Promise<Reply> =>
  patch([{ platform: name, social_link }])

describe('social links', () => {
  it.each([
    ['facebook', 'noor.haddad', 'https://www.facebook.com/noor.haddad'],
    ['facebook', 'http://m.facebook.com/noor.haddad/', 'https://www.facebook.com/noor.haddad'],
    ['facebook', 'facebook.com/noor.haddad?ref=x', 'https://www.facebook.com/noor.haddad'],
    ['linkedin', 'https://uk.linkedin.com/in/noor-h', 'https://www.linkedin.com/in/noor-h'],
    ['linkedin', 'HTTPS://WWW.LINKEDIN.COM/IN/Noor', 'https://www.linkedin.com/in/Noor'],
    ['twitter', 'twitter.com/noor', 'https://www.twitter.com/noor'],
    ['twitter', 'noor', 'https://www.twitter.com/noor'],
  ])('stores the %s link %s as %s', async (name, link, stored) => {
    platform = await startPlatform({ memories: 0 })
    const { status, body } = await one(name, link)
    expect(status).toBe(200)
    expect(body).toHaveProperty(
      'social_links',
      expect.arrayContaining([{ platform: name, social_link: stored }]),
    )
  })

  it.each([
    ['linkedin', 'https://www.linkedin.com/company/acme'],
    ['linkedin', 'https://www.linkedin.com/in/a/details'],
    ['twitter', 'https://x.com/noor'],
    ['facebook', 'facebook.com/groups/jordan.hydrology'],
    ['facebook', null],
    ['facebook', 'x'.repeat(101)],
    ['x', 'noor'],
    ['github', 'https://github.com/noorhaddad'],
  ])('refuses the %s link %s', async (name, link) => {
    platform = await startPlatform({ memories: 0 })
    const { status, body } = await one(name, link)
    expect(status).toBe(400)
    expect(body).toHaveProperty('field_errors.social_links.user_message')
  })

  it('says what a link must look like', async () => {
    platform = await startPlatform({ memories: 0 })
    expect((await one('linkedin', 'linkedin.com/company/acme')).body).toHaveProperty(
      'field_errors.social_links.user_message',
      'Make sure that you are providing a valid username or a URL that contains "linkedin.com/in/". ' +
        'To remove the link from your LinkedIn profile, leave this field blank.',
    )
  })

  it('merges by platform: what is not sent stays, an empty link goes', async () => {
    platform = await startPlatform({ memories: 0 })
    const { body } = await patch([
      { platform: 'twitter', social_link: '' },
      { platform: 'facebook', social_link: 'noor' },
    ])
    const names = platform.read().people[0]?.social.map((link) => link.platform)
    expect(names?.sort()).toEqual(['facebook', 'github', 'linkedin', 'orcid'])
    expect(body).toHaveProperty('social_links')
  })

  it('changes nothing for an empty list', async () => {
    platform = await startPlatform({ memories: 0 })
    const before = platform.read().people[0]?.social
    expect((await patch([])).status).toBe(200)
    expect(platform.read().people[0]?.social).toEqual(before)
  })

  it('refuses one platform twice', async () => {
    platform = await startPlatform({ memories: 0 })
    const link = { platform: 'facebook', social_link: 'noor' }
    expect((await patch([link, link])).status).toBe(400)
  })

  it('knows x instead of twitter on a newer server, and keeps a query there', async () => {
    platform = await startPlatform({ memories: 0, social: 'x' })
    expect((await one('twitter', 'noor')).status).toBe(400)
    expect((await one('x', 'https://x.com/noor?s=20')).body).toHaveProperty(
      'social_links',
      expect.arrayContaining([{ platform: 'x', social_link: 'https://www.x.com/noor?s=20' }]),
    )
  })
})
