/** Everything the platform remembers, as one JSON document. Uploaded bytes are kept beside it by blob id. */
export interface PlatformState {
  readonly format: 1
  nextId: number
  readonly signingKey: string
  readonly tokens: readonly Token[]
  readonly lmsToken: string
  readonly orgs: readonly string[]
  people: Person[]
  career: Record<CareerKind, CareerRecord[]>
  resumes: Resume[]
  mentors: Mentor[]
  categories: MemoryCategory[]
  memories: Memory[]
  legacyMemories: LegacyMemory[]
  flags: StoredFlags[]
  keyValues: KeyValues[]
}

export interface Token {
  readonly value: string
  /** Empty for an organisation's secret, which belongs to nobody. */
  readonly username: string
  readonly org: string
  readonly admin: boolean
}

export type Identity = Omit<Token, 'value'>

export interface SocialLink {
  readonly platform: string
  readonly social_link: string
}

export interface Person {
  readonly id: number
  readonly username: string
  readonly orgs: readonly string[]
  name: string
  email: string
  pendingEmail: string | null
  bio: string | null
  country: string | null
  state: string | null
  city: string | null
  gender: string | null
  goals: string | null
  year_of_birth: number | null
  level_of_education: string | null
  mailing_address: string | null
  phone_number: string | null
  languages: string[]
  social: SocialLink[]
  privacy: string
  extended: Record<string, string>
  /** Memory switches on servers that keep them in the account document. */
  accountFlags: Record<string, boolean>
  image: { readonly blob: string; readonly version: number; readonly extension: string } | null
  readonly dateJoined: string
  readonly lastLogin: string
  /** The part of the extended document that is not the account. */
  document: Record<string, unknown>
}

export type CareerKind = 'education' | 'experience' | 'institutions' | 'companies'

export interface CareerRecord {
  readonly id: number
  readonly org: string
  readonly username: string
  fields: Record<string, unknown>
  readonly createdAt: string
  updatedAt: string
}

export interface StoredFile {
  readonly blob: string
  readonly name: string
  readonly type: string
  readonly contentType: string
  readonly modifiedAt: string
}

export interface Resume {
  readonly id: number
  readonly org: string
  readonly username: string
  files: StoredFile[]
  links: string[]
}

export interface Mentor {
  readonly id: number
  readonly org: string
  readonly uniqueId: string
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly accessedAt: string
}

export interface MemoryCategory {
  readonly id: number
  readonly mentor: string
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly createdAt: string
}

export interface Memory {
  readonly id: number
  readonly org: string
  readonly username: string
  /** Null for a global memory, which has no category either. */
  readonly mentor: string | null
  category: string | null
  content: string
  readonly automatic: boolean
  readonly session: string | null
  readonly createdAt: string
  updatedAt: string
}

export interface LegacyEntry {
  readonly unique_id: string
  key: string
  value: string
  readonly inserted_at: string
  updated_at: string
  readonly expires_at: string | null
}

export interface LegacyMemory {
  readonly unique_id: string
  readonly org: string
  readonly username: string
  readonly name: string
  readonly mentor: string | null
  readonly category: string
  readonly automatic: boolean
  readonly insertedAt: string
  updatedAt: string
  entries: LegacyEntry[]
}

export interface StoredFlags {
  readonly org: string
  readonly username: string
  auto_capture_enabled: boolean
  use_memory_in_responses: boolean
  reference_saved_memories: boolean
  updatedAt: string
}

export interface KeyValues {
  readonly org: string
  readonly username: string
  metadata: Record<string, unknown>
  readonly createdAt: string
  updatedAt: string
}
