import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { career, connect, type Reply } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const ROWS: unknown = expect.any(Array)
const EDUCATION = career('education')
const EXPERIENCE = career('experience')
const STUDY = { institution_id: 57, degree: 'PhD', start_date: '2022-10-01' }
const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
  connect(platform).send(method, path, body)
const list = async (path: string): Promise<readonly unknown[]> => {
  const { body } = await connect(platform).get(path)
  return Array.isArray(body) ? (body as readonly unknown[]) : []
}

describe('career lists', () => {
  it.each([
    ['education', 4],
    ['experience', 5],
    ['institutions', 6],
    ['companies', 4],
  ])('show the demo person’s %s', async (kind, count) => {
    expect(await list(career(kind))).toHaveLength(count)
  })

  it('embed the parent and say whose the record is', async () => {
    const [first] = await list(EDUCATION)
    expect(first).toMatchObject({
      id: 311,
      user: 48213,
      user_info: { username: 'noor.haddad' },
      institution: { id: 57, name: 'University of Jordan', established_year: 1962 },
      grade: '3.85',
    })
    expect(first).not.toHaveProperty('institution_id')
  })

  it('share institutions in the organisation, and companies not', async () => {
    const other = connect(platform, platform.tokenOf('t.ibarra'))
    expect((await other.get(career('institutions', 't.ibarra'))).body).toHaveLength(6)
    expect((await other.get(career('companies', 't.ibarra'))).body).toHaveLength(1)
  })

  it.each([
    ['envelope', { count: 4, next: null, previous: null, results: ROWS }],
    ['data', { data: ROWS }],
    ['single', ROWS],
  ] as const)('come as %s where the server is made so', async (careerList, expected) => {
    await restart({ careerList })
    expect((await connect(platform).get(EDUCATION)).body).toEqual(expected)
  })

  it('come as the one record where there is one and the server is made so', async () => {
    await restart({ careerList: 'single', filled: false })
    await send('POST', EDUCATION, STUDY)
    expect((await connect(platform).get(EDUCATION)).body).toMatchObject({ degree: 'PhD' })
  })

  it('carry ids as strings where the server is made so', async () => {
    await restart({ idsAsStrings: true })
    expect((await list(EDUCATION))[0]).toMatchObject({ id: '311', institution: { id: '57' } })
  })

  it('name the parent by id where the server does not embed', async () => {
    await restart({ nested: false })
    const [first] = await list(EDUCATION)
    expect(first).toMatchObject({ institution_id: 57 })
    expect(first).not.toHaveProperty('institution')
  })

  it('are empty for a new person', async () => {
    await restart({ filled: false })
    expect(await list(EDUCATION)).toEqual([])
  })

  it('send a path without its slash there, also a write', async () => {
    const { status, headers } = await send('POST', EDUCATION.slice(0, -1), STUDY)
    expect([status, headers.get('location')]).toEqual([301, EDUCATION])
  })
})

describe('creating a career record', () => {
  it('answers with the whole record', async () => {
    const { status, body } = await send('POST', EDUCATION, { ...STUDY, grade: 3.8, shoe_size: 41 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      degree: 'PhD',
      grade: '3.80',
      end_date: null,
      is_current: null,
      institution: { id: 57 },
    })
    expect(body).not.toHaveProperty('shoe_size')
    expect(await list(EDUCATION)).toHaveLength(5)
  })

  it('answers 201 where the server is made so', async () => {
    await restart({ careerCreated: 201 })
    expect((await send('POST', EDUCATION, STUDY)).status).toBe(201)
  })

  it('reports every field at once and stores nothing', async () => {
    const body = { institution_id: 57, degree: '', grade: '10', end_date: 'soon' }
    const reply = await send('POST', EDUCATION, body)
    expect(reply.status).toBe(400)
    expect(reply.body).toEqual({
      degree: ['This field may not be blank.'],
      start_date: ['This field is required.'],
      end_date: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
      grade: ['Ensure that there are no more than 1 digits before the decimal point.'],
    })
    expect(await list(EDUCATION)).toHaveLength(4)
  })

  it('refuses an institution nobody has', async () => {
    expect((await send('POST', EDUCATION, { ...STUDY, institution_id: 9999 })).body).toEqual({
      institution_id: ['Invalid pk "9999" - object does not exist.'],
    })
  })

  it('takes the same record twice: there is no idempotency', async () => {
    await send('POST', EDUCATION, STUDY)
    await send('POST', EDUCATION, STUDY)
    expect(await list(EDUCATION)).toHaveLength(6)
  })

  it('keeps opaque values as they came', async () => {
    const metadata = { a: [1, { b: null }], ü: '🌊' }
    expect((await send('POST', EDUCATION, { ...STUDY, metadata, data: 'x' })).body).toMatchObject({
      metadata,
      data: 'x',
    })
  })

  it.each([
    ['text/plain', 415],
    ['application/json; charset=utf-8', 200],
  ])('with the content type %s answers %i', async (type, status) => {
    expect((await connect(platform).send('POST', EDUCATION, STUDY, type)).status).toBe(status)
  })

  it('refuses a body that is not JSON', async () => {
    expect((await send('POST', EDUCATION, '{"degree":')).body).toHaveProperty('detail')
  })

  it('needs a title for experience', async () => {
    const { body } = await send('POST', EXPERIENCE, {
      company_id: 140,
      start_date: '2020-01-01',
      is_current: null,
    })
    expect(body).toEqual({
      title: ['This field is required.'],
      is_current: ['This field may not be null.'],
    })
  })
})

