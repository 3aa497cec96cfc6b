import { assertNever } from '../result'
import type { HistoryReason } from '../sync/history-entry'

/** What happened, and what the two values are called. */
export interface HistoryWords {
  readonly what: string
  readonly before: string
  readonly after: string
}

/** `place`: whose values the others are, as in "northwind". */
export function historyWords(why: HistoryReason, place: string): HistoryWords {
  const theirs = `On ${place}`
  switch (why) {
    case 'saved':
      return { what: 'Saved', before: 'Before', after: 'After' }
    case 'added':
      return { what: 'Added', before: '', after: 'Added' }
    case 'deleted':
      return { what: 'Deleted', before: 'It held', after: '' }
    case 'kept-mine':
      return { what: `Changed on both sides, yours was kept`, before: theirs, after: 'Yours, kept' }
    case 'took-theirs':
      return {
        what: `Changed on both sides, the one on ${place} was kept`,
        before: 'Yours',
        after: `${theirs}, kept`,
      }
    case 'joined':
      return { what: 'Changed on both sides, joined', before: 'Before', after: 'Joined' }
    case 'taken-back':
      return { what: 'Undone', before: 'You had written', after: 'Back to' }
    case 'discarded':
      return { what: 'Draft discarded', before: 'The draft', after: 'Back to' }
    case 'replaced':
      return { what: 'Replaced by a restored value', before: 'Not sent yet', after: 'Restored' }
    default:
      return assertNever(why)
  }
}
