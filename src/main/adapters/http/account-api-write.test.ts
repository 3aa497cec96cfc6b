import { beforeEach, describe, expect, it } from 'vitest'
import {
  account,
  accountProfile,
  accountRoute,
  metadataRoute,
} from '../../../../tests/fakes/account-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { isAmbiguous } from '../../../shared/errors'
import { basic } from '../../../shared/domain/sections/basic'

const imageRoute = `${accountRoute}/image`

const { open, declare, onPatch, pull, update, patches } = accountProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
})

const posts = (): unknown[] => server.to(`POST ${metadataRoute}`).map(({ json }) => json())

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