describe('replacing a career record', () => {
  it('erases what was not sent', async () => {
    const { status, body } = await send('PUT', `${EDUCATION}?id=311`, { id: 311, ...STUDY })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 311,
      degree: 'PhD',
      grade: null,
      activities: null,
      metadata: null,
    })
  })

  it('moves the time of change and leaves that of creation', async () => {
    const { body } = await send('PUT', `${EDUCATION}?id=311`, STUDY)
    expect(body).toMatchObject({ created_at: '2025-01-04T09:05:12.004211Z' })
    expect(body).not.toMatchObject({ updated_at: '2025-01-04T09:05:12.004211Z' })
  })

  it.each([
    ['either', '?id=311', undefined, 200],
    ['either', '', 311, 200],
    ['either', '', '311', 200],
    ['query', '?id=311', undefined, 200],
    ['query', '', 311, 400],
    ['body', '', 311, 200],
    ['body', '?id=311', undefined, 400],
    ['either', '', undefined, 400],
    ['either', '?id=999', undefined, 404],
  ] as const)(
    'with the id looked for in %s, given as "%s" and %s, answers %i',
    async (idPlace, query, id, status) => {
      await restart({ idPlace })
      const body = id === undefined ? STUDY : { id, ...STUDY }
      expect((await send('PUT', EDUCATION + query, body)).status).toBe(status)
    },
  )

  it('does not reach another person’s record', async () => {
    expect((await send('PUT', `${EDUCATION}?id=341`, STUDY)).status).toBe(404)
  })

  it('changes a shared institution for everyone', async () => {
    await send('PUT', `${career('institutions')}?id=60`, { id: 60, name: 'Granada' })
    const other = connect(platform, platform.tokenOf('t.ibarra'))
    expect((await other.get(career('education', 't.ibarra'))).body).toMatchObject([
      { institution: { name: 'Granada' } },
    ])
  })
})

describe('deleting a career record', () => {
  it('answers 204, then 404', async () => {
    expect((await send('DELETE', `${EXPERIENCE}?id=902`)).status).toBe(204)
    expect((await send('DELETE', `${EXPERIENCE}?id=902`)).status).toBe(404)
    expect(await list(EXPERIENCE)).toHaveLength(4)
  })

  it('needs an id', async () => {
    expect((await send('DELETE', EXPERIENCE)).status).toBe(400)
    expect(await list(EXPERIENCE)).toHaveLength(5)
  })

  it('protects an institution that is in use', async () => {
    expect((await send('DELETE', `${career('institutions')}?id=57`)).status).toBe(400)
    expect((await send('DELETE', `${career('institutions')}?id=62`)).status).toBe(204)
  })

  it('does not exist on a server without it', async () => {
    await restart({ careerDelete: false })
    const { status, body } = await send('DELETE', `${EXPERIENCE}?id=902`)
    expect([status, body]).toEqual([405, { detail: 'Method "DELETE" not allowed.' }])
  })
})
