import type { WorkspaceId } from '../../shared/domain/ids'
import type {
  Origins,
  SectionAccess,
  ServiceReport,
  Workspace,
} from '../../shared/domain/workspace'
import type { Result, Service } from '../../shared/errors'
import type { DesktopFacts, Settings } from '../../shared/ipc/contract'
import type { OutboxStore, SectionApi, Spool } from '../../shared/sync/ports'
import type { Durable } from '../../shared/sync/replay'
import type { SyncState } from '../../shared/sync/state'
import type { Credential } from '../credential'

/** The OS keychain. Every call answers within two seconds; a stuck store is `timeout`. */
export interface CredentialStore {
  /** Whether it takes and gives: asks it to keep something that is no secret, and to forget it. */
  check: () => Promise<Result<void>>
  get: (key: string) => Promise<Result<Credential | undefined>>
  set: (key: string, credential: Credential) => Promise<Result<void>>
  remove: (key: string) => Promise<Result<void>>
}

export interface StoredPreferences {
  readonly settings: Settings
  readonly workspaces: readonly Workspace[]
  readonly current?: WorkspaceId
  /** The section to open first. */
  readonly section?: string
  /** Path of the certificates to trust beside the app's own; empty or absent: none. */
  readonly certificateFile?: string
}

/** Small, rarely written, never anything typed. */
export interface Preferences {
  /** Whether something in the file could not be read; the file as it was is set aside. */
  readonly wasDamaged: boolean
  read: () => StoredPreferences
  /** Counts at once for `read`; taken back when it cannot be kept. */
  write: (change: Partial<StoredPreferences>) => Promise<Result<void>>
}

export interface WorkspaceFiles {
  readonly store: OutboxStore
  readonly spool: Spool & {
    /** Deletes what is not wanted, save what was added for an edit that is still being made. */
    readonly sweep: (wanted: ReadonlySet<string>) => Promise<void>
    /** Whole, into memory: for pictures. `undefined` where it is gone. */
    readonly read: (spoolId: string) => Promise<Uint8Array | undefined>
    /** Copies one out, whole or not at all; the file is the person's alone (mode 0600). */
    readonly copyTo: (spoolId: string, path: string) => Promise<Result<void>>
  }
  /** What the journal and the copies held when they were opened. */
  readonly saved: Durable & Pick<SyncState, 'snapshots' | 'confirmedCount'>
  /** Something of it could not be read and was set aside. */
  readonly wasDamaged: boolean
  readonly photo: PhotoFile
  /** Waits for what is being written; from then on every write answers `cancelled`. */
  close: () => Promise<void>
}

/** The copy of the person's photo, with the address it was read from. */
export interface PhotoFile {
  /** Where the picture kept when the workspace was opened came from; `undefined` without one. */
  readonly url: string | undefined
  readonly save: (picture: {
    readonly url: string
    readonly bytes: Uint8Array
  }) => Promise<Result<void>>
  readonly read: () => Promise<Uint8Array | undefined>
}

export interface WorkspaceFolders {
  open: (id: WorkspaceId) => Promise<Result<WorkspaceFiles>>
  /** Removes everything kept for a workspace: copies, drafts, queue, spool. */
  erase: (id: WorkspaceId) => Promise<Result<void>>
}

/** Whom and where to ask. */
export interface ConnectionTarget {
  readonly org: string
  readonly username: string
  readonly origins: Origins
}

export interface ProbeAnswer {
  readonly services: readonly ServiceReport[]
  readonly sections: readonly SectionAccess[]
  readonly personName?: string
}

/** What opens the hosts: one token for both, and what a host takes instead of it. */
export interface Credentials {
  readonly first: Credential
  readonly own?: OwnCredentials
}

export type OwnCredentials = Readonly<Partial<Record<Service, Credential>>>

