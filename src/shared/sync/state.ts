import type { AppError, Service } from '../errors'
import type { ItemId, MutationId, SectionId } from '../domain/ids'
import type { FieldValue, JsonObject, Values } from '../domain/values'
import type { HistoryEntry } from './history-entry'

/** A record as the server last told it. */
export interface ServerItem {
  readonly id: ItemId
  readonly values: Values
  /** Names of referenced records, by field key, as embedded in this one. */
  readonly labels?: Readonly<Record<string, string>>
  /** The record as it came, so that what the app does not show goes back unchanged. */
  readonly wire: JsonObject
  /** The name of the edit that made the record, where it was left there. */
  readonly madeBy?: string
  /** What this one record allows, where it differs from its section. */
  readonly can?: { readonly update?: boolean; readonly delete?: boolean }
}

/** The last known server state of one section. */
export interface Snapshot {
  readonly section: SectionId
  readonly items: readonly ServerItem[]
  /** What else the platform told while reading; the keys belong to the section's adapter. */
  readonly facts: JsonObject
  /** Epoch milliseconds of the answer. */
  readonly readAt: number
  /** The confirmed edits it holds: those numbered up to this. Absent: none. */
  readonly upTo?: number
}

export type MutationState =
  /** May be sent, not before `notBefore`. */
  | { readonly kind: 'queued'; readonly notBefore?: number }
  /** Sent and unanswered: frozen. `wasUncertain`: so was an attempt before this one. */
  | { readonly kind: 'in-flight'; readonly since: number; readonly wasUncertain?: boolean }
  /** Backing off after a failure that may pass. */
  | { readonly kind: 'waiting'; readonly until: number; readonly error: AppError }
  /** Refused; needs the person. */
  | { readonly kind: 'blocked'; readonly error: AppError }
  /** Changed on both sides: `theirs` holds the server's value of each contested field. */
  | {
      readonly kind: 'conflict'
      readonly theirs: Values
      readonly seenAt: number
      /**
       * A write given up long ago was carried out over newer values. `theirs` holds what it has put there, or what
       * it has replaced where the patch wants something else still.
       */
      readonly cause?: 'late-write'
      /** What the late write has put there, of each field in question. */
      readonly late?: Values
    }

export interface Replacement {
  /** What is sent: the changed fields, or the whole record where the platform replaces it. */
  readonly body: Values
  /** The record as it was just read. */
  readonly before: Values
}

/** A write that was not answered: the platform may still put it over newer values. */
export interface Doubt extends Replacement {
  readonly id: string
  readonly section: SectionId
  readonly item: ItemId
  readonly title: string
  /** Values newer than the write, the newest of each field that had another since. */
  readonly seen: Values
  readonly sentAt: number
  /** When to look at the record again. */
  readonly nextAt: number
}

/** The stored form of an edit. */
export interface Mutation {
  readonly id: MutationId
  readonly section: SectionId
  readonly item: ItemId
  readonly op: 'create' | 'update' | 'delete'
  /** Create: the whole record. Update: the changed fields. Delete: nothing. */
  readonly patch: Values
  /** The server's values of the patched fields when the edit was made. */
  readonly base: Values
  /** Words that name the record, kept for the queue and for notices after it is gone. */
  readonly title: string
  /** Grows with every edit that joins this one, so that it also names the version. */
  readonly editedAt: number
  /** How often it has been sent. */
  readonly attempts: number
  /** Failures in a row, of any kind: what the next pause is measured by. */
  readonly failures?: number
  /** An attempt may have been carried out although no success was seen. */
  readonly isUncertain?: boolean
  /** Taken back while it was uncertain: it writes its base again. Once more, and it is given up. */
  readonly isTakenBack?: boolean
  /** What the attempts sent, oldest first: the server may hold any of it. */
  readonly sent?: readonly Values[]
  /** For an update: what the last attempt writes, and over what. */
  readonly replaces?: Replacement
  /** When the last attempt began. */
  readonly sentAt?: number
  /** For a create: ids that existed before its first attempt. */
  readonly knownIds?: readonly ItemId[]
  /** The record as it last was, kept once the server no longer has it. */
  readonly lastSeen?: Values
  /** Fields that the end of a pause puts back: off there is our own doing. */
  readonly putsBack?: readonly string[]
  readonly state: MutationState
}

