import { basic } from '../../shared/domain/sections/basic'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { companionsOf, type AnySection } from '../../shared/domain/sections/section'
import { isFileValue } from '../../shared/domain/values'
import type { CredentialState, Workspace } from '../../shared/domain/workspace'
import type { Result, Service } from '../../shared/errors'
import type { Person } from '../../shared/ipc/contract'
import { ok } from '../../shared/result'
import type { Clock, Ids, Log, Random } from '../../shared/sync/ports'
import { foundCreates } from '../../shared/sync/situation'
import { emptyState, type SyncState } from '../../shared/sync/state'
import { step } from '../../shared/sync/step'
import type { FoundCredential } from './credential-keeper'
import { PhotoFollower, personOf, savedName } from './person'
import type { ConnectPlatform, PlatformConnection, WorkspaceFiles } from './ports'
import { SessionConnection } from './session-connection'
import { createSyncEngine, type SyncEngine, type SyncListeners } from './sync-engine'

export interface SessionPorts {
  readonly registry: SectionRegistry
  readonly connectPlatform: ConnectPlatform
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly log: Log
}

export interface SessionListeners extends SyncListeners {
  /** The name, the photo or the credential's state has changed. */
  readonly onPerson: () => void
}

export interface SessionSetup {
  readonly ports: SessionPorts
  readonly credential: {
    readonly expected: () => CredentialState
    readonly find: () => Promise<Result<FoundCredential>>
  }
  readonly listeners: SessionListeners
}

/** One open workspace: its files, its engine and its way to the platform. */
export class Session {
  readonly workspace: Workspace
  readonly files: WorkspaceFiles
  readonly engine: SyncEngine
  readonly #setup: SessionSetup
  readonly #connection: SessionConnection
  readonly #photo: PhotoFollower
  #toldPerson: string
  #wantedSpoolIds: ReadonlySet<string>
  /** The queue that was last looked through for it. */
  #sweptFor: SyncState['outbox']
  #isClosed = false

  constructor(workspace: Workspace, files: WorkspaceFiles, setup: SessionSetup) {
    const { ports, credential } = setup
    this.workspace = workspace
    this.files = files
    this.#setup = setup
    this.#connection = new SessionConnection({
      ...credential,
      connectPlatform: ports.connectPlatform,
      spool: files.spool,
      onState: () => {
        setup.listeners.onPerson()
      },
    })
    this.engine = this.#createEngine()
    this.#photo = new PhotoFollower({
      ...ports,
      file: files.photo,
      state: this.engine.state,
      connection: () => this.connection(),
      onChange: () => {
        this.#tellPerson()
      },
    })
    this.#sweptFor = this.engine.state().outbox
    this.#wantedSpoolIds = spoolIdsIn(this.engine.state())
    this.#toldPerson = JSON.stringify(this.person())
  }

  credentialState(): CredentialState {
    return this.#connection.state
  }

  person(): Person {
    return personOf(this.workspace, this.engine.state(), this.#photo.version)
  }

  savedName(): string {
    return savedName(this.engine.state())
  }

  connection(): Promise<Result<PlatformConnection>> {
    return this.#connection.get()
  }

  /** A new credential is to be had: connect anew and go on. */
  async renew(): Promise<void> {
    if (this.#isClosed) return
    this.#connection.renew()
    await this.engine.dispatch({ type: 'credential-renewed' })
    this.engine.wake()
  }

  /** Reads the section and what it refers to. */
  async refresh(section: AnySection): Promise<void> {
    await Promise.all([section.id, ...companionsOf(section)].map((id) => this.engine.refresh(id)))
  }

  /** Reads everything, or all that one host has, the given section first. */
  async refreshAll(first: AnySection | undefined, service?: Service): Promise<void> {
    const isMeant = (section: AnySection) => service === undefined || section.service === service
    if (first && isMeant(first)) await this.refresh(first)
    for (const section of this.#setup.ports.registry.all.filter(isMeant)) {
      if (this.#isClosed) return
      if (section.id !== first?.id) await this.engine.refresh(section.id)
    }
  }

  /**
   * What was cut off between copy and journal: the copy has the record of a create that the journal
   * still holds. Settled before anything is shown, or the record would stand there twice.
   */
  async settle(): Promise<void> {
    const { registry, clock } = this.#setup.ports
    const now = clock.now()
    for (const section of registry.all) {
      const state = this.engine.state()
      const items = state.snapshots.get(section.id)?.items
      if (!items || state.outbox.length === 0) continue
      for (const { notKept, ...found } of foundCreates(section, state, { items, now })) {
        const kept = notKept && { notKept }
        await this.engine.dispatch({ type: 'accepted', ...found, ...kept, at: now, isFound: true })
      }
    }
  }

  /** `copy`: the edit it was made for has been taken or refused, and may have been replaced since. */
  async sweepSpool(copy?: string): Promise<void> {
    const wanted = spoolIdsIn(this.engine.state())
    if (copy !== undefined && !wanted.has(copy)) await this.files.spool.remove(copy)
    await this.files.spool.sweep(wanted)
  }

  /** Requests that are under way are given up; what they would still answer reaches nobody. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.engine.stop()
    this.#connection.close()
    await this.files.close()
  }

  #createEngine(): SyncEngine {
    const { ports, listeners } = this.#setup
    return createSyncEngine(
      restoredState(this.files, ports.clock.now()),
      {
        ...ports,
        store: this.files.store,
        api: async () => {
          const made = await this.connection()
          return made.ok ? ok(made.value.api) : made
        },
      },
      {
        onSection: (section, state) => {
          if (this.#isClosed) return
          listeners.onSection(section, state)
          if (section === basic.id) this.#onBasic()
        },
        onStatus: (state, upload) => {
          if (this.#isClosed) return
          listeners.onStatus(state, upload)
          this.#sweepWhatIsFreed(state)
        },
      },
    )
  }

  #onBasic(): void {
    this.#tellPerson()
    void this.#photo.follow()
  }

  #tellPerson(): void {
    const person = JSON.stringify(this.person())
    if (this.#isClosed || person === this.#toldPerson) return
    this.#toldPerson = person
    this.#setup.listeners.onPerson()
  }

  /** A copy of a file goes as soon as no edit names it. */
  #sweepWhatIsFreed(state: SyncState): void {
    if (state.outbox === this.#sweptFor) return
    this.#sweptFor = state.outbox
    const wanted = spoolIdsIn(state)
    const isAnyFreed = [...this.#wantedSpoolIds].some((id) => !wanted.has(id))
    this.#wantedSpoolIds = wanted
    if (isAnyFreed) void this.files.spool.sweep(wanted)
  }
}

function restoredState(files: WorkspaceFiles, now: number): SyncState {
  const restored: SyncState = { ...emptyState(now), ...files.saved }
  return step(restored, { type: 'restarted', at: now })[0]
}

function spoolIdsIn(state: SyncState): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { patch } of state.outbox) {
    for (const value of Object.values(patch)) {
      if (isFileValue(value) && value.spoolId !== undefined) ids.add(value.spoolId)
    }
  }
  return ids
}
