import { createHash } from 'node:crypto'
import { createHandlers } from '../../src/main/app/handlers'
import type { HandlerPorts } from '../../src/main/app/handlers/ports'
import type {
  CertificateFiles,
  ConnectionTarget,
  Credentials,
  CredentialStore,
  Desktop,
  FoundConnection,
  PlatformConnection,
  Preferences,
  ProbeAnswer,
  StoredPreferences,
  WorkspaceFiles,
  WorkspaceFolders,
} from '../../src/main/app/ports'
import { AddedCertificates } from '../../src/main/app/added-certificates'
import { diagnostics } from '../../src/main/app/diagnostics'
import { DragOut } from '../../src/main/app/drag-out'
import { rememberErrors } from '../../src/main/app/recent-errors'
import { HandedFiles } from '../../src/main/app/handed-files'
import { nextDayAt } from '../../src/main/adapters/clock/next-day'
import { createWaking } from '../../src/main/app/wake'
import { Workspaces } from '../../src/main/app/workspaces'
import { Credential } from '../../src/main/credential'
import { asItemId, type SectionId, type WorkspaceId } from '../../src/shared/domain/ids'
import { registry } from '../../src/shared/domain/sections/registry'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { Values } from '../../src/shared/domain/values'
import type { ConnectionInput } from '../../src/shared/domain/workspace'
import type { AppError, Result, Service } from '../../src/shared/errors'
import type { WorkspacesView } from '../../src/shared/ipc/contract'
import { err, ok } from '../../src/shared/result'
import type { JournalRecord, SectionApi } from '../../src/shared/sync/ports'
import { confirmedIn, restoredCopies } from '../../src/shared/sync/confirmed'
import { replay } from '../../src/shared/sync/replay'
import type { ServerItem, Snapshot } from '../../src/shared/sync/state'
import { countedIds, ManualClock, MemoryLog, turns } from './main-clock'
import { FakeDemo } from './main-demo'
import { MemoryDragFolder } from './main-drag-folder'
import { updatesOff } from './main-updates'

export const sampleToken = 'c'.repeat(64)

export const aConnection = (some: Partial<ConnectionInput> = {}): ConnectionInput => ({
  org: 'northwind',
  username: 'noor',
  token: sampleToken,
  address: 'https://platform.example',
  ...some,
})

/** The keychain in memory; `failure` is what every call then answers. */
export class MemoryKeychain implements CredentialStore {
  readonly kept = new Map<string, string>()
  failure: AppError | undefined
  /** A locked keyring of Linux: looking finds nothing, only keeping is refused. */
  hidesItsLock = false

  readonly check: CredentialStore['check'] = () => this.#answer(undefined)

  readonly get: CredentialStore['get'] = (key) => {
    if (this.failure && this.hidesItsLock) return Promise.resolve(ok(undefined))
    const secret = this.kept.get(key)
    return this.#answer(secret === undefined ? undefined : new Credential(secret))
  }

  readonly set: CredentialStore['set'] = async (key, credential) => {
    const answer = await this.#answer(undefined)
    if (answer.ok) this.kept.set(key, credential.reveal())
    return answer
  }

  readonly remove: CredentialStore['remove'] = async (key) => {
    const answer = await this.#answer(undefined)
    if (answer.ok) this.kept.delete(key)
    return answer
  }

  #answer<T>(value: T): Promise<Result<T>> {
    return Promise.resolve(this.failure ? err(this.failure) : ok(value))
  }
}

interface Stored {
  journal: JournalRecord[]
  snapshots: Map<SectionId, Snapshot>
  spool: Map<string, Uint8Array>
  photo: { readonly url: string; readonly bytes: Uint8Array } | undefined
}

/** Folders in memory. `failure`: opening answers it; `writeFailure`: every later write does. */
export class MemoryFolders implements WorkspaceFolders {
  readonly stored = new Map<WorkspaceId, Stored>()
  readonly opened = new Set<WorkspaceId>()
  failure: AppError | undefined
  writeFailure: AppError | undefined
  wasDamaged = false
  /** What was copied out of a spool, by where it went. */
  readonly copies = new Map<string, Uint8Array | undefined>()
  readonly #ids = countedIds()

  readonly erase: WorkspaceFolders['erase'] = (id) => {
    if (this.opened.has(id)) throw new Error('erased while open')
    this.stored.delete(id)
    return Promise.resolve(ok(undefined))
  }

