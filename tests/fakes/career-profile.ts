import type { DeclaredServer } from './declared-server'
import { instantClock, startDeclaredProfile, valueOf, type HttpProfile } from './http-profile'
import { education } from '../../src/shared/domain/sections/education'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { Values } from '../../src/shared/domain/values'
import type { ServerItem } from '../../src/shared/sync/state'

export const routeOf = (name: string) => `/dm/api/career/orgs/northwind/${name}/users/noor.haddad/`
export const route = routeOf('education')

/** An education as the platform answers it. */
export const record = {
  id: 311,
  user: 48_213,
  user_info: { username: 'noor.haddad' },
  institution: { id: 57, name: 'University of Jordan', institution_type: 'university' },
  degree: 'MSc',
  field_of_study: 'Hydrology',
  start_date: '2011-09-01',
  end_date: '2013-06-30',
  grade: '3.8',
  activities: null,
  description: 'Kept.',
  is_current: false,
  data: { a: [1] },
  metadata: {},
  of_a_newer_server: 'kept',
  created_at: '2025-01-04T09:05:12.004211Z',
  updated_at: '2025-03-19T16:40:00.871002Z',
}

/** The career records of a declared server, education unless told; all is about the one opened last. */
export function careerProfile() {
  let server: DeclaredServer
  let profile: HttpProfile

  async function open() {
    const declared = await startDeclaredProfile({ clock: instantClock() })
    ;({ server, profile } = declared)
    return declared
  }

  async function pull(section: AnySection = education) {
    return valueOf(await profile.api.pull(section, profile.signal)).items
  }

  async function first(section: AnySection = education): Promise<ServerItem> {
    const [item] = await pull(section)
    if (!item) throw new Error('nothing read')
    return item
  }

  async function update(patch: Values, section: AnySection = education) {
    return profile.api.update(section, await first(section), patch, profile.context)
  }

  const sent = (to: string): Record<string, unknown>[] =>
    server.to(to).map(({ json }) => json() as Record<string, unknown>)

  return { open, pull, first, update, sent }
}
