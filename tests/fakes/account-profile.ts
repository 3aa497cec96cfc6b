import type { DeclaredAnswer, DeclaredServer } from './declared-server'
import { startDeclaredProfile, valueOf, type HttpProfile } from './http-profile'
import { basic } from '../../src/shared/domain/sections/basic'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { Values } from '../../src/shared/domain/values'

export const accountRoute = '/lms/api/user/v1/accounts/noor.haddad'
export const metadataRoute = '/lms/api/ibl/users/manage/metadata/'

/** An account as the platform answers it. */
export const account = {
  username: 'noor.haddad',
  name: 'Noor Haddad',
  email: 'noor@example.org',
  bio: 'Hydrologist.',
  country: 'JO',
  year_of_birth: 1988,
  level_of_education: 'm',
  language_proficiencies: [{ code: 'ar' }],
  social_links: [{ platform: 'linkedin', social_link: 'https://www.linkedin.com/in/noor-haddad' }],
  profile_image: { has_image: false },
  requires_parental_consent: false,
}
const metadata = { username: 'noor.haddad', title: 'Lead', public_metadata: { language: 'en' } }

/** The account on a declared server, with its metadata; all is about the one opened last. */
export function accountProfile() {
  let server: DeclaredServer
  let profile: HttpProfile

  async function open() {
    const declared = await startDeclaredProfile()
    ;({ server, profile } = declared)
    declare({})
    return declared
  }

  function declare(change: object, more: object = {}): void {
    server.on(`GET ${accountRoute}`, { json: { ...account, ...change } })
    server.on(`GET ${metadataRoute}`, { json: { ...metadata, ...more } })
  }

  const onPatch = (...answers: readonly DeclaredAnswer[]) => {
    server.on(`PATCH ${accountRoute}`, ...answers)
  }

  async function pull(section: AnySection = basic) {
    const pulled = valueOf(await profile.api.pull(section, profile.signal))
    return { ...pulled, values: pulled.items[0]?.values ?? {} }
  }

  async function update(patch: Values, section: AnySection = basic) {
    const [current] = (await pull(section)).items
    if (!current) throw new Error('nothing read')
    return profile.api.update(section, current, patch, profile.context)
  }

  const patches = (): unknown[] => server.to(`PATCH ${accountRoute}`).map(({ json }) => json())

  return { open, declare, onPatch, pull, update, patches }
}
