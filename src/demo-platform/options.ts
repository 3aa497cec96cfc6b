/** What may differ between servers that all follow the contract. Every field has a default. */
export interface PlatformOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. Default 0. */
  readonly port?: number
  /** Where data, token and files are kept between runs. Default: nowhere, memory only. */
  readonly folder?: string
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** How many memories the demo person starts with. Default 128. */
  readonly memories?: number
  /** `false`: the demo person has no texts, birth year, records, résumé, picture or memories yet. Default true. */
  readonly filled?: boolean
  /** Which requests stay in the log; the oldest go first. Default 2000. */
  readonly keepRequests?: number

  /** What the LMS accepts. `jwt` and `bearer` take `platform.lmsToken`. Default `api-token`. */
  readonly lmsAuth?: 'api-token' | 'refused' | 'jwt' | 'bearer'
  /** Whether the demo person's token belongs to an administrator of the organisation. Default false. */
  readonly administrator?: boolean

  /** Name of the third social platform, and with it the server revision. Default `twitter`. */
  readonly social?: 'twitter' | 'x'
  /** PATCH answers with the whole account (200) or with nothing (204). Default 200. */
  readonly patchAnswer?: 200 | 204
  /** What PATCHing somebody else's account answers. Default 403. */
  readonly foreignAccount?: 403 | 404
  /** Email changes: accepted, switched off by the site, or throttled. Default `allowed`. */
  readonly emailChanges?: 'allowed' | 'disabled' | 'throttled'
  /** Account fields this site has made read-only, such as `name`. Default none. */
  readonly lockedFields?: readonly string[]
  /** Largest profile picture in bytes. Default 1 MiB. */
  readonly maxImageBytes?: number
  /** Whether `DELETE …/image` exists; without it only the deprecated route does. Default true. */
  readonly imageDelete?: boolean
  /** A picture for an account without birth year is refused, or taken and not shown. Default `refuse`. */
  readonly parentalImage?: 'refuse' | 'hide'
  /** Whether the extended metadata document takes POST. Default true. */
  readonly metadataWrite?: boolean

  /** Shape of the four career lists. `single`: one object when there is exactly one. Default `array`. */
  readonly careerList?: 'array' | 'envelope' | 'data' | 'single'
  /** Records embed their institution or company, or carry its id only. Default true. */
  readonly nested?: boolean
  /** Ids of career records and memories as JSON strings. Default false. */
  readonly idsAsStrings?: boolean
  /** Where PUT and DELETE look for the id. Default `either`. */
  readonly idPlace?: 'either' | 'query' | 'body'
  /** Status of a successful career POST. Default 200, as published. */
  readonly careerCreated?: 200 | 201
  /** Whether career records can be deleted. Default true. */
  readonly careerDelete?: boolean

  /** What a person without résumé gets. Default `404`. */
  readonly resumeNone?: '404' | 'object' | 'files' | 'array' | 'null' | 'empty'
  /** A second POST is refused as existing, or replaces. Default `refuse`. */
  readonly resumeAgain?: 'refuse' | 'conflict' | 'replace'
  /** What a PUT that brings a CV leaves: other files, or nothing. Links always go. Default `extra-files`. */
  readonly resumeKeeps?: 'extra-files' | 'nothing'
  /** Whether PUT exists for the résumé. Default true. */
  readonly resumePut?: boolean
  /** What an upload answers. Default `record`. */
  readonly resumeAnswer?: 'record' | 'empty'
  /** Largest résumé file in bytes. Default 25 MiB. */
  readonly maxResumeBytes?: number
  /** Form of file addresses. `other-origin` serves them from a second port. Default `same-origin`. */
  readonly files?: 'same-origin' | 'other-origin' | 'relative'
  /** How long a signed file address works. Default ten minutes. */
  readonly fileUrlMs?: number

  /** Which memory endpoints exist. Default `current`. */
  readonly generation?: 'current' | 'legacy' | 'both'
  /** Where the two memory switches live. Default: `settings`, or `status` on a legacy server. */
  readonly flagStores?: readonly FlagStore[]
  /** Starting value of the two switches; `unset` leaves the keys out. Default both on. */
  readonly flags?: MemoryFlags | 'unset'
  /** `false`: switch writes are answered with 200 and dropped. Default true. */
  readonly flagsStick?: boolean
  /** The organisation's own memory switch; off makes the memory lists answer 403. Default true. */
  readonly memoryEnabled?: boolean
  /** Whether global memories take PATCH. Default false. */
  readonly globalEdit?: boolean
  /** Shape of memory categories. Default `envelope`. */
  readonly categoryList?: 'envelope' | 'array'
  /** Host in `next` and `previous` links. Default `own`. */
  readonly pageLinks?: 'own' | 'internal'
  /** Carries a late commit out when its time has come. Default: by the computer’s clock. */
  readonly commitLater?: (ms: number, act: () => void) => void
}

export type FlagStore = 'settings' | 'metadata' | 'public-metadata' | 'account' | 'status'

export interface MemoryFlags {
  readonly learn: boolean
  readonly use: boolean
}

export type Settings = Required<Omit<PlatformOptions, 'folder' | 'commitLater'>> &
  Pick<PlatformOptions, 'folder' | 'commitLater'>

const MIB = 1024 * 1024

const DEFAULTS: Settings = {
  port: 0,
  now: () => Date.now(),
  memories: 128,
  filled: true,
  keepRequests: 2000,
  lmsAuth: 'api-token',
  administrator: false,
  social: 'twitter',
  patchAnswer: 200,
  foreignAccount: 403,
  emailChanges: 'allowed',
  lockedFields: [],
  maxImageBytes: MIB,
  imageDelete: true,
  parentalImage: 'refuse',
  metadataWrite: true,
  careerList: 'array',
  nested: true,
  idsAsStrings: false,
  idPlace: 'either',
  careerCreated: 200,
  careerDelete: true,
  resumeNone: '404',
  resumeAgain: 'refuse',
  resumeKeeps: 'extra-files',
  resumePut: true,
  resumeAnswer: 'record',
  maxResumeBytes: 25 * MIB,
  files: 'same-origin',
  fileUrlMs: 600_000,
  generation: 'current',
  flagStores: ['settings'],
  flags: { learn: true, use: true },
  flagsStick: true,
  memoryEnabled: true,
  globalEdit: false,
  categoryList: 'envelope',
  pageLinks: 'own',
}

export function settle(options: PlatformOptions): Settings {
  const legacy = options.generation === 'legacy'
  return { ...DEFAULTS, ...(legacy ? { flagStores: ['status'] } : {}), ...options }
}