/** A switch that was turned off for a while. At its end it is what it was before. */
export interface SwitchPause {
  /** That of the edit it began with. */
  readonly id: MutationId
  readonly section: SectionId
  readonly item: ItemId
  readonly field: string
  /** What the record is called. */
  readonly title: string
  readonly startedAt: number
  /** Epoch milliseconds of the wall clock. */
  readonly until: number
}

/** What stands in an open form. */
export interface Draft {
  readonly section: SectionId
  readonly item: ItemId
  readonly values: Values
  /** The server's values of these fields when the person began to change them. */
  readonly base?: Values
  readonly savedAt: number
}

export type ReadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly error: AppError; readonly at: number }

export interface Connectivity {
  readonly isOnline: boolean
  /** Epoch milliseconds since when it is so. */
  readonly since: number
}

/** Whether a host accepts the credential. Lanes of a refused host stop, the others go on. */
export type ServiceAccess = 'unknown' | 'accepted' | 'refused'

/** Whether a host answers at all, whatever it says. */
export type ServiceReach = 'unknown' | 'answers' | 'silent'

/** A value of the platform's that an edit of ours has replaced. */
export interface OwnWrite {
  readonly field: string
  readonly from: FieldValue
  readonly to: FieldValue
}

export interface SyncState {
  readonly snapshots: ReadonlyMap<SectionId, Snapshot>
  readonly reads: ReadonlyMap<SectionId, ReadState>
  readonly outbox: readonly Mutation[]
  readonly drafts: ReadonlyMap<string, Draft>
  readonly doubts: readonly Doubt[]
  readonly pause: SwitchPause | undefined
  /** Values that were replaced, undone or given up, in the order it happened. */
  readonly history: readonly HistoryEntry[]
  /** Local ids that the server has since replaced by its own. */
  readonly aliases: ReadonlyMap<ItemId, ItemId>
  readonly access: Readonly<Record<Service, ServiceAccess>>
  /** Why a host refuses the credential. */
  readonly accessErrors: Readonly<Partial<Record<Service, AppError>>>
  readonly reach: Readonly<Record<Service, ServiceReach>>
  readonly connectivity: Connectivity
  /** How often something of a section became known, by a confirmed edit or a read: a read begun before the last is out of date. */
  readonly confirmations: ReadonlyMap<SectionId, number>
  /** How many confirmed edits the journal has numbered, in all the time of the workspace. */
  readonly confirmedCount: number
  /** By record, in order, what edits confirmed since the start have replaced. */
  readonly ownWrites: ReadonlyMap<string, readonly OwnWrite[]>
  /** Epoch milliseconds of the last edit the server confirmed. */
  readonly savedAt: number | undefined
  /** Per section, when its last edit was confirmed. */
  readonly sectionSavedAt: ReadonlyMap<SectionId, number>
}

export const draftKey = (section: SectionId, item: ItemId): string => `${section}/${item}`

export const emptyState = (now: number): SyncState => ({
  snapshots: new Map(),
  reads: new Map(),
  outbox: [],
  drafts: new Map(),
  doubts: [],
  pause: undefined,
  history: [],
  aliases: new Map(),
  access: { lms: 'unknown', dm: 'unknown' },
  accessErrors: {},
  reach: { lms: 'unknown', dm: 'unknown' },
  connectivity: { isOnline: true, since: now },
  confirmations: new Map(),
  confirmedCount: 0,
  ownWrites: new Map(),
  savedAt: undefined,
  sectionSavedAt: new Map(),
})
