import type { PendingChange } from '../../shared/sync/status'
import type { EditState } from '../ui/edit-state'

/** How a waiting edit is drawn. */
export const pendingMarks: Readonly<Record<PendingChange['state']['kind'], EditState>> = {
  conflict: 'needs',
  blocked: 'refused',
  'in-flight': 'sending',
  waiting: 'here',
  queued: 'here',
}
