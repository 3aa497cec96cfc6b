import { type Answer, detail, empty, failure, forbidden, json, notFound } from '../http/answer'
import type { Call, Route } from '../http/route'
import type { JsonRecord } from '../json'
import type { Person } from '../store/state'

export const userRoutes: readonly Route[] = [
  { service: 'dm', path: '/dm/api/core/platform/users/', methods: { GET: listUsers } },
  { service: 'dm', path: '/dm/api/core/token/verify/', methods: { GET: () => empty(200) } },
  {
    // Answers 401 to every platform token, good or bad, so it is no use for testing one.
    service: 'open',
    path: '/dm/api/core/platform/api-tokens/',
    methods: { GET: refuseToken, POST: refuseToken },
  },
]

function refuseToken(): Answer {
  return detail(401, 'Authentication credentials were not provided.')
}

function listUsers(call: Call): Answer {
  const org = call.query.get('platform_key')
  if (org === null || org === '') return failure(400, 'platform_key query parameter is required')
  if (!call.store.state().orgs.includes(org)) return notFound()
  if (!call.caller.admin || call.caller.org !== org) return forbidden()
  const words = (call.query.get('query') ?? '').toLowerCase()
  const found = call.store
    .state()
    .people.filter((person) => person.orgs.includes(org))
    .filter(({ username, name, email }) =>
      `${username} ${name} ${email}`.toLowerCase().includes(words),
    )
  const size = Math.max(1, Number(call.query.get('page_size') ?? 10) || 10)
  const page = Math.max(1, Number(call.query.get('page') ?? 1) || 1)
  const rows = found.slice((page - 1) * size, page * size).map((person) => renderUser(person, org))
  const policies = call.query.has('return_policies')
  return json(200, {
    count: found.length,
    next_page: page * size < found.length ? page + 1 : null,
    previous_page: page > 1 ? page - 1 : null,
    results: policies ? { allowed_policies: [], data: rows } : rows,
  })
}

function renderUser(person: Person, org: string): JsonRecord {
  return {
    username: person.username,
    user_id: person.id,
    name: person.name,
    email: person.email,
    platform_key: org,
    platform_org: org,
    is_admin: person.username === 's.okafor',
    is_staff: false,
    active: true,
    added_on: person.dateJoined,
    expired_on: null,
  }
}
