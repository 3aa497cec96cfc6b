import type { Mark } from '../../shared/sync/marks'
import type { MarkKind } from '../ui/edit-state'

/** Our marks in the words of the component kit. */
export const markKinds: Readonly<Record<Mark | 'locked', MarkKind>> = {
  'needs-you': 'needs',
  refused: 'refused',
  here: 'here',
  sending: 'sending',
  draft: 'draft',
  locked: 'locked',
}
