import { randomBytes } from 'node:crypto'
import type { FlagStore, MemoryFlags, Settings } from '../options'
import type { Blobs } from '../store/disk'
import type { Person, PlatformState, Resume, StoredFlags, Token } from '../store/state'
import { drawAvatar } from './avatar'
import { seedCareer } from './career'
import { drawCv, drawPortfolio } from './documents'
import { seedCategories, seedLegacyMemories, seedMemories, seedMentors } from './memories'
import { seedPeople } from './people'

const FIRST_NEW_ID = 1_000_000

export function seedState(
  settings: Settings,
  blobs: Blobs,
  tokens?: readonly Token[],
): PlatformState {
  const people = seedPeople(settings)
  if (settings.filled) giveImage(people[0], blobs)
  giveFlags(people[0], settings)
  return {
    format: 1,
    nextId: FIRST_NEW_ID,
    signingKey: randomSecret(),
    tokens: tokens ?? newTokens(settings),
    lmsToken: `${randomSecret()}.${randomSecret()}`,
    orgs: ['northwind', 'main', 'riverside'],
    people,
    career: seedCareer(settings.filled),
    resumes: settings.filled ? [seedResume(blobs)] : [],
    mentors: seedMentors(),
    categories: seedCategories(),
    memories: seedMemories(settings.filled ? settings.memories : 0),
    legacyMemories: settings.filled ? seedLegacyMemories() : [],
    flags: settings.flags === 'unset' ? [] : [seedFlags(settings.flags)],
    keyValues: [],
  }
}

function newTokens({ administrator }: Settings): readonly Token[] {
  const token = (username: string, org: string, admin: boolean): Token => ({
    value: randomSecret(),
    username,
    org,
    admin,
  })
  return [
    token('noor.haddad', 'northwind', administrator),
    token('noor.haddad', 'main', false),
    token('t.ibarra', 'northwind', false),
    token('s.okafor', 'northwind', true),
    token('', 'northwind', true),
  ]
}

function randomSecret(): string {
  return randomBytes(32).toString('hex')
}

function giveImage(person: Person | undefined, blobs: Blobs): void {
  if (person === undefined) return
  blobs.put('seed-avatar', drawings.avatar)
  person.image = { blob: 'seed-avatar', version: 1_758_012_345, extension: 'png' }
}

function seedResume(blobs: Blobs): Resume {
  blobs.put('seed-cv', drawings.cv)
  blobs.put('seed-portfolio', drawings.portfolio)
  const pdf = { contentType: 'application/pdf' }
  return {
    id: 77,
    org: 'northwind',
    username: 'noor.haddad',
    files: [
      {
        ...pdf,
        blob: 'seed-cv',
        name: 'resumes/48213/noor-haddad-cv.pdf',
        type: 'resume',
        modifiedAt: '2026-03-19T13:58:00Z',
      },
      {
        ...pdf,
        blob: 'seed-portfolio',
        name: 'maps.pdf',
        type: 'portfolio',
        modifiedAt: '2026-01-08T09:30:00Z',
      },
    ],
    links: ['https://noor.example'],
  }
}

/** Drawn once a process: tests start hundreds of platforms. */
const drawings = {
  avatar: once(drawAvatar),
  cv: once(drawCv),
  portfolio: once(drawPortfolio),
}

function once(draw: () => Buffer): () => Buffer {
  let drawn: Buffer | undefined
  return () => (drawn ??= draw())
}

function seedFlags({ learn, use }: MemoryFlags): StoredFlags {
  return {
    org: 'northwind',
    username: 'noor.haddad',
    auto_capture_enabled: learn,
    use_memory_in_responses: use,
    reference_saved_memories: use,
    updatedAt: '2026-09-12T11:20:31Z',
  }
}

function giveFlags(person: Person | undefined, { flags, flagStores }: Settings): void {
  if (person === undefined || flags === 'unset') return
  const keys = { auto_capture_enabled: flags.learn, use_memory_in_responses: flags.use }
  const holds = (store: FlagStore): boolean => flagStores.includes(store)
  if (holds('metadata')) Object.assign(person.document, keys)
  if (holds('public-metadata')) {
    person.document['public_metadata'] = { ...Object(person.document['public_metadata']), ...keys }
  }
  if (holds('account')) person.accountFlags = keys
}
