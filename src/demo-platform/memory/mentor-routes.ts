import { targetOf } from '../core/access'
import { type Answer, json } from '../http/answer'
import { linkTo } from '../http/paging'
import type { Call, Route } from '../http/route'
import type { JsonRecord } from '../json'
import type { Mentor } from '../store/state'

const DEFAULT_LIMIT = 12
const MAX_LIMIT = 100

export const mentorRoutes: readonly Route[] = [
  {
    service: 'dm',
    path: '/dm/api/search/orgs/{org}/users/{username}/mentors/',
    methods: { GET: search },
  },
  {
    service: 'dm',
    path: '/dm/api/ai-mentor/orgs/{org}/users/{username}/recently-accessed-mentors/',
    methods: { GET: recentlyAccessed },
  },
]

function mentorsOf(call: Call): readonly Mentor[] {
  return call.store.state().mentors.filter(({ org }) => org === call.param('org'))
}

function search(call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const words = (call.query.get('query') ?? '').toLowerCase()
  const found = mentorsOf(call).filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words),
  )
  const limit = bounded(call.query.get('limit'), DEFAULT_LIMIT, MAX_LIMIT)
  const offset = bounded(call.query.get('offset'), 0, Number.MAX_SAFE_INTEGER)
  const link = (at: number): string => {
    const query = new URLSearchParams(call.query)
    query.set('offset', String(at))
    return linkTo(call, query)
  }
  return json(200, {
    results: found.slice(offset, offset + limit).map(renderFound),
    count: found.length,
    next: offset + limit < found.length ? link(offset + limit) : null,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
    current_page: Math.floor(offset / limit) + 1,
    total_pages: Math.max(1, Math.ceil(found.length / limit)),
  })
}

function bounded(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback)
  return Number.isInteger(value) && value >= 0 && text !== '0' ? Math.min(value, max) : fallback
}

function renderFound({ id, uniqueId, name, slug, org, accessedAt }: Mentor): JsonRecord {
  return {
    id,
    unique_id: uniqueId,
    name,
    slug,
    platform: org,
    categories: [],
    types: [],
    subjects: [],
    mcp_servers: [],
    recently_accessed_at: accessedAt,
    created_at: '2025-06-01T08:00:00Z',
    updated_at: '2025-06-01T08:00:00Z',
  }
}

function recentlyAccessed(call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const rows = [...mentorsOf(call)].sort((a, b) => (a.accessedAt < b.accessedAt ? 1 : -1))
  return json(
    200,
    rows.map(({ id, uniqueId, slug, name, description, accessedAt, org }) => ({
      id,
      unique_id: uniqueId,
      slug,
      name,
      description,
      recently_accessed_at: accessedAt,
      platform_key: org,
      last_accessed_by: target.person.username,
    })),
  )
}
