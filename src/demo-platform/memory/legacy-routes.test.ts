import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { connect, MENTOR_USER, type Reply } from '../testing/client'

let platform: Platform
beforeEach(async () => {
  platform = await startPlatform({ generation: 'legacy' })
})
afterEach(() => platform.close())

const MEMORIES = `${MENTOR_USER}/memories/`
const ENTRY = `${MENTOR_USER}/memory-entries/f2a0c9d4-7a2f-4f0e-8e49-2a7f9f3b1000/`
const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
  connect(platform).send(method, path, body)

describe('memories of the older generation', () => {
  it('stand in for the current ones, which such a server does not have', async () => {
    expect((await connect(platform).get(`${MENTOR_USER}/global-memories/`)).status).toBe(404)
    expect((await connect(platform).get(MEMORIES)).body).toMatchObject({
      count: 4,
      next: null,
      results: [
        { name: 'study habits', entries: [{ key: 'schedule', value: 'Studies after 20:00' }, {}] },
        {},
        {},
        {},
      ],
    })
  })

  it('do not exist on a current server', async () => {
    await platform.close()
    platform = await startPlatform({ memories: 0 })
    expect((await connect(platform).get(MEMORIES)).status).toBe(404)
  })

  it('are filtered by category and mentor', async () => {
    expect((await connect(platform).get(`${MEMORIES}?category=help_requests`)).body).toMatchObject({
      count: 1,
    })
    expect((await connect(platform).get(`${MEMORIES}?mentor=nobody`)).body).toMatchObject({
      count: 0,
    })
  })

  it('are created with an answer that is the list', async () => {
    const body = {
      name: 'units',
      platform: 'northwind',
      category: 'lessons_learned',
      entries: [{ key: 'units', value: 'metric' }],
    }
    expect((await send('POST', MEMORIES, body)).body).toMatchObject({ count: 5 })
    expect((await send('POST', MEMORIES, { name: 'x' })).status).toBe(400)
    expect((await send('POST', MEMORIES, { entries: [{ key: 'x' }] })).status).toBe(400)
  })

  it('have entries that are read, edited by POST and deleted', async () => {
    expect((await connect(platform).get(ENTRY)).body).toMatchObject({
      key: 'schedule',
      category: 'personal_information',
    })
    expect((await send('POST', ENTRY, { value: 'Studies before 08:00' })).body).toMatchObject({
      key: 'schedule',
      value: 'Studies before 08:00',
    })
    expect((await send('DELETE', ENTRY)).status).toBe(200)
    expect((await connect(platform).get(ENTRY)).status).toBe(404)
  })

  it('vanish by the category when a category’s name is deleted instead of an id', async () => {
    await send('DELETE', `${MENTOR_USER}/memory-entries/personal_information/`)
    expect((await connect(platform).get(MEMORIES)).body).toMatchObject({ count: 3 })
  })

  it('have four category names', async () => {
    expect((await connect(platform).get(`${MENTOR_USER}/memory-categories/`)).body).toEqual({
      categories: ['lessons_learned', 'knowledge_gaps', 'help_requests', 'personal_information'],
    })
  })
})
