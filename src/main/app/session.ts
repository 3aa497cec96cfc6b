import { selfItemId, type SectionId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AnySection } from '../../shared/domain/sections/section'
import { isFileValue, textOf } from '../../shared/domain/values'
import type { CredentialState, Workspace } from '../../shared/domain/workspace'
import type { AppError, Result } from '../../shared/errors'
import type { Person } from '../../shared/ipc/contract'
import { ok } from '../../shared/result'
import type { Clock, Ids, Log, Random } from '../../shared/sync/ports'
import { emptyState, type SyncState } from '../../shared/sync/state'
import { step } from '../../shared/sync/step'
import { sectionView } from '../../shared/sync/view'
import type { Credential } from '../credential'
import type { ConnectionTarget, ConnectPlatform, PlatformConnection, WorkspaceFiles } from './ports'
import { createSyncEngine, type SyncEngine, type SyncListeners } from './sync-engine'

export interface SessionPorts {
  readonly registry: SectionRegistry
  readonly connectPlatform: ConnectPlatform
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly log: Log
}

/** Where the credential of an open workspace comes from, asked for only when it is needed. */
export type FindConnection = () => Promise<
  Result<{ readonly target: ConnectionTarget; readonly credential: Credential }>
>

export interface SessionListeners extends SyncListeners {
  /** The name, the photo or the credential's state has changed. */
  readonly onPerson: () => void
}

/** One open workspace: its files, its engine and its way to the platform. */
export interface Session {
  readonly workspace: Workspace
  readonly engine: SyncEngine
  readonly files: WorkspaceFiles
  readonly credentialState: () => CredentialState
  readonly person: () => Person
  readonly connection: () => Promise<Result<PlatformConnection>>
  /** A new credential is to be had: connect anew and go on. */
  readonly renew: () => Promise<void>
  /** Reads the section and what it refers to. */
  readonly refresh: (section: AnySection) => Promise<void>
  /** Reads everything, the given section first. */
  readonly refreshAll: (first: AnySection | undefined) => Promise<void>
  readonly sweepSpool: () => Promise<void>
  readonly close: () => Promise<void>
}

export function openSession(
  workspace: Workspace,
  files: WorkspaceFiles,
  setup: {
    readonly ports: SessionPorts
    readonly find: FindConnection
    readonly listeners: SessionListeners
  },
): Session {
  const { ports, find, listeners } = setup
  let credential: CredentialState = 'stored'
  let connecting: Promise<Result<PlatformConnection>> | undefined
  let photoUrl: string | undefined
  let photoVersion = 0
  let hasPhoto = true

  const connection = (): Promise<Result<PlatformConnection>> => {
    connecting ??= connect()
    return connecting
  }

  const connect = async (): Promise<Result<PlatformConnection>> => {
    const found = await find()
    if (found.ok) {
      return ok(
        await ports.connectPlatform(found.value.target, found.value.credential, files.spool),
      )
    }
    connecting = undefined
    setCredential(stateOf(found.error))
    return found
  }

  const setCredential = (state: CredentialState): void => {
    credential = state
    listeners.onPerson()
  }

  const engine = createSyncEngine(
    restoredState(files, ports.clock.now()),
    {
      ...ports,
      store: files.store,
      api: async () => {
        const made = await connection()
        return made.ok ? ok(made.value.api) : made
      },
    },
    {
      onSection: (section, state) => {
        listeners.onSection(section, state)
        if (section === basic.id) void followPhoto(state)
      },
      onStatus: listeners.onStatus,
    },
  )

  /** Keeps a copy of the photo under the address the account names now. */
  const followPhoto = async (state: SyncState): Promise<void> => {
    const named = state.snapshots.get(basic.id)?.facts['photoUrl']
    const url = typeof named === 'string' ? named : undefined
    listeners.onPerson()
    if (url === photoUrl) return
    photoUrl = url
    hasPhoto = url !== undefined
    if (url === undefined) return
    const made = await connection()
    const bytes = made.ok ? await made.value.photo(url) : made
    if (!bytes.ok) return
    await files.savePhoto(bytes.value)
    photoVersion += 1
    listeners.onPerson()
  }

  const refresh = async (section: AnySection): Promise<void> => {
    await Promise.all([section.id, ...referencesOf(section)].map((id) => engine.refresh(id)))
  }

  return {
    workspace,
    engine,
    files,
    credentialState: () => credential,
    person: () => personOf(workspace, engine.state(), { photoVersion, hasPhoto }),
    connection,
    renew: async () => {
      await closeConnection(connecting)
      connecting = undefined
      credential = 'stored'
      await engine.dispatch({ type: 'credential-renewed' })
      listeners.onPerson()
    },
    refresh,
    refreshAll: async (first) => {
      if (first) await refresh(first)
      const rest = ports.registry.all.filter((section) => section.id !== first?.id)
      for (const section of rest) await engine.refresh(section.id)
    },
    sweepSpool: () => files.spool.sweep(wantedSpoolIds(engine.state())),
    close: async () => {
      engine.stop()
      await closeConnection(connecting)
      await files.close()
    },
  }
}

async function closeConnection(
  connecting: Promise<Result<PlatformConnection>> | undefined,
): Promise<void> {
  const made = await connecting
  if (made?.ok) await made.value.close()
}

function restoredState(files: WorkspaceFiles, now: number): SyncState {
  const restored: SyncState = {
    ...emptyState(now),
    outbox: files.saved.outbox,
    drafts: files.saved.drafts,
    aliases: files.saved.aliases,
    snapshots: new Map(files.saved.snapshots.map((snapshot) => [snapshot.section, snapshot])),
  }
  return step(restored, { type: 'restarted' })[0]
}

const stateOf = (error: AppError): CredentialState =>
  error.kind === 'keychain' ? { unavailable: error.reason } : 'missing'

function referencesOf(section: AnySection): readonly SectionId[] {
  return Object.values(section.fields).flatMap((field) =>
    field.kind === 'reference' ? [field.to] : [],
  )
}

/** The name and the photo as they will be once every edit has arrived. */
function personOf(
  workspace: Workspace,
  state: SyncState,
  photo: { readonly photoVersion: number; readonly hasPhoto: boolean },
): Person {
  const item = sectionView(basic, state).items.find((entry) => entry.id === selfItemId)
  const name = textOf(item?.values['name']) || workspace.personName || workspace.username
  const waiting = item?.values['photo']
  if (isFileValue(waiting) && waiting.spoolId !== undefined) {
    return { name, photo: `app://bundle/spool/${waiting.spoolId}` }
  }
  if (!isFileValue(waiting) || !photo.hasPhoto) return { name }
  return { name, photo: `app://bundle/photo/${workspace.id}?v=${photo.photoVersion}` }
}

function wantedSpoolIds(state: SyncState): ReadonlySet<string> {
  const values = state.outbox.flatMap((mutation) => Object.values(mutation.patch))
  return new Set(
    values.flatMap((value) =>
      isFileValue(value) && value.spoolId !== undefined ? [value.spoolId] : [],
    ),
  )
}
