import type { WorkspaceId } from '../../shared/domain/ids'
import { asSectionId, asWorkspaceId } from '../../shared/domain/ids'
import type { AnySection } from '../../shared/domain/sections/section'
import {
  defaultPlatformAddress,
  originsOf,
  parseAddress,
  type ConnectionInput,
  type CredentialState,
  type Origins,
  type Prefill,
  type ProbeReport,
  type Workspace,
} from '../../shared/domain/workspace'
import type { AppError, Result } from '../../shared/errors'
import type { IpcContract, WorkspacesView } from '../../shared/ipc/contract'
import type { Publish } from '../../shared/ipc/define'
import { err, ok } from '../../shared/result'
import { Credential } from '../credential'
import type {
  CredentialStore,
  DemoPlatform,
  FoundConnection,
  Preferences,
  ProbeAnswer,
  WorkspaceFolders,
} from './ports'
import { createPublisher } from './publisher'
import { openSession, type FindConnection, type Session, type SessionPorts } from './session'

export interface WorkspacesPorts extends SessionPorts {
  readonly preferences: Preferences
  readonly folders: WorkspaceFolders
  readonly credentials: CredentialStore
  readonly demo: DemoPlatform
  readonly publish: Publish<IpcContract>
  /** What the environment fills in at start. */
  readonly environment: FoundConnection | undefined
  /** A short text that stands for a longer one; the same for the same text. */
  readonly fingerprint: (text: string) => string
  /** Called whenever anything the tray or the menus show may have changed. */
  readonly onShellChange: () => void
}

const demoId = asWorkspaceId('demo')

/** The configured connections and the one that is open. */
export class Workspaces {
  readonly #ports: WorkspacesPorts
  readonly #sessionOnly = new Map<WorkspaceId, Credential>()
  #found: FoundConnection | undefined
  #foundIn: Prefill['source']
  #session: Session | undefined
  #notice: AppError | undefined
  #stopPublishing: (() => void) | undefined

  constructor(ports: WorkspacesPorts) {
    this.#ports = ports
    this.#found = ports.environment
    this.#foundIn = ports.environment ? 'environment' : 'none'
  }

  get session(): Session | undefined {
    return this.#session
  }