  readonly open: WorkspaceFolders['open'] = (id) => {
    if (this.failure) return Promise.resolve(err(this.failure))
    if (this.opened.has(id)) throw new Error('opened twice')
    this.opened.add(id)
    const stored = this.stored.get(id) ?? {
      journal: [],
      snapshots: new Map<SectionId, Snapshot>(),
      spool: new Map<string, Uint8Array>(),
      photo: undefined,
    }
    this.stored.set(id, stored)
    return Promise.resolve(ok(this.#files(id, stored)))
  }

  #files(id: WorkspaceId, stored: Stored): WorkspaceFiles {
    let isClosed = false
    const write = (work: () => void): Promise<Result<void>> => {
      if (isClosed) return Promise.resolve(err({ kind: 'cancelled' }))
      if (this.writeFailure) return Promise.resolve(err(this.writeFailure))
      work()
      return Promise.resolve(ok(undefined))
    }
    return {
      store: {
        append: (records) => write(() => stored.journal.push(...records)),
        saveSnapshot: (snapshot) => write(() => stored.snapshots.set(snapshot.section, snapshot)),
      },
      spool: this.#spool(stored.spool),
      saved: {
        ...replay(stored.journal),
        ...restoredCopies(stored.snapshots.values(), confirmedIn(stored.journal)),
      },
      wasDamaged: this.wasDamaged,
      photo: {
        url: stored.photo?.url,
        save: (picture) => write(() => (stored.photo = picture)),
        read: () => Promise.resolve(stored.photo?.bytes),
      },
      close: () => {
        isClosed = true
        this.opened.delete(id)
        return Promise.resolve()
      },
    }
  }

  #spool(spool: Map<string, Uint8Array>): WorkspaceFiles['spool'] {
    const fresh = new Set<string>()
    const add = (name: string, bytes: Uint8Array) => {
      const spoolId = this.#ids()
      fresh.add(spoolId)
      spool.set(spoolId, bytes)
      const type = 'application/pdf'
      return Promise.resolve(ok({ spoolId, name, size: bytes.length, type, sha256: spoolId }))
    }
    return {
      addFile: (path) => add(path.split('/').at(-1) ?? '', Buffer.from(path)),
      addBytes: (name, bytes) => add(name, bytes),
      open: () => Promise.resolve(err({ kind: 'file', reason: 'not-found' })),
      remove: (spoolId) => {
        spool.delete(spoolId)
        return Promise.resolve()
      },
      sweep: (wanted) => {
        for (const spoolId of wanted) fresh.delete(spoolId)
        const unwanted = [...spool.keys()].filter((id) => !wanted.has(id) && !fresh.has(id))
        for (const spoolId of unwanted) spool.delete(spoolId)
        return Promise.resolve()
      },
      read: (spoolId) => Promise.resolve(spool.get(spoolId)),
      copyTo: (spoolId, path) => {
        this.copies.set(path, spool.get(spoolId))
        return Promise.resolve(
          spool.has(spoolId) ? ok(undefined) : err({ kind: 'storage', reason: 'failed' }),
        )
      },
    }
  }
}

export class MemoryPreferences implements Preferences {
  wasDamaged = false
  failure: AppError | undefined
  writes = 0
  #stored: StoredPreferences = {
    settings: { theme: 'system', textSize: 100, onClose: 'tray', looksForUpdates: true },
    workspaces: [],
  }

  readonly read: Preferences['read'] = () => this.#stored

  readonly write: Preferences['write'] = (change) => {
    if (this.failure) return Promise.resolve(err(this.failure))
    this.writes += 1
    this.#stored = { ...this.#stored, ...change }
    return Promise.resolve(ok(undefined))
  }
}

type Held = () => void

