import { afterEach, describe, expect, it } from 'vitest'
import { selfItemId } from '../../../shared/domain/ids'
import { basic } from '../../../shared/domain/sections/basic'
import { social } from '../../../shared/domain/sections/social'
import { platformProfiles } from '../../../../tests/fakes/http-platform'
import { valueOf } from '../../../../tests/fakes/http-profile'
import { only, pull, update } from '../../../../tests/fakes/platform-sections'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

describe('basic information', () => {
  it('reads what the platform has', async () => {
    const profile = await open()
    const { items, facts } = await pull(profile, basic)
    expect(items).toHaveLength(1)
    expect(items[0]?.id).toBe(selfItemId)
    expect(items[0]?.values).toMatchObject({ name: 'Noor Haddad', pendingEmail: null })
    expect(facts).toMatchObject({ isOwn: true })
  })

  it.each([{ patchAnswer: 200 }, { patchAnswer: 204 }] as const)(
    'writes every field and reads it back with %o',
    async (options) => {
      const profile = await open(options)
      const patch = {
        name: 'Noor H.',
        title: 'Principal data engineer',
        bio: 'Hydrologist.',
        languages: ['en', 'ar', 'zh_HANS'],
        country: 'DE',
        yearOfBirth: 1990,
        levelOfEducation: 'other',
      }
      const item = valueOf(await update(profile, basic, patch))
      expect(item?.values).toMatchObject({ ...patch, languages: ['ar', 'en', 'zh_HANS'] })
      expect((await only(profile, basic)).values).toEqual(item?.values)
    },
  )

  it('empties every field that can be empty', async () => {
    const profile = await open()
    const patch = { title: null, bio: null, languages: [], country: null, levelOfEducation: null }
    valueOf(await update(profile, basic, patch))
    expect((await only(profile, basic)).values).toMatchObject(patch)
  })

  it('announces an email change that waits for its confirmation', async () => {
    const profile = await open()
    const before = (await only(profile, basic)).values.email
    const item = valueOf(await update(profile, basic, { email: 'new@example.org' }))
    expect(item?.values).toMatchObject({ email: before, pendingEmail: 'new@example.org' })
    profile.platform.confirmEmail(profile.platform.username)
    expect((await only(profile, basic)).values.email).toBe('new@example.org')
  })

  it('replaces and removes the picture', async () => {
    const profile = await open()
    const jpeg = new Uint8Array(4_000)
    jpeg.set([0xff, 0xd8, 0xff, 0xe0])
    const photo = profile.spool.add('me.jpg', jpeg, 'image/jpeg')
    const before = await only(profile, basic)
    const item = valueOf(await update(profile, basic, { photo }))
    expect(item?.values.photo).not.toEqual(before.values.photo)
    expect((await pull(profile, basic)).facts).toHaveProperty('photoUrl')
    const without = valueOf(await update(profile, basic, { photo: null }))
    expect(without?.values.photo).toBeNull()
    expect((await pull(profile, basic)).facts).not.toHaveProperty('photoUrl')
  })
})

describe('social links', () => {
  it.each([{ social: 'twitter' }, { social: 'x' }] as const)(
    'writes, reads back and removes each with %o',
    async (options) => {
      const profile = await open(options)
      const none = { linkedin: null, facebook: null, x: null }
      valueOf(await update(profile, social, none))
      expect((await only(profile, social)).values).toMatchObject(none)
      const links = {
        linkedin: 'https://www.linkedin.com/in/noor-haddad',
        facebook: 'https://www.facebook.com/noor.haddad',
        x: 'https://www.x.com/noorhaddad',
      }
      const item = valueOf(await update(profile, social, links))
      expect(item?.values).toMatchObject(links)
      expect((await pull(profile, social)).facts).toMatchObject({ xHost: `${options.social}.com` })
    },
  )
})