  view(): WorkspacesView {
    const { workspaces } = this.#ports.preferences.read()
    const session = this.#session
    return {
      all: workspaces,
      ...(session && { current: session.workspace, person: session.person() }),
      credential: session?.credentialState() ?? 'missing',
      ...(this.#notice && { notice: this.#notice }),
    }
  }

  prefill(): Prefill {
    return {
      org: this.#found?.org ?? '',
      username: this.#found?.username ?? '',
      address: this.#found?.address ?? defaultPlatformAddress,
      hasToken: this.#found?.credential !== undefined,
      source: this.#foundIn,
    }
  }

  /** Keeps what a `.env` file holds for the Connect screen. */
  takeFound(found: FoundConnection): Prefill {
    this.#found = found
    this.#foundIn = 'file'
    return this.prefill()
  }

  /** Opens the workspace that was open last; the page shows its copy before anything is asked. */
  async openLast(): Promise<void> {
    const { workspaces, current } = this.#ports.preferences.read()
    const last = workspaces.find((workspace) => workspace.id === current)
    if (last) await this.#open(last)
  }

  async probe(input: ConnectionInput): Promise<Result<ProbeReport>> {
    const target = this.#targetOf(input)
    if (!target.ok) return target
    const answer = await this.#ask(target.value)
    return ok({ ...answer, keychain: await this.#keychainState() })
  }

  async connect(input: ConnectionInput, isSessionOnly: boolean): Promise<Result<Workspace>> {
    const target = this.#targetOf(input)
    if (!target.ok) return target
    const answer = await this.#ask(target.value)
    const refusal = refusalOf(answer)
    if (refusal) return err(refusal)
    const workspace: Workspace = {
      id: this.#idOf(target.value),
      kind: 'account',
      org: target.value.org,
      username: target.value.username,
      origins: target.value.origins,
      personName: answer.personName ?? '',
    }
    const kept = await this.#keep(workspace.id, target.value.credential, isSessionOnly)
    if (!kept.ok) return kept
    return this.#addAndOpen(workspace)
  }

  async openDemo(): Promise<Result<Workspace>> {
    const started = await this.#ports.demo.start()
    if (!started.ok) return started
    const { org, username, origins } = started.value
    return this.#addAndOpen({ id: demoId, kind: 'demo', org, username, origins, personName: '' })
  }

  async resetDemo(): Promise<Result<void>> {
    const isOpen = this.#session?.workspace.id === demoId
    if (isOpen) await this.close()
    const erased = await this.#ports.folders.erase(demoId)
    if (!erased.ok) return erased
    const reset = await this.#ports.demo.reset()
    if (!reset.ok) return reset
    if (!isOpen) return ok(undefined)
    const opened = await this.openDemo()
    return opened.ok ? ok(undefined) : opened
  }

  async switchTo(id: WorkspaceId): Promise<Result<void>> {
    const workspace = this.#ports.preferences.read().workspaces.find((entry) => entry.id === id)
    if (!workspace) return err({ kind: 'not-found' })
    if (this.#session?.workspace.id === id) return ok(undefined)
    return this.#open(workspace)
  }

  /** Removes credential, copies, drafts and queue. The caller has dealt with unsent edits. */
  async signOut(): Promise<Result<void>> {
    const session = this.#session
    if (!session) return ok(undefined)
    const { id } = session.workspace
    await this.close()
    this.#sessionOnly.delete(id)
    const removed = await this.#ports.credentials.remove(id)
    const erased = await this.#ports.folders.erase(id)
    const { workspaces } = this.#ports.preferences.read()
    const rest = workspaces.filter((workspace) => workspace.id !== id)
    const [next] = rest
    const written = this.#ports.preferences.write({ workspaces: rest })
    if (next) await this.#open(next)
    this.#tell()
    if (!erased.ok) return erased
    if (!written.ok) return written
    return removed.ok || session.workspace.kind === 'demo' ? ok(undefined) : removed
  }

  async retryKeychain(): Promise<Result<CredentialState>> {
    const session = this.#session
    if (!session) return ok(await this.#keychainState())
    await session.renew()
    await session.connection()
    void session.refreshAll(this.#lastSection())
    return ok(session.credentialState())
  }

  async renewToken(token: string, isSessionOnly: boolean): Promise<Result<void>> {
    const session = this.#session
    if (!session) return err({ kind: 'not-found' })
    const credential = credentialFrom(token)
    if (!credential) return err(missing('token', 'Paste the API token.'))
    const answer = await this.#ask({ ...session.workspace, credential })
    const refusal = refusalOf(answer)
    if (refusal) return err(refusal)
    const kept = await this.#keep(session.workspace.id, credential, isSessionOnly)
    if (!kept.ok) return kept
    await session.renew()
    void session.refreshAll(this.#lastSection())
    return ok(undefined)
  }

  async close(): Promise<void> {
    this.#stopPublishing?.()
    const session = this.#session
    this.#session = undefined
    await session?.close()
  }

  async #addAndOpen(workspace: Workspace): Promise<Result<Workspace>> {
    const { workspaces } = this.#ports.preferences.read()
    const rest = workspaces.filter((entry) => entry.id !== workspace.id)
    const written = this.#ports.preferences.write({ workspaces: [...rest, workspace] })
    if (!written.ok) return written
    if (this.#session?.workspace.id === workspace.id) await this.close()
    const opened = await this.#open(workspace)
    return opened.ok ? ok(workspace) : opened
  }

  async #open(workspace: Workspace): Promise<Result<void>> {
    const files = await this.#ports.folders.open(workspace.id)
    if (!files.ok) return files
    await this.close()
    this.#notice = files.value.wasDamaged ? { kind: 'storage', reason: 'corrupt' } : undefined
    const publisher = createPublisher(this.#ports.publish, this.#ports)
    this.#stopPublishing = publisher.stop
    this.#session = openSession(workspace, files.value, {
      ports: this.#ports,
      find: this.#finderFor(workspace),
      listeners: {
        onSection: publisher.onSection,
        onStatus: (state, upload) => {
          publisher.onStatus(state, upload)
          this.#ports.onShellChange()
        },
        onPerson: () => this.#tell(),
      },
    })
    this.#ports.preferences.write({ current: workspace.id })
    this.#tell()
    void this.#session.sweepSpool()
    return ok(undefined)
  }

  #tell(): void {
    this.#ports.publish('workspace', 'changed', this.view())
    this.#ports.onShellChange()
  }

  #finderFor(workspace: Workspace): FindConnection {
    return async () => {
      if (workspace.kind === 'demo') {
        const started = await this.#ports.demo.start()
        return started.ok
          ? ok({ target: started.value, credential: started.value.credential })
          : started
      }
      const forSession = this.#sessionOnly.get(workspace.id)
      if (forSession) return ok({ target: workspace, credential: forSession })
      const stored = await this.#ports.credentials.get(workspace.id)
      if (!stored.ok) return stored
      if (stored.value) return ok({ target: workspace, credential: stored.value })
      return err({ kind: 'unauthorized' })
    }
  }

  async #keep(
    id: WorkspaceId,
    credential: Credential,
    isSessionOnly: boolean,
  ): Promise<Result<void>> {
    if (isSessionOnly) {
      this.#sessionOnly.set(id, credential)
      return ok(undefined)
    }
    const stored = await this.#ports.credentials.set(id, credential)
    if (stored.ok) this.#sessionOnly.delete(id)
    return stored
  }

  async #keychainState(): Promise<CredentialState> {
    const answer = await this.#ports.credentials.get('availability')
    if (answer.ok) return 'stored'
    return answer.error.kind === 'keychain' ? { unavailable: answer.error.reason } : 'missing'
  }

  async #ask(target: Target): Promise<ProbeAnswer> {
    const connection = await this.#ports.connectPlatform(target, target.credential, noSpool)
    try {
      return await connection.probe()
    } finally {
      await connection.close()
    }
  }

