import type { ItemId, MutationId, SectionId } from '../domain/ids'
import type { Values } from '../domain/values'
import type { AppError, Service } from '../errors'
import type { JournalRecord, Pulled } from './ports'
import type {
  Draft,
  Mutation,
  Replacement,
  ServerItem,
  Snapshot,
  SwitchPause,
  SyncState,
} from './state'

/** A record that was read and is that of a create whose answer was lost. */
export interface Found {
  readonly id: MutationId
  /** The edit it was looked for. */
  readonly editedAt: number
  readonly item: ServerItem
  readonly notKept?: readonly string[]
}

/** What happened. Time and chance come with the event; nothing here asks for them. */
export type SyncEvent =
  /**
   * `isRestored`: its values come from the history, and stand over what was not sent yet. `pause`: it
   * turns a switch off for so long; of one that is not on by then nothing comes.
   */
  | {
      readonly type: 'edited'
      readonly mutation: Mutation
      readonly isRestored?: boolean
      readonly pause?: SwitchPause
    }
  /** Its time is over, or the person wants it to be. Of one that is no more nothing comes. */
  | { readonly type: 'pause-ended'; readonly id: MutationId; readonly at: number }
  /** The clock was set back, and the pause with it. */
  | { readonly type: 'pause-moved' }
  | { readonly type: 'draft-saved'; readonly draft: Draft }
  | {
      readonly type: 'draft-dropped'
      readonly section: SectionId
      readonly item: ItemId
      /** The person threw it away: when, and what its record is called. */
      readonly discarded?: { readonly at: number; readonly title: string }
    }
  /** The person wants nothing of what was kept of earlier values. */
  | { readonly type: 'history-cleared' }
  | { readonly type: 'read-started'; readonly section: SectionId }
  | {
      readonly type: 'pulled'
      readonly section: SectionId
      readonly pulled: Pulled
      readonly at: number
      readonly service?: Service
      /** `confirmations` of the section when the read began. */
      readonly confirmations?: number
      readonly found?: readonly Found[]
    }
  | {
      readonly type: 'pull-failed'
      readonly section: SectionId
      readonly service: Service
      readonly error: AppError
      readonly at: number
    }
  /** About to be written: from here on the mutation is frozen. */
  | {
      readonly type: 'sending'
      readonly id: MutationId
      readonly at: number
      readonly sent: Values
      /** The edit the plan was made for; one changed since is planned again. */
      readonly editedAt: number
      readonly knownIds: readonly ItemId[]
      readonly replaces?: Replacement
    }
  | {
      readonly type: 'accepted'
      readonly id: MutationId
      readonly at: number
      readonly service?: Service
      /** The record as the server has it now. */
      readonly item?: ServerItem
      /** The edit the answer is for; one changed since goes on. */
      readonly editedAt?: number
      /** The record of a create was found, not answered: it may differ from what is wanted. */
      readonly isFound?: boolean
      /** Fields that the server has not kept as they were wanted. */
      readonly notKept?: readonly string[]
    }
  /** Looked at, and to be looked at again: an attempt may still be carried out. */
  | {
      readonly type: 'postponed'
      readonly id: MutationId
      readonly at: number
      readonly until: number
    }
  /** A create that was never carried out, or the delete of a record that never left this computer. */
  | { readonly type: 'never-made'; readonly id: MutationId; readonly at?: number }
  | {
      readonly type: 'contested'
      readonly id: MutationId
      readonly theirs: Values
      readonly at: number
    }
  | {
      readonly type: 'failed'
      readonly id: MutationId
      readonly service: Service
      readonly error: AppError
      readonly at: number
      readonly chance: number
      /** The write itself had been answered well: it may have been carried out whatever the error. */
      readonly isUncertain?: boolean
    }
  /** `canDelete`: the platform lets records of the section be deleted. */
  | {
      readonly type: 'withdrawn'
      readonly id: MutationId
      readonly canDelete?: boolean
      readonly at?: number
    }
  | {
      readonly type: 'resolved'
      readonly id: MutationId
      readonly choices: Values
      readonly at: number
    }
  | { readonly type: 'retried'; readonly id?: MutationId }
  | { readonly type: 'connectivity'; readonly isOnline: boolean; readonly at: number }
  | { readonly type: 'credential-renewed' }
  | { readonly type: 'restarted'; readonly at?: number }

/** What has to be done about it: data only, performed by the runner through ports. */
export type SyncEffect =
  | { readonly type: 'persist'; readonly records: readonly JournalRecord[] }
  | { readonly type: 'save-snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'publish'; readonly section: SectionId }
  | { readonly type: 'publish-status' }

export type Step = readonly [SyncState, readonly SyncEffect[]]

/** What is to be stored, in order. */
export const recordsIn = (effects: readonly SyncEffect[]): readonly JournalRecord[] =>
  effects.flatMap((effect) => (effect.type === 'persist' ? effect.records : []))

/**
 * All that a step stores is one record of the journal: cut off in the middle, it would leave a new
 * record without its name, a pause without its edit, a question that is noted as asked and is not there.
 */
export function storedAsOne([state, effects]: Step): Step {
  const records = recordsIn(effects)
  if (records.length <= 1) return [state, effects]
  const others = effects.filter(({ type }) => type !== 'persist')
  return [state, [{ type: 'persist', records: [{ type: 'together', records }] }, ...others]]
}

/** A section is shown anew, and with it the line that says where the edits are. */
export const published = (section: SectionId): readonly SyncEffect[] => [
  { type: 'publish', section },
  { type: 'publish-status' },
]

/**
 * What the platform answered is taken even when the disk refuses to keep it: after a restart the
 * same question is asked again. What the person did is not taken unless it is kept.
 */
export function isAnswer({ type }: SyncEvent): boolean {
  switch (type) {
    case 'accepted':
    case 'failed':
    case 'contested':
    case 'pulled':
    case 'pull-failed':
    case 'postponed':
    case 'never-made':
      return true
    default:
      return false
  }
}
