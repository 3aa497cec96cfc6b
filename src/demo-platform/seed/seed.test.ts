import { inflateSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, METADATA } from '../testing/client'

let platform: Platform
afterEach(() => platform.close())

describe('the demo person', () => {
  it('has a filled profile', async () => {
    platform = await startPlatform()
    const { people, career } = platform.read()
    expect(people[0]).toMatchObject({
      name: 'Noor Haddad',
      country: 'JO',
      year_of_birth: 1988,
      level_of_education: 'm',
      languages: ['ar', 'en', 'fr'],
      document: { title: 'Principal data engineer' },
    })
    const own = career.experience.filter(({ username }) => username === 'noor.haddad')
    expect(own.map(({ fields }) => fields['title'])).toEqual([
      'Lead data engineer',
      'Data engineer',
      'Hydrologist',
      'Field assistant',
      'Summer intern',
    ])
    expect(people[0]?.bio?.length).toBeLessThanOrEqual(300)
  })

  it('has nothing but a name on their first day', async () => {
    platform = await startPlatform({ filled: false })
    const { body } = await connect(platform).get(ACCOUNT)
    expect(body).toMatchObject({
      name: 'Noor Haddad',
      bio: null,
      language_proficiencies: [],
      social_links: [],
      requires_parental_consent: true,
      profile_image: { has_image: false },
    })
    const document = await connect(platform).get(`${METADATA}?username=noor.haddad`)
    expect(document.body).not.toHaveProperty('title')
  })

  it('has a picture whose pixels are all there', async () => {
    platform = await startPlatform({ memories: 0 })
    const png = platform.blob(platform.read().people[0]?.image?.blob ?? '') ?? Buffer.alloc(0)
    const at = png.indexOf('IDAT')
    const packed = png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))
    expect(inflateSync(packed)).toHaveLength((240 * 3 + 1) * 240)
  })
})
