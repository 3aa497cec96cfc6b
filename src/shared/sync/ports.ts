import type { AnySection } from '../domain/sections/section'
import type { ItemId, MutationId, SectionId } from '../domain/ids'
import type { JsonObject, Values } from '../domain/values'
import type { AppError, Result } from '../errors'
import type { HistoryEntry } from './history-entry'
import type { Doubt, Draft, Mutation, ServerItem, Snapshot, SwitchPause } from './state'

/** What a whole read of a section gave. */
export interface Pulled {
  readonly items: readonly ServerItem[]
  readonly facts: JsonObject
  /** Facts of which not all could be read: they add to what the copy has. */
  readonly addsTo?: readonly string[]
  /** Why records may be there that are not in `items`: a missing one is not known to be gone. */
  readonly unread?: AppError
}

export interface WriteContext {
  /** Aborts the request; the call then answers `cancelled`. */
  readonly signal: AbortSignal
  /** Called while a file is sent, with bytes. */
  readonly onProgress: (sentBytes: number, totalBytes: number) => void
  /** Of a create: the name of the edit, left in the record where it has room for such things. */
  readonly mark?: string
}

/**
 * The platform, one section at a time. Every method is one attempt: no retry of writes, no merging;
 * both belong to the sync engine. Never throws for an expected failure.
 */
export interface SectionApi {
  /** Reads the whole section. Lists are complete: all pages. */
  pull: (section: AnySection, signal: AbortSignal) => Promise<Result<Pulled>>
  /**
   * One record as it is now, where that takes less than reading the section. `undefined`: it was not
   * met that way, and only the whole section tells whether it is there.
   */
  find?: (
    section: AnySection,
    id: ItemId,
    signal: AbortSignal,
  ) => Promise<Result<ServerItem | undefined>>
  /**
   * Creates a record. `values` is complete. Answers the created record when the server returned it
   * whole, else `undefined`; the caller then reads the section again.
   */
  create: (
    section: AnySection,
    values: Values,
    context: WriteContext,
  ) => Promise<Result<ServerItem | undefined>>
  /**
   * Writes `patch` over `current`, the record as it was just read. What is not in the patch goes
   * back as it came where the server replaces whole records.
   */
  update: (
    section: AnySection,
    current: ServerItem,
    patch: Values,
    context: WriteContext,
  ) => Promise<Result<ServerItem | undefined>>
  /** Deletes a record. A record that is already gone counts as deleted. */
  remove: (section: AnySection, current: ServerItem, context: WriteContext) => Promise<Result<void>>
}

/** One line of the journal. Recovery replays them in order. */
export type JournalRecord =
  | { readonly type: 'mutation'; readonly mutation: Mutation }
  | { readonly type: 'mutation-gone'; readonly id: MutationId }
  | { readonly type: 'draft'; readonly draft: Draft }
  | { readonly type: 'draft-gone'; readonly section: SectionId; readonly item: ItemId }
  | { readonly type: 'alias'; readonly local: ItemId; readonly server: ItemId }
  | { readonly type: 'doubt'; readonly doubt: Doubt }
  | { readonly type: 'doubt-gone'; readonly id: string }
  | { readonly type: 'pause'; readonly pause: SwitchPause }
  | { readonly type: 'pause-over' }
  | { readonly type: 'history'; readonly entry: HistoryEntry }
  /** `isErased`: the values are to leave the disk now, not when it is convenient. */
  | { readonly type: 'history-gone'; readonly ids: readonly string[]; readonly isErased?: boolean }
  /**
   * What the server holds of a record since an edit of it was confirmed, until its section's copy has
   * it too; without `item` it is deleted.
   */
  | {
      readonly type: 'confirmed'
      readonly section: SectionId
      readonly id: ItemId
      readonly number: number
      readonly item?: ServerItem
    }
  /** The section's copy on the disk holds what was confirmed up to this number. */
  | { readonly type: 'copied'; readonly section: SectionId; readonly upTo: number }
  /** All of them or, after a crash in between, none. */
  | { readonly type: 'together'; readonly records: readonly JournalRecord[] }

/** The durable part of a workspace: outbox, drafts and history in a journal, snapshots in a file each. */
export interface OutboxStore {
  /** Returns after the records are on the disk. On failure nothing of them counts as stored. */
  append: (records: readonly JournalRecord[]) => Promise<Result<void>>
  /** Replaces the section's copy whole: after a failure or a crash the one of before is there. */
  saveSnapshot: (snapshot: Snapshot) => Promise<Result<void>>
}

/** The wall clock and timers. Milliseconds. */
export interface Clock {
  now: () => number
  /** Passes evenly while the computer is awake, whatever the wall clock is set to. Absent: nobody sets it. */
  steady?: () => number
  /** Calls back once, not before `delayMs`; the returned function takes it back. */
  after: (delayMs: number, callback: () => void) => () => void
}

/** Uniform in [0, 1). */
export type Random = () => number

/** A new unique text on each call, sortable by time. */
export type Ids = () => string

export interface Log {
  /** `facts` holds names, counts and durations; never values of a profile. */
  info: (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void
  /** Answers the reference a person can quote; the line in the log has it too. */
  error: (event: string, cause: unknown) => string
}

/** Files of the person's that wait to be sent: private copies, gone once confirmed. */
export interface Spool {
  /** Copies a regular file in; refuses what is not one. Size in bytes. */
  addFile: (path: string, limits: SpoolLimits) => Promise<Result<SpooledFile>>
  /** The same of bytes in memory, such as a pasted file. */
  addBytes: (name: string, bytes: Uint8Array, limits: SpoolLimits) => Promise<Result<SpooledFile>>
  /** To read it once, from the start; fails with `file` where it is gone. */
  open: (spoolId: string) => Promise<Result<SpooledContent>>
  /** One that is not there, or does not go, is no failure: it is looked for again at the next start. */
  remove: (spoolId: string) => Promise<void>
}

export interface SpoolLimits {
  readonly maxBytes: number
  readonly accept: 'pdf' | 'image'
}

export interface SpooledFile {
  readonly spoolId: string
  readonly name: string
  readonly size: number
  readonly type: string
  readonly sha256: string
}

export interface SpooledContent {
  readonly size: number
  /** Reads in large pieces; may be consumed once. */
  readonly stream: () => AsyncIterable<Uint8Array>
}
