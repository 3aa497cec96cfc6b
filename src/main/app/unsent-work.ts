import type { UnsentWork } from '../../shared/domain/updates'
import { isFileValue } from '../../shared/domain/values'
import { standingEdits } from '../../shared/sync/chain'
import type { SyncState } from '../../shared/sync/state'

/** What of the open workspace the platform does not have yet. Without one there is nothing. */
export function unsentWork(state: SyncState | undefined): UnsentWork {
  if (!state) return { edits: 0, drafts: 0, isUploading: false }
  const standing = standingEdits(state.outbox)
  const isUploading = standing.some(
    ({ state: stands, patch }) =>
      stands.kind === 'in-flight' && Object.values(patch).some(isFileValue),
  )
  return { edits: standing.length, drafts: state.drafts.size, isUploading }
}
