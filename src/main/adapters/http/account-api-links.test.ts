import { beforeEach, describe, expect, it } from 'vitest'
import { accountProfile } from '../../../../tests/fakes/account-profile'
import { errorOf, valueOf } from '../../../../tests/fakes/http-profile'
import { social } from '../../../shared/domain/sections/social'

const { open, declare, onPatch, update, patches } = accountProfile()

beforeEach(async () => (await open()).close)

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
