import { refusesDoubles, type AnySection } from '../../shared/domain/sections/section'
import type { Snapshot, SyncState } from '../../shared/sync/state'

/** The ids known before an attempt are no older than this. */
const recentMs = 60_000

/**
 * The copy from which a new record may be sent without reading its section: a recent one, where the
 * platform itself would refuse a record too many.
 */
export function recentCopy(
  section: AnySection,
  { snapshots }: Pick<SyncState, 'snapshots'>,
  now: number,
): Snapshot | undefined {
  const copy = snapshots.get(section.id)
  if (!copy || !refusesDoubles(section)) return undefined
  const ageMs = now - copy.readAt
  return ageMs >= 0 && ageMs <= recentMs ? copy : undefined
}
