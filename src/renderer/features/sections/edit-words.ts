import type { Mark } from '../../../shared/sync/marks'
import type { EditState } from '../../ui/edit-state'

/** The kit's name of a mark. */
export function editStateOf(mark: Mark | undefined): EditState | undefined {
  return mark === 'needs-you' ? 'needs' : mark
}

/** "Draft of one field, kept on this computer since 14:32". */
export function draftWords(count: number, since: string | undefined): string {
  const fields = count === 1 ? 'one field' : `${String(count)} fields`
  return since === undefined
    ? `Draft of ${fields}`
    : `Draft of ${fields}, kept on this computer since ${since}`
}