  #targetOf(input: ConnectionInput): Result<Target> {
    if (input.org === '') return err(missing('org', 'Enter the organization’s key.'))
    if (input.username === '') return err(missing('username', 'Enter your username.'))
    const credential =
      input.token.trim() === '' ? this.#found?.credential : credentialFrom(input.token)
    if (!credential) return err(missing('token', 'Paste the API token.'))
    const origins = originsFrom(input)
    if (!origins.ok) return origins
    const { org, username } = input
    return ok({ org, username, origins: origins.value, credential })
  }

  #idOf({ org, username, origins }: Target): WorkspaceId {
    return asWorkspaceId(`w-${this.#ports.fingerprint([origins.dm, org, username].join(' '))}`)
  }

  #lastSection(): AnySection | undefined {
    const { section } = this.#ports.preferences.read()
    return section === undefined ? undefined : this.#ports.registry.find(asSectionId(section))
  }
}

interface Target {
  readonly org: string
  readonly username: string
  readonly origins: Origins
  readonly credential: Credential
}

function originsFrom(input: ConnectionInput): Result<Origins> {
  const address = parseAddress(input.address === '' ? defaultPlatformAddress : input.address)
  if ('problem' in address) return err(missing('address', address.problem))
  const both = originsOf(address.origin)
  const lms = parseAddress(input.lmsAddress || both.lms)
  if ('problem' in lms) return err(missing('lmsAddress', lms.problem))
  const dm = parseAddress(input.dmAddress || both.dm)
  if ('problem' in dm) return err(missing('dmAddress', dm.problem))
  return ok({ lms: lms.origin, dm: dm.origin })
}

const missing = (field: string, problem: string): AppError => ({
  kind: 'refused-input',
  field,
  problem,
})

/** Pasted tokens bring white space, quotes or the variable's name along. */
function credentialFrom(text: string): Credential | undefined {
  const token = text
    .trim()
    .replace(/^IBLAI_API_KEY=/, '')
    .replace(/^["']|["']$/g, '')
    .trim()
  return token === '' ? undefined : new Credential(token)
}

/** Why nothing can be opened with this token; `undefined` when at least one host accepts it. */
function refusalOf({ services }: ProbeAnswer): AppError | undefined {
  const wrongUser = services.find((service) => service.error?.kind === 'wrong-user')
  if (wrongUser?.error) return wrongUser.error
  if (services.some((service) => service.isAccepted)) return undefined
  const errors = services.flatMap((service) => (service.error ? [service.error] : []))
  return errors.find((error) => error.kind !== 'unauthorized') ?? errors[0]
}

/** Asking what a token may do sends no files. */
const noSpool = {
  addFile: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  addBytes: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  open: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  remove: () => Promise.resolve(),
}
