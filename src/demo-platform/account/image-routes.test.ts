import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { isRecord } from '../json'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, MERGE_PATCH, type Reply } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const IMAGE = `${ACCOUNT}/image`
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(200)])
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200)])
const upload = (
  content: Buffer,
  name = 'me.jpg',
  type = 'image/jpeg',
  part = 'file',
): Promise<Reply> => connect(platform).form('POST', IMAGE, [[part, content, name, type]])

async function imageOf(): Promise<Record<string, unknown>> {
  const { body } = await connect(platform).get(ACCOUNT)
  const image = isRecord(body) ? body['profile_image'] : undefined
  return isRecord(image) ? image : {}
}

const fetchImage = (url: unknown): Promise<Response> => fetch(String(url))

describe('the profile image', () => {
  it('is there from the start, in four sizes that can be fetched', async () => {
    const image = await imageOf()
    expect(image['has_image']).toBe(true)
    for (const size of ['full', 'large', 'medium', 'small']) {
      const answer = await fetchImage(image[`image_url_${size}`])
      expect(answer.headers.get('content-type')).toBe('image/png')
    }
  })

  it('answers 204, serves the bytes back and changes the stamp', async () => {
    const before = await imageOf()
    const { status, text } = await upload(JPEG)
    expect([status, text]).toEqual([204, ''])
    const after = await imageOf()
    expect(after['image_url_full']).not.toBe(before['image_url_full'])
    expect(after['image_url_full']).toMatch(/_500\.jpg\?v=\d+$/)
    const served = Buffer.from(await (await fetchImage(after['image_url_full'])).arrayBuffer())
    expect(served.equals(JPEG)).toBe(true)
  })

  it('changes the stamp also within one second', async () => {
    await restart({ now: () => 1_700_000_000_000 })
    await upload(JPEG)
    const first = await imageOf()
    await upload(JPEG)
    expect((await imageOf())['image_url_full']).not.toBe(first['image_url_full'])
  })

  it.each<[string, [Buffer, string, string], RegExp]>([
    ['too small', [JPEG.subarray(0, 99), 'me.jpg', 'image/jpeg'], /at least 100 bytes/],
    [
      'too large',
      [Buffer.concat([JPEG, Buffer.alloc(1024 * 1024)]), 'me.jpg', 'image/jpeg'],
      /smaller than 1 MB/,
    ],
    ['of an unknown name', [JPEG, 'me.webp', 'image/jpeg'], /one of the following types/],
    ['of an unknown type', [JPEG, 'me.jpg', 'image/webp'], /one of the following types/],
    ['named unlike its bytes', [PNG, 'me.jpg', 'image/jpeg'], /extension .* does not match/],
    ['declared unlike its bytes', [PNG, 'me.png', 'image/jpeg'], /Content-Type .* does not match/],
  ])('refuses a file that is %s', async (_what, file, message) => {
    const { status, body } = await upload(...file)
    const matching: unknown = expect.stringMatching(message)
    expect(status).toBe(400)
    expect(body).toEqual({ developer_message: matching, user_message: matching })
  })

  it('wants the part to be called file', async () => {
    expect((await upload(JPEG, 'me.jpg', 'image/jpeg', 'image')).status).toBe(400)
  })

  it('takes the raw bytes with an image type too', async () => {
    const headers = {
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename=me.png',
    }
    const { status } = await connect(platform).raw(IMAGE, {
      method: 'POST',
      body: new Uint8Array(PNG),
      headers,
    })
    expect(status).toBe(204)
  })

  it('refuses another raw type with 415', async () => {
    expect((await connect(platform).send('POST', IMAGE, '{}')).status).toBe(415)
  })

  it.each(['GET', 'PUT', 'PATCH'])('has no %s', async (method) => {
    expect((await connect(platform).send(method, IMAGE)).status).toBe(405)
  })

  it('is refused without a birth year', async () => {
    await connect(platform).send('PATCH', ACCOUNT, { year_of_birth: null }, MERGE_PATCH)
    expect((await upload(JPEG)).status).toBe(400)
    expect(await imageOf()).toMatchObject({ has_image: false })
  })

  it('is taken and not shown without a birth year on a server that hides it', async () => {
    await restart({ parentalImage: 'hide' })
    await connect(platform).send('PATCH', ACCOUNT, { year_of_birth: null }, MERGE_PATCH)
    expect((await upload(JPEG)).status).toBe(204)
    expect(await imageOf()).toMatchObject({ has_image: false })
  })

  it('goes with DELETE, and a default picture stands in', async () => {
    expect((await connect(platform).send('DELETE', IMAGE)).status).toBe(204)
    const image = await imageOf()
    expect(image['has_image']).toBe(false)
    expect((await fetchImage(image['image_url_full'])).status).toBe(200)
  })

  it('goes with the deprecated route where DELETE is missing', async () => {
    await restart({ imageDelete: false })
    expect((await connect(platform).send('DELETE', IMAGE)).status).toBe(405)
    const old = '/lms/api/profile_images/v1/noor.haddad/remove'
    expect((await connect(platform).send('POST', old)).status).toBe(204)
    expect(await imageOf()).toMatchObject({ has_image: false })
  })

  it('of another person is refused with a message for developers', async () => {
    const path = '/lms/api/user/v1/accounts/t.ibarra/image'
    const { status, body } = await connect(platform).send('DELETE', path)
    expect(status).toBe(403)
    expect(body).toHaveProperty('developer_message')
  })

  it('has no path with a slash at the end', async () => {
    expect((await connect(platform).send('DELETE', `${IMAGE}/`)).status).toBe(404)
  })
})
