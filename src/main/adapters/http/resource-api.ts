import type { AnySection } from '../../../shared/domain/sections/section'
import type { Result } from '../../../shared/errors'
import type { Clock, SectionApi, Spool } from '../../../shared/sync/ports'
import type { HttpClient } from './requests'

/** Whose profile is looked after, and with what. */
export interface ProfileScope {
  readonly client: HttpClient
  readonly org: string
  readonly username: string
  readonly spool: Pick<Spool, 'open'>
  readonly clock: Clock
}

/** The adapter of one kind of resource. */
export interface ResourceApi extends SectionApi {
  /** Asks as little as possible to learn what may be read and how many entries there are. */
  readonly count: (section: AnySection, signal: AbortSignal) => Promise<Result<Counted>>
}

export interface Counted {
  readonly canWrite: boolean
  readonly found?: number
}

/** What a section of that cardinality does not offer. The descriptor keeps anybody from asking. */
export const notOffered = () =>
  Promise.resolve({ ok: false as const, error: { kind: 'forbidden' as const } })