/** A platform whose sections hold what is put there; questions can be held back. */
export class FakePlatform {
  readonly asked: {
    readonly target: ConnectionTarget
    readonly token: string
    readonly own: Readonly<Record<string, string>>
  }[] = []
  /** The hosts each probe was to ask. */
  readonly probed: (readonly Service[] | undefined)[] = []
  readonly photos: string[] = []
  readonly reads: string[] = []
  /** Where files of the résumé were to go. */
  readonly saved: string[] = []
  readonly writes: { readonly section: string; readonly values: Values }[] = []
  readonly items = new Map<string, ServerItem[]>()
  facts: Record<string, Readonly<Record<string, string>>> = {}
  probes = 0
  failure: AppError | undefined
  photoFailure: AppError | undefined
  answer: ProbeAnswer = {
    services: [
      { service: 'lms', host: 'platform.example', isAccepted: true, username: 'noor' },
      { service: 'dm', host: 'platform.example', isAccepted: true },
    ],
    sections: [],
    personName: 'Noor Haddad',
  }
  #held: Held[] | undefined

  hold(): void {
    this.#held = []
  }

  async release(): Promise<void> {
    const held = this.#held ?? []
    this.#held = undefined
    for (const go of held) go()
    await turns(60)
  }

  readonly connect = (
    target: ConnectionTarget,
    { first, own }: Credentials,
  ): Promise<PlatformConnection> => {
    const revealed = Object.entries(own ?? {}).map(([host, token]) => [host, token.reveal()])
    this.asked.push({
      target,
      token: first.reveal(),
      own: Object.fromEntries(revealed) as Readonly<Record<string, string>>,
    })
    return Promise.resolve({
      api: this.#api(),
      probe: async (services) => {
        this.probes += 1
        this.probed.push(services)
        await this.#turn()
        return this.answer
      },
      photo: async (url) => {
        this.photos.push(url)
        await this.#turn()
        return this.photoFailure ? err(this.photoFailure) : ok(Buffer.from(url))
      },
      saveResumeFile: async (_name, path, how) => {
        this.saved.push(path)
        await this.#turn()
        if (how?.signal?.aborted) return err({ kind: 'cancelled' })
        return this.failure ? err(this.failure) : ok(undefined)
      },
      close: () => Promise.resolve(),
    })
  }

  #api(): SectionApi {
    const itemsOf = (section: AnySection) =>
      this.items.get(section.id) ??
      (section.cardinality === 'one' ? [{ id: asItemId('self'), values: {}, wire: {} }] : [])
    return {
      pull: (section, signal) => {
        this.reads.push(section.id)
        return this.#answer(signal, () => ({
          items: itemsOf(section),
          facts: this.facts[section.id] ?? {},
        }))
      },
      create: (section, values, { signal }) =>
        this.#answer(signal, () => {
          this.writes.push({ section: section.id, values })
          const item = { id: asItemId(String(this.writes.length)), values, wire: {} }
          this.items.set(section.id, [...itemsOf(section), item])
          return item
        }),
      update: (section, current, patch, { signal }) =>
        this.#answer(signal, () => {
          this.writes.push({ section: section.id, values: patch })
          const item = { ...current, values: { ...current.values, ...patch } }
          const others = itemsOf(section).filter(({ id }) => id !== current.id)
          this.items.set(section.id, [...others, item])
          return item
        }),
      remove: () => Promise.resolve(ok(undefined)),
    }
  }

  async #answer<T>(signal: AbortSignal, work: () => T): Promise<Result<T>> {
    await this.#turn()
    if (signal.aborted) return err({ kind: 'cancelled' })
    return this.failure ? err(this.failure) : ok(work())
  }

  async #turn(): Promise<void> {
    if (this.#held) await new Promise<void>((go) => this.#held?.push(go))
  }
}

export class FakeDesktop implements Desktop, CertificateFiles {
  chosen: string | undefined
  saveAs: string | undefined
  suggested: string | undefined
  startsAtLogin = false
  readonly files = new Map<string, string>()
  readonly opened: string[] = []
  readonly shownFiles: string[] = []
  readonly dragged: string[] = []
  copied = ''

