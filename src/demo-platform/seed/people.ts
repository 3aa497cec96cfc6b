import type { Settings } from '../options'
import type { Person } from '../store/state'

const ABOUT =
  'Hydrologist turned data engineer. I build the forecast pipelines that tell the Zarqa basin how much water ' +
  'it will have on Thursday, and I teach two juniors how to distrust a gauge.'

export const NOOR_ID = 48213

const NOBODY_YET = {
  pendingEmail: null,
  bio: null,
  country: null,
  state: null,
  city: null,
  gender: null,
  goals: null,
  year_of_birth: null,
  level_of_education: null,
  mailing_address: null,
  phone_number: null,
  privacy: 'private',
  image: null,
} as const

export function seedPeople(settings: Settings): Person[] {
  return [settings.filled ? seedNoor(settings) : seedNewcomer(), seedIbarra(), seedOkafor()]
}

function seedNoor({ social }: Settings): Person {
  const host = social === 'x' ? 'x.com' : 'twitter.com'
  return {
    ...NOBODY_YET,
    id: NOOR_ID,
    username: 'noor.haddad',
    orgs: ['northwind', 'main'],
    name: 'Noor Haddad',
    email: 'noor.haddad@example.org',
    bio: ABOUT,
    country: 'JO',
    year_of_birth: 1988,
    level_of_education: 'm',
    languages: ['ar', 'en', 'fr'],
    social: [
      // The last two come from an older system: they are read back, and no longer taken.
      { platform: 'linkedin', social_link: 'https://www.linkedin.com/in/noor-haddad' },
      { platform: social, social_link: `https://www.${host}/noorhaddad` },
      { platform: 'github', social_link: 'https://github.com/noorhaddad' },
      { platform: 'orcid', social_link: 'https://orcid.org/0000-0002-1825-0097' },
    ],
    privacy: 'all_users',
    extended: {},
    accountFlags: {},
    dateJoined: '2023-02-11T07:45:10Z',
    lastLogin: '2026-11-23T18:02:55.120934Z',
    document: {
      title: 'Principal data engineer',
      about: ABOUT,
      language: 'en',
      enable_sidebar_ai_mentor_display: true,
      enable_skills_leaderboard_display: false,
      public_metadata: {
        language: 'en',
        about: ABOUT,
        tour_tooltips: { loaded_on_skills_spa: true },
      },
    },
  }
}

/** The same person on their first day: nothing is filled in, and there is no birth year. */
function seedNewcomer(): Person {
  return {
    ...NOBODY_YET,
    id: NOOR_ID,
    username: 'noor.haddad',
    orgs: ['northwind', 'main'],
    name: 'Noor Haddad',
    email: 'noor.haddad@example.org',
    languages: [],
    social: [],
    extended: {},
    accountFlags: {},
    dateJoined: '2026-11-23T07:45:10Z',
    lastLogin: '2026-11-23T18:02:55.120934Z',
    document: { public_metadata: {} },
  }
}

function seedIbarra(): Person {
  return {
    ...NOBODY_YET,
    id: 48377,
    username: 't.ibarra',
    orgs: ['northwind'],
    name: 'Tomás Ibarra',
    email: 't.ibarra@example.org',
    languages: ['es'],
    social: [],
    extended: {},
    accountFlags: {},
    dateJoined: '2024-09-02T08:12:41Z',
    lastLogin: '2026-11-20T06:31:07.004411Z',
    document: { public_metadata: {} },
  }
}

function seedOkafor(): Person {
  return {
    ...NOBODY_YET,
    id: 47002,
    username: 's.okafor',
    orgs: ['northwind'],
    name: 'Sade Okafor',
    email: 's.okafor@example.org',
    bio: 'Runs northwind’s learning platform.',
    country: 'NG',
    year_of_birth: 1979,
    languages: ['en', 'yo'],
    social: [],
    privacy: 'all_users',
    extended: {},
    accountFlags: {},
    dateJoined: '2022-05-19T10:00:00Z',
    lastLogin: '2026-11-24T05:00:12.900100Z',
    document: { title: 'Platform administrator', public_metadata: {} },
  }
}
