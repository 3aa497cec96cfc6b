import type { Call } from '../http/route'
import type { JsonRecord } from '../json'
import type { Person } from '../store/state'

const SIZES = { full: 500, large: 120, medium: 50, small: 30 } as const

function needsParentalConsent(person: Person): boolean {
  return person.year_of_birth === null
}

function privacyOf(person: Person): string {
  return needsParentalConsent(person) ? 'private' : person.privacy
}

function imageOf(person: Person, call: Call): JsonRecord {
  const shown = needsParentalConsent(person) ? null : person.image
  const addresses = Object.entries(SIZES).map(([size, pixels]): [string, string] => {
    const path =
      shown === null
        ? `/lms/static/images/profiles/default_${String(pixels)}.png`
        : `/lms/media/profile-images/${shown.blob}_${String(pixels)}.${shown.extension}?v=${String(shown.version)}`
    return [`image_url_${size}`, call.origin + path]
  })
  const byName: JsonRecord = Object.fromEntries(addresses)
  return { has_image: shown !== null, ...byName }
}

const blankAsNull = (value: string | null): string | null => (value === '' ? null : value)

function byKey<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : 1)
}

/** What others may see; on a private account that is hardly anything. */
export function sharedView(person: Person, call: Call): JsonRecord {
  const always = {
    username: person.username,
    account_privacy: privacyOf(person),
    profile_image: imageOf(person, call),
  }
  if (privacyOf(person) === 'private') return always
  return {
    ...always,
    bio: blankAsNull(person.bio),
    country: blankAsNull(person.country),
    date_joined: person.dateJoined,
    language_proficiencies: languagesOf(person),
    level_of_education: blankAsNull(person.level_of_education),
    social_links: linksOf(person),
    time_zone: null,
    course_certificates: null,
  }
}

function languagesOf(person: Person): readonly JsonRecord[] {
  return [...person.languages].sort(byKey((code) => code)).map((code) => ({ code }))
}

function linksOf(person: Person): readonly JsonRecord[] {
  return [...person.social].sort(byKey((link) => link.platform)).map((link) => ({ ...link }))
}

export function ownView(person: Person, call: Call): JsonRecord {
  return {
    username: person.username,
    id: person.id,
    name: person.name,
    email: person.email,
    bio: blankAsNull(person.bio),
    country: blankAsNull(person.country),
    state: blankAsNull(person.state),
    gender: blankAsNull(person.gender),
    goals: person.goals,
    year_of_birth: person.year_of_birth,
    level_of_education: blankAsNull(person.level_of_education),
    mailing_address: person.mailing_address,
    phone_number: person.phone_number,
    language_proficiencies: languagesOf(person),
    social_links: linksOf(person),
    profile_image: imageOf(person, call),
    account_privacy: privacyOf(person),
    requires_parental_consent: needsParentalConsent(person),
    is_active: true,
    date_joined: person.dateJoined,
    last_login: person.lastLogin,
    time_zone: null,
    course_certificates: null,
    extended_profile: Object.entries(person.extended).map(([field_name, field_value]) => ({
      field_name,
      field_value,
    })),
    verified_name: null,
    pending_name_change: null,
    secondary_email: null,
    secondary_email_enabled: null,
    ...person.accountFlags,
  }
}
