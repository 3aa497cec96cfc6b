import type { DeclaredAnswer, DeclaredServer } from './declared-server'
import { instantClock, startDeclaredProfile } from './http-profile'

const org = '/dm/api/ai-mentor/orgs/northwind'
const user = `${org}/users/noor.haddad`
export const mentor = '5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10'
export const routes = {
  across: `${user}/mentor-memories/`,
  global: `${user}/global-memories/`,
  ofMentor: `${user}/mentors/${mentor}/mentor-memories/`,
  pages: `${user}/mentors/${mentor}/mentor-memories-list/`,
  categories: `${org}/mentors/${mentor}/memory-categories/`,
  legacy: `${user}/memories/`,
  entry: (id: string) => `${user}/memory-entries/${id}/`,
  gate: `${user}/memsearch-status/`,
  recent: `${user}/recently-accessed-mentors/`,
  searched: '/dm/api/search/orgs/northwind/users/noor.haddad/mentors/',
}

export const preferences = { id: 9, name: 'Preferences', slug: 'preferences' }
export const mine = {
  id: 5012,
  mentor_id: mentor,
  username: 'noor.haddad',
  category: preferences,
  content: 'Prefers worked examples.',
  is_auto_generated: true,
  created_at: '2026-08-03T06:15:44Z',
}
export const everywhere = { id: 61, platform: 'northwind', content: 'Works in Amman.' }
export const entryId = 'f2a0c9d4-7a2f-4f0e-8e49-2a7f9f3b1c55'

export const page = (...results: readonly object[]): DeclaredAnswer => ({
  json: { count: results.length, next: null, previous: null, results },
})

/** A declared server with one agent; `on` is about the one opened last. */
export function memoriesProfile() {
  let server: DeclaredServer

  async function open() {
    const declared = await startDeclaredProfile({ clock: instantClock() })
    ;({ server } = declared)
    on(`GET ${routes.recent}`, { json: [{ unique_id: mentor, name: 'Water tutor' }] })
    return declared
  }

  const on = (route: string, ...answers: readonly DeclaredAnswer[]) => {
    server.on(route, ...answers)
  }

  return { open, on }
}
