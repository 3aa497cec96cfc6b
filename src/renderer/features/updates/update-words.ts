import type { RestartAnswer, UpdateState } from '../../../shared/domain/updates'
import type { SyncStatus } from '../../../shared/sync/status'
import { restartRefusedText } from '../../../shared/text/updates'

/** The version a restart leads to, if one is fetched. */
export const fetchedVersion = (state: UpdateState): string | undefined =>
  state.kind === 'ready' || state.kind === 'failed' ? state.version : undefined

/** Why the wish to restart was refused, as long as that holds. A failure shows in the state itself. */
export function refusalText(
  answer: RestartAnswer | undefined,
  status: SyncStatus,
): string | undefined {
  if (answer?.kind !== 'refused') return undefined
  const { unsent } = answer
  const isSentNow = status.kind === 'saved' && (unsent.edits > 0 || unsent.isUploading)
  return isSentNow ? undefined : restartRefusedText(unsent)
}
