import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRecord, type JsonRecord } from '../json'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { connect, MENTOR_USER, type Reply } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform(options)
}
beforeEach(async () => {
  platform = await startPlatform()
})
afterEach(() => platform.close())

const COACH = '5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10'
const WRITER = 'e81c9d24-77aa-4b8d-8c3b-92f0a4d35c61'
const GUIDE = '0f6b1f8e-2a54-4e21-b1d9-7a8f4c0e6d33'
const OF_COACH = `${MENTOR_USER}/mentors/${COACH}/mentor-memories/`
const GLOBAL = `${MENTOR_USER}/global-memories/`
const INTERNAL: unknown = expect.stringMatching(/^http:\/\/dm-web\.internal:8000/)
const TEXT = 'Prefers maps with a scale bar.'

const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
  connect(platform).send(method, path, body)
const page = async (
  path: string,
): Promise<{ readonly count: number; readonly results: readonly JsonRecord[] }> => {
  const { body } = await connect(platform).get(path)
  const rows =
    isRecord(body) && Array.isArray(body['results']) ? body['results'].filter(isRecord) : []
  return { count: isRecord(body) ? Number(body['count']) : 0, results: rows }
}

describe('the seeded memories', () => {
  it('are 128 with different texts, over three mentors and all of them', () => {
    const own = platform.read().memories.filter(({ username }) => username === 'noor.haddad')
    expect(own).toHaveLength(128)
    expect(new Set(own.map(({ content }) => content)).size).toBe(128)
    expect(new Set(own.map(({ mentor }) => mentor)).size).toBe(4)
    expect(new Set(own.map(({ category }) => category)).size).toBe(6)
    expect(own.some(({ automatic }) => !automatic)).toBe(true)
  })

  it('can be as many as a test needs, still all different', async () => {
    await restart({ memories: 10_000 })
    const texts = platform.read().memories.map(({ content }) => content)
    expect(new Set(texts).size).toBe(10_001)
  })
})

describe('memories of one mentor', () => {
  it('come in groups by category', async () => {
    const { body } = await connect(platform).get(OF_COACH)
    const goals = (Array.isArray(body) ? body : [])
      .filter(isRecord)
      .find(({ category }) => isRecord(category) && category['slug'] === 'learning_goals')
    expect(goals).toMatchObject({
      category: { id: 8, name: 'Learning Goals', slug: 'learning_goals' },
    })
    expect(Object.values(goals ?? {}).flat()).toContainEqual(
      expect.objectContaining({
        content: 'Wants to pass the GIS exam in May.',
        mentor_id: COACH,
        is_auto_generated: false,
        email: 'noor.haddad@example.org',
      }),
    )
  })

  it('come flat and paged, newest first', async () => {
    const { count, results } = await page(
      `${MENTOR_USER}/mentors/${COACH}/mentor-memories-list/?page_size=2`,
    )
    expect(count).toBeGreaterThan(20)
    expect(results.map(({ created_at }) => created_at)).toEqual([
      '2026-11-09T06:15:44Z',
      '2026-11-05T06:15:44Z',
    ])
  })

  it.each([
    [
      'category=learning_goals',
      (row: JsonRecord) => expect(row['category']).toMatchObject({ slug: 'learning_goals' }),
    ],
    [
      'start_date=2026-11-01',
      (row: JsonRecord) => expect(String(row['created_at']) >= '2026-11-01').toBe(true),
    ],
    [
      'end_date=2026-10-03',
      (row: JsonRecord) => expect(String(row['created_at']) < '2026-10-04').toBe(true),
    ],
  ])('are filtered by %s', async (query, check) => {
    const { results } = await page(`${MENTOR_USER}/mentors/${COACH}/mentor-memories-list/?${query}`)
    expect(results.length).toBeGreaterThan(0)
    results.forEach(check)
  })

  it('show an administrator everyone’s, unless they ask for their own', async () => {
    const admin = connect(platform, platform.tokenOf('s.okafor'))
    const path = `${MENTOR_USER}/mentors/${WRITER}/mentor-memories-list/`
    expect((await admin.get(path)).text).toContain('t.ibarra')
    expect((await admin.get(`${path}?my_memory=true`)).body).toMatchObject({ count: 0 })
  })

  it('are created by hand with a category', async () => {
    const { status, body } = await send('POST', OF_COACH, {
      category_slug: 'preferences',
      content: ` ${TEXT} `,
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      content: TEXT,
      category: { slug: 'preferences' },
      is_auto_generated: false,
      source_session_id: null,
    })
  })

  it.each<[string, object, object]>([
    [
      'nine characters',
      { category_slug: 'preferences', content: '123456789' },
      { content: ['Ensure this field has at least 10 characters.'] },
    ],
    ['no text', { category_slug: 'preferences' }, { content: ['This field is required.'] }],
    ['no category', { content: TEXT }, { category_slug: ['This field is required.'] }],
    [
      'an unknown category',
      { category_slug: 'general', content: TEXT },
      { category_slug: [expect.stringContaining('general')] },
    ],
  ])('are refused with %s', async (_what, body, errors) => {
    const reply = await send('POST', OF_COACH, body)
    expect([reply.status, reply.body]).toEqual([400, errors])
  })

  it('are refused as existing when the text is the same', async () => {
    const body = { category_slug: 'preferences', content: TEXT }
    await send('POST', OF_COACH, body)
    const { status, body: answer } = await send('POST', OF_COACH, {
      ...body,
      category_slug: 'learning_goals',
    })
    expect([status, answer]).toEqual([409, { error: 'Memory already exists' }])
  })

  it('may have a text that another place has too', async () => {
    await send('POST', GLOBAL, { content: TEXT })
    const body = { category_slug: 'preferences', content: TEXT }
    expect((await send('POST', OF_COACH, body)).status).toBe(201)
  })

  it('are edited in part', async () => {
    const path = `${OF_COACH}5000/`
    expect((await send('PATCH', path, { content: TEXT })).body).toMatchObject({
      content: TEXT,
      category: { slug: 'learning_goals' },
    })
    expect((await send('PATCH', path, { category_slug: 'preferences' })).body).toMatchObject({
      content: TEXT,
    })
    expect((await send('PATCH', path, {})).status).toBe(400)
    expect((await send('PATCH', path, { content: 'short' })).status).toBe(400)
  })

  it('are deleted with 204, then 404', async () => {
    expect((await send('DELETE', `${OF_COACH}5000/`)).status).toBe(204)
    expect((await send('DELETE', `${OF_COACH}5000/`)).status).toBe(404)
  })

  it('of another person are refused', async () => {
    const foreign = platform.read().memories.find(({ username }) => username === 't.ibarra')
    const path = `${MENTOR_USER}/mentors/${WRITER}/mentor-memories/${String(foreign?.id)}/`
    expect((await send('DELETE', path)).status).toBe(403)
  })

  it('of an unknown mentor are not found', async () => {
    expect(
      (await connect(platform).get(OF_COACH.replace(COACH, GUIDE.replace('0f', '1f')))).status,
    ).toBe(404)
  })
})

