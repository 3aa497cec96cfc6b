import type { AnySection } from '../../../shared/domain/sections/section'
import type { AppError, Result, Service } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Clock, Pulled, SectionApi, Spool } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
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

/** Why what is missing in a list is not known to be gone: not all of the list could be had. */
export const cutList = ({ client }: ProfileScope, service: Service): AppError => ({
  kind: 'unexpected-answer',
  reason: 'cut',
  service,
  host: client.hostOf(service),
})

/** Any answer but 204 may be somebody else's, a proxy's for one: the list tells. */
export function confirmGone(read: Result<Pulled>, deleted: ServerItem): Result<void> {
  if (!read.ok) return read
  const isThere = read.value.items.some(({ id }) => id === deleted.id)
  return isThere ? err({ kind: 'not-stored' }) : ok(undefined)
}

/** What a section of that cardinality does not offer. The descriptor keeps anybody from asking. */
export const notOffered = () =>
  Promise.resolve({ ok: false as const, error: { kind: 'forbidden' as const } })