  readonly chooseFile: Desktop['chooseFile'] = () => Promise.resolve(this.chosen)
  readonly chooseSaveAs: Desktop['chooseSaveAs'] = (name) => {
    this.suggested = name
    return Promise.resolve(this.saveAs)
  }
  readonly writeTextFile: Desktop['writeTextFile'] = (path, text) => {
    this.files.set(path, text)
    return Promise.resolve(ok(undefined))
  }
  /** A file of certificates is here the list of their names. */
  readonly read: CertificateFiles['read'] = (path) => {
    const text = this.files.get(path)
    if (text === undefined) return Promise.resolve(err({ kind: 'file', reason: 'not-found' }))
    if (text === '') return Promise.resolve(err({ kind: 'file', reason: 'no-certificate' }))
    return Promise.resolve(ok({ certificates: [text], names: text.split(',') }))
  }
  readonly readTextFile: Desktop['readTextFile'] = (path) => {
    const text = this.files.get(path)
    return Promise.resolve(
      text === undefined ? err({ kind: 'file', reason: 'unreadable' }) : ok(text),
    )
  }
  readonly facts: Desktop['facts'] = () =>
    Promise.resolve({ hasTray: true, startsAtLogin: this.startsAtLogin })
  readonly startAtLogin: Desktop['startAtLogin'] = async (isOn) => {
    this.startsAtLogin = isOn
    return ok(await this.facts())
  }
  readonly copyText: Desktop['copyText'] = (text) => {
    this.copied = text
  }
  readonly showInFolder: Desktop['showInFolder'] = (path) => {
    this.shownFiles.push(path)
    return Promise.resolve()
  }
  readonly startDrag: Desktop['startDrag'] = (path) => {
    this.dragged.push(path)
  }
  readonly openExternal: Desktop['openExternal'] = (url) => {
    this.opened.push(url)
    return Promise.resolve(ok(undefined))
  }
}

const sampleSystem = {
  app: '0.0.0',
  electron: '33.2.1',
  chromium: '130.0',
  node: '20.18.1',
  system: 'linux x64 6.1',
  isPackaged: false,
}

export interface Told {
  readonly group: string
  readonly name: string
  readonly payload: unknown
}

/** Every use case over ports in memory. */
export function aMainWorld(some: { readonly environment?: FoundConnection } = {}) {
  const clock = new ManualClock()
  const log = new MemoryLog()
  const errors = rememberErrors(log, clock)
  const keychain = new MemoryKeychain()
  const folders = new MemoryFolders()
  const preferences = new MemoryPreferences()
  const platform = new FakePlatform()
  const demo = new FakeDemo()
  const desktop = new FakeDesktop()
  const handed = new HandedFiles()
  const dragFolder = new MemoryDragFolder()
  const told: Told[] = []
  const ids = countedIds()
  const start = () => {
    const dragOut: DragOut = new DragOut({
      folder: dragFolder,
      session: () => workspaces.session,
      plainName: (name) => name.replaceAll('/', '_'),
    })
    const workspaces = new Workspaces({
      registry,
      preferences,
      environment: some.environment,
      log,
      clock,
      random: () => 0.5,
      ids,
      folders,
      credentials: keychain,
      demo,
      connectPlatform: platform.connect,
      publish: (group, name, payload) => {
        told.push({ group, name, payload })
      },
      fingerprint: (text) => createHash('sha256').update(text).digest('hex').slice(0, 24),
      onShellChange: () => undefined,
      dragOut,
    })
    const certificates = new AddedCertificates({ preferences, files: desktop, desktop })
    const ports: HandlerPorts = {
      certificates,
      registry,
      workspaces,
      preferences,
      desktop,
      handed,
      dragOut,
      clock,
      ids,
      nextDayAt,
      version: '0.0.0',
      updates: updatesOff({ clock, log, preferences }),
      wake: createWaking({ registry, workspaces, preferences, clock }),
      about: () => Promise.resolve(sampleSystem),
      logFile: '/data/logs/app.log',
      diagnostics: () =>
        diagnostics({ ...ports, keychain, system: sampleSystem, recentErrors: errors.recent }),
      onSettings: () => undefined,
    }
    return { workspaces, handlers: createHandlers(ports), wake: ports.wake }
  }
  const parts = {
    clock,
    log,
    keychain,
    folders,
    preferences,
    platform,
    demo,
    desktop,
    handed,
    dragFolder,
    told,
    /** As compose wires it: what goes to it is remembered for the diagnostics. */
    errorLog: errors.log,
  }
  return { ...parts, ...start(), restart: start, settle: () => clock.run(200, 50) }
}

export type MainWorld = ReturnType<typeof aMainWorld>

/** What the page was told last of the workspaces. */
export const lastView = ({ told }: MainWorld): WorkspacesView =>
  told.findLast(({ name, group }) => group === 'workspace' && name === 'changed')
    ?.payload as WorkspacesView

/** The value of an answer that has to be a good one. */
export function valueOf<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
