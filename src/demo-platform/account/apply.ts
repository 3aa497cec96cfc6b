import { isRecord, type JsonRecord, shown } from '../json'
import type { Settings } from '../options'
import type { Person, PlatformState, SocialLink } from '../store/state'
import { mergeLinks } from './social'

const TEXTS = [
  'bio',
  'country',
  'state',
  'city',
  'gender',
  'goals',
  'level_of_education',
  'mailing_address',
] as const

export interface Surroundings {
  readonly state: PlatformState
  readonly settings: Settings
}

/** Stores a checked update. Keys that are not account fields are dropped, as the server does. */
export function applyAccount(person: Person, update: JsonRecord, around: Surroundings): void {
  for (const key of TEXTS) {
    const value = update[key]
    if (typeof value === 'string' || value === null) person[key] = value
  }
  applyNamed(person, update)
  applyLists(person, update, around.settings)
  applyEmail(person, update['email'], around.state)
  applySwitches(person, update, around.settings)
  const country = update['country']
  if (country !== undefined && country !== 'US') person.state = null
}

function applyNamed(person: Person, update: JsonRecord): void {
  const { name, year_of_birth: year, phone_number: phone, account_privacy: privacy } = update
  if (typeof name === 'string') person.name = name.trim()
  if (year !== undefined) person.year_of_birth = year === null ? null : Number(year)
  if (typeof privacy === 'string') person.privacy = privacy
  if (phone === null) person.phone_number = null
  if (typeof phone === 'string') {
    const digits = phone.replace(/\D/g, '')
    person.phone_number = phone.trim().startsWith('+') ? `+${digits}` : digits
  }
}

function applyLists(person: Person, update: JsonRecord, settings: Settings): void {
  const {
    language_proficiencies: languages,
    social_links: links,
    extended_profile: extended,
  } = update
  if (Array.isArray(languages)) {
    person.languages = languages.flatMap((item) => (isRecord(item) ? [String(item['code'])] : []))
  }
  if (Array.isArray(links))
    person.social = mergeLinks(person.social, links.filter(isLink), settings)
  if (Array.isArray(extended)) {
    for (const item of extended.filter(isRecord)) {
      person.extended[String(item['field_name'])] = shown(item['field_value'])
    }
  }
}

function isLink(value: unknown): value is SocialLink {
  return (
    isRecord(value) &&
    typeof value['platform'] === 'string' &&
    typeof value['social_link'] === 'string'
  )
}

/** An address somebody else uses is dropped without a word, so that nobody can probe for accounts. */
function applyEmail(person: Person, email: unknown, state: PlatformState): void {
  if (typeof email !== 'string') return
  if (!state.people.some((other) => other.email === email)) person.pendingEmail = email
}

function applySwitches(person: Person, update: JsonRecord, settings: Settings): void {
  if (!settings.flagStores.includes('account') || !settings.flagsStick) return
  for (const key of ['auto_capture_enabled', 'use_memory_in_responses']) {
    const value = update[key]
    if (typeof value === 'boolean') person.accountFlags[key] = value
  }
}
