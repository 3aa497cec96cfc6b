import type { Platform } from '../../src/demo-platform/platform'
import {
  connect,
  type FormPart,
  type Reply,
  type TestClient,
} from '../../src/demo-platform/testing/client'
import type { Exchange } from './conformance'

const ORG = 'northwind'
const USER = 'noor.haddad'
const MENTOR = '5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10'
const AI = `/dm/api/ai-mentor/orgs/${ORG}/users/${USER}`
const PROMPT = `/dm/api/ai-prompt/orgs/${ORG}/users/${USER}`
const RESUME = `/dm/api/career/resume/orgs/${ORG}/users/${USER}/`
const MEMORY = { category_slug: 'preferences', content: 'Prefers maps with a scale bar.' }

const career = (kind: string): string => `/dm/api/career/orgs/${ORG}/${kind}/users/${USER}/`

export interface Recorder {
  readonly exchanges: readonly Exchange[]
  readonly get: (target: string) => Promise<unknown>
  readonly send: (method: string, target: string, body?: unknown) => Promise<unknown>
  readonly form: (method: string, target: string, parts: readonly FormPart[]) => Promise<unknown>
}

/** A client that keeps what was said on both sides. */
export function record(platform: Platform, token?: string): Recorder {
  const client: TestClient = connect(platform, token)
  const exchanges: Exchange[] = []
  const keep = (method: string, target: string, sent: Partial<Exchange>, reply: Reply): unknown => {
    const { pathname, search } = new URL(target, platform.origin)
    const answered = reply.text === '' ? {} : { responseBody: reply.body ?? reply.text }
    const { status } = reply
    exchanges.push({ method, path: pathname, query: search, ...sent, status, ...answered })
    return reply.body
  }
  return {
    exchanges,
    get: async (target) => keep('GET', target, {}, await client.get(target)),
    send: async (method, target, body) => {
      const sent = body === undefined ? {} : { requestBody: body, requestType: 'application/json' }
      return keep(method, target, sent, await client.send(method, target, body))
    },
    form: async (method, target, parts) => {
      const sent = { requestBody: true, requestType: 'multipart/form-data' }
      return keep(method, target, sent, await client.form(method, target, parts))
    },
  }
}

function idOf(value: unknown): number {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : 0
  return Number(id)
}

/** Every DM endpoint of the platform, each method once at least, as a client uses them. */
export async function everyEndpoint(own: Recorder, admin: Recorder): Promise<void> {
  await careerJourney(own)
  await resumeJourney(own)
  await switchJourney(own)
  await memoryJourney(own)
  await legacyJourney(own)
  await personJourney(own, admin)
}

async function careerJourney({ get, send }: Recorder): Promise<void> {
  const school = idOf(
    await send('POST', career('institutions'), {
      name: 'Aqaba Institute',
      institution_type: 'institute',
    }),
  )
  const firm = idOf(
    await send('POST', career('companies'), {
      name: 'Petra Sensors',
      website: 'https://petra.example',
    }),
  )
  await send('PUT', `${career('institutions')}?id=${String(school)}`, {
    id: school,
    name: 'Aqaba Marine Institute',
  })
  await send('PUT', `${career('companies')}?id=${String(firm)}`, {
    id: firm,
    name: 'Petra Sensors',
    industry: 'Other',
  })
  const study = {
    institution_id: school,
    degree: 'MSc',
    start_date: '2020-09-01',
    end_date: null,
    grade: '3.8',
    is_current: true,
  }
  const work = {
    company_id: firm,
    title: 'Adviser',
    start_date: '2022-01-01',
    is_current: false,
    data: null,
  }
  const education = idOf(await send('POST', career('education'), study))
  const experience = idOf(await send('POST', career('experience'), work))
  await send('PUT', `${career('education')}?id=${String(education)}`, {
    id: education,
    ...study,
    degree: 'PhD',
  })
  await send('PUT', `${career('experience')}?id=${String(experience)}`, {
    id: experience,
    ...work,
    title: 'Adviser, part time',
  })
  for (const kind of ['education', 'experience', 'institutions', 'companies'])
    await get(career(kind))
  await send('DELETE', `${career('education')}?id=${String(education)}`)
  await send('DELETE', `${career('experience')}?id=${String(experience)}`)
  await send('DELETE', `${career('institutions')}?id=${String(school)}`)
  await send('DELETE', `${career('companies')}?id=${String(firm)}`)
  await send('POST', career('education'), { ...study, institution_id: 999_999 })
  await send('DELETE', `${career('education')}?id=999999`)
}