describe('memories across mentors', () => {
  it('leave out the global ones and can be narrowed to one mentor', async () => {
    const all = await page(`${MENTOR_USER}/mentor-memories/`)
    expect(all.results).toHaveLength(25)
    const global = await page(GLOBAL)
    expect(all.count + global.count).toBe(128)
    const narrowed = await page(`${MENTOR_USER}/mentor-memories/?mentor=${WRITER}`)
    expect(new Set(narrowed.results.map(({ mentor_id }) => mentor_id))).toEqual(new Set([WRITER]))
  })
})

describe('global memories', () => {
  it('have no mentor and no category', async () => {
    const { results } = await page(GLOBAL)
    expect(results[0]).toMatchObject({
      platform: 'northwind',
      content: 'Prefers worked examples in Python.',
    })
    expect(results[0]).not.toHaveProperty('category')
  })

  it.each([
    ['', 25],
    ['?page_size=1000', 25],
    ['?page_size=7', 7],
    ['?page=2', 7],
    ['?search=AMMAN', 1],
  ])('with the query "%s" show %i rows', async (query, rows) => {
    expect((await page(GLOBAL + query)).results).toHaveLength(rows)
  })

  it.each(['3', '0', 'x'])('have no page %s', async (number) => {
    const { status, body } = await connect(platform).get(`${GLOBAL}?page=${number}`)
    expect([status, body]).toEqual([404, { detail: 'Invalid page.' }])
  })

  it('point to the next page, at an internal host where the server is made so', async () => {
    expect((await connect(platform).get(GLOBAL)).body).toMatchObject({
      next: `${platform.origin}${GLOBAL}?page=2`,
      previous: null,
    })
    await restart({ pageLinks: 'internal' })
    expect((await connect(platform).get(GLOBAL)).body).toMatchObject({
      next: INTERNAL,
    })
  })

  it('are created, refused as existing and deleted', async () => {
    const { status, body } = await send('POST', GLOBAL, { content: TEXT })
    expect(status).toBe(201)
    expect((await send('POST', GLOBAL, { content: TEXT })).status).toBe(409)
    const id = isRecord(body) ? String(body['id']) : ''
    expect((await send('DELETE', `${GLOBAL}${id}/`)).status).toBe(204)
  })

  it('are edited only where the server can', async () => {
    const { results } = await page(GLOBAL)
    const path = `${GLOBAL}${String(results[0]?.['id'])}/`
    expect((await send('PATCH', path, { content: TEXT })).status).toBe(405)
    await restart({ globalEdit: true })
    expect((await send('PATCH', path, { content: TEXT })).body).toMatchObject({ content: TEXT })
  })
})

describe('memory categories', () => {
  const categories = (mentor: string): string =>
    `/dm/api/ai-mentor/orgs/northwind/mentors/${mentor}/memory-categories/`

  it('are five for a mentor in use and none for a new one', async () => {
    expect((await page(categories(COACH))).count).toBe(5)
    expect((await page(categories(GUIDE))).count).toBe(0)
  })

  it('come as an array where the server is made so', async () => {
    await restart({ categoryList: 'array', memories: 0 })
    expect((await connect(platform).get(categories(COACH))).body).toHaveLength(5)
  })

  it('are for editors to change', async () => {
    expect((await send('POST', categories(COACH), { name: 'Mine' })).status).toBe(403)
  })
})

describe('mentors', () => {
  it('are searched by words and paged by offset', async () => {
    const path = '/dm/api/search/orgs/northwind/users/noor.haddad/mentors/'
    expect((await page(`${path}?query=TUTOR`)).results).toMatchObject([
      { name: 'Water models tutor' },
    ])
    const { body } = await connect(platform).get(`${path}?limit=3&offset=3`)
    expect(body).toMatchObject({
      count: 4,
      current_page: 2,
      total_pages: 2,
      next: null,
      results: [{ name: 'Onboarding guide' }],
    })
    expect(body).toHaveProperty('previous', `${platform.origin}${path}?limit=3&offset=0`)
  })

  it('are listed by when they were last used', async () => {
    const { body } = await connect(platform).get(`${MENTOR_USER}/recently-accessed-mentors/`)
    expect(body).toMatchObject([{ unique_id: COACH, name: 'GIS exam coach' }, {}, {}, {}])
  })
})