/** One way to the platform, with its credentials. */
export interface PlatformConnection {
  readonly api: SectionApi
  /** Asks the hosts, both unless some are named, what the credentials may do; changes nothing. */
  probe: (services?: readonly Service[]) => Promise<ProbeAnswer>
  /** The photo's bytes from the address the account names. */
  photo: (url: string) => Promise<Result<Uint8Array>>
  /**
   * Streams a file that the résumé lists to a file of the person's; without a name, the résumé
   * itself. At most 100 MiB; whole or not at all.
   */
  saveResumeFile: (
    name: string | undefined,
    path: string,
    how?: SavingResume,
  ) => Promise<Result<void>>
  close: () => Promise<void>
}

export interface SavingResume {
  /** Ends it: the answer is then `cancelled`. */
  readonly signal?: AbortSignal
  /** The file is the person's alone: mode 0600. */
  readonly isPrivate?: boolean
}

/** The app's own folder of copies made for dragging: readable by the person only, and short-lived. */
export interface DragFolder {
  /** Where a file of this name is to be written: in a new folder of its own. */
  place: (plainName: string) => Promise<Result<string>>
  /** What changes with the file; `undefined` when it is not there. */
  stampOf: (path: string) => Promise<string | undefined>
  holds: (path: string) => boolean
  /** Both delete at once, as far as the system lets them. */
  discard: (path: string) => void
  empty: () => void
}

export type ConnectPlatform = (
  target: ConnectionTarget,
  credentials: Credentials,
  spool: Spool,
) => Promise<PlatformConnection>

/** The embedded platform. Starts on the first call. */
export interface DemoPlatform {
  /** Overlapping calls share one start. Fails with `unexpected`, and may be called again. */
  start: () => Promise<Result<ConnectionTarget & { readonly credential: Credential }>>
  /** Puts its profile back to what it was at first. */
  reset: () => Promise<Result<void>>
  /** Called when the platform has ended by itself: the next start has another address and token. */
  onEnd: (listener: () => void) => void
}

/** What the environment or a `.env` file holds, token included: never leaves main. */
export interface FoundConnection {
  readonly org: string
  readonly username: string
  readonly address: string
  /** Whether the address came with it: then the token is for that platform and no other. */
  readonly hasAddress: boolean
  readonly credential?: Credential
}

/** Reads certificates to trust, in PEM, and whom they are issued to; refuses what holds none. */
export interface CertificateFiles {
  read: (path: string) => Promise<
    Result<{
      readonly certificates: readonly string[]
      readonly names: readonly string[]
    }>
  >
}

/** Questions only the desktop can answer. */
export interface Desktop {
  /** A file chosen in the system's dialog; `undefined` when the person closed it. */
  chooseFile: (kind: 'pdf' | 'env' | 'certificates') => Promise<string | undefined>
  /** Where to save, in the system's dialog; `undefined` when the person closed it. */
  chooseSaveAs: (suggestedName: string) => Promise<string | undefined>
  /** UTF-8, the person's alone (mode 0600); replaces what is there. Fails with `storage`. */
  writeTextFile: (path: string, text: string) => Promise<Result<void>>
  /** A regular file of at most `maxBytes`, as UTF-8. Fails with `file`. */
  readTextFile: (path: string, maxBytes: number) => Promise<Result<string>>
  copyText: (text: string) => void
  /** Shows a file of the app's own in the system's file manager, or its folder when it is not there. */
  showInFolder: (path: string) => Promise<void>
  /** In the system's browser, https addresses only; fails with `refused-input`. */
  openExternal: (url: string) => Promise<Result<void>>
  /**
   * Drags a file out of the window. Comes back once it is let go, except on macOS; until then nothing
   * else in main goes on that waits for a promise.
   */
  startDrag: (path: string) => void
  facts: () => Promise<DesktopFacts>
  /** Lets the app start, hidden, when the person logs in, or no longer. */
  startAtLogin: (isOn: boolean) => Promise<Result<DesktopFacts>>
}