async function resumeJourney({ get, form }: Recorder): Promise<void> {
  const cv: FormPart = ['resume', Buffer.from('%PDF-1.4 a new one'), 'cv.pdf', 'application/pdf']
  const parts: readonly FormPart[] = [
    ['user', USER],
    ['platform', ORG],
    cv,
    ['link_1', 'https://noor.example'],
  ]
  await get(RESUME)
  await form('POST', RESUME, parts)
  await form('PUT', RESUME, parts)
}

async function switchJourney({ get, send }: Recorder): Promise<void> {
  await get(`${AI}/memsearch-settings/`)
  await send('PUT', `${AI}/memsearch-settings/`, { use_memory_in_responses: false })
  await get(`${AI}/memsearch-status/`)
  await get(`${AI}/mentors/${MENTOR}/mentor-user-settings/`)
  await send('POST', `${AI}/mentors/${MENTOR}/mentor-user-settings/`, {
    reference_saved_memories: true,
  })
  for (const name of ['memory-status', 'chat-memory-status']) {
    await get(`${PROMPT}/${name}/`)
    await send('PUT', `${PROMPT}/${name}/`, { enabled: false })
  }
}

async function memoryJourney({ get, send }: Recorder): Promise<void> {
  const ofMentor = `${AI}/mentors/${MENTOR}/mentor-memories/`
  await get(ofMentor)
  const memory = idOf(await send('POST', ofMentor, MEMORY))
  await send('POST', ofMentor, MEMORY)
  await send('PATCH', `${ofMentor}${String(memory)}/`, { category_slug: 'learning_goals' })
  await send('DELETE', `${ofMentor}${String(memory)}/`)
  await get(`${AI}/mentors/${MENTOR}/mentor-memories-list/?my_memory=true&page=1&page_size=25`)
  await get(`${AI}/mentor-memories/`)
  await get(`${AI}/global-memories/?page=1&page_size=25`)
  const everywhere = idOf(
    await send('POST', `${AI}/global-memories/`, { content: 'Uses metric units only.' }),
  )
  await send('PATCH', `${AI}/global-memories/${String(everywhere)}/`, {
    content: 'Uses SI units only.',
  })
  await send('DELETE', `${AI}/global-memories/${String(everywhere)}/`)
  const categories = `/dm/api/ai-mentor/orgs/${ORG}/mentors/${MENTOR}/memory-categories/`
  await get(categories)
  await send('POST', categories, { name: 'Mine', slug: 'mine' })
}

async function legacyJourney({ get, send }: Recorder): Promise<void> {
  await get(`${AI}/memories/?page=1&page_size=25`)
  const entries = [{ key: 'units', value: 'Uses metric units only' }]
  await send('POST', `${AI}/memories/`, {
    name: 'units',
    platform: ORG,
    category: 'lessons_learned',
    entries,
  })
  await get(`${AI}/memory-categories/`)
  const entry = `${AI}/memory-entries/f2a0c9d4-7a2f-4f0e-8e49-2a7f9f3b1000/`
  await get(entry)
  await send('POST', entry, { key: 'schedule', value: 'Studies before 08:00' })
  await send('DELETE', entry)
  await get(entry)
}

async function personJourney(own: Recorder, admin: Recorder): Promise<void> {
  const users = `/dm/api/core/platform/users/?platform_key=${ORG}&platform_org=${ORG}&page=1&page_size=1`
  await own.get('/dm/api/core/token/verify/')
  await own.get(users)
  await admin.get(users)
  await own.get('/dm/api/core/platform/api-tokens/')
  await own.send('POST', '/dm/api/core/platform/api-tokens/', { platform_key: ORG, name: 'editor' })
  await own.get(`/dm/api/search/orgs/${ORG}/users/${USER}/mentors/?limit=2&offset=0&query=tutor`)
  await own.get(`${AI}/recently-accessed-mentors/`)
  const store = `/dm/api/core/users/platform-metadata/?platform_key=${ORG}`
  await own.get(store)
  await own.send('PATCH', store, { metadata: { theme: 'dark' }, delete_keys: ['old'] })
  await own.send('PUT', store, { metadata: {} })
  await own.send('DELETE', store)
}
