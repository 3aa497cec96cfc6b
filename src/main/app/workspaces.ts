import { asWorkspaceId, type WorkspaceId } from '../../shared/domain/ids'
import type { AnySection } from '../../shared/domain/sections/section'
import type {
  ConnectionInput,
  CredentialState,
  Prefill,
  ProbeReport,
  Workspace,
} from '../../shared/domain/workspace'
import type { AppError, Result } from '../../shared/errors'
import type { IpcContract, WorkspacesView } from '../../shared/ipc/contract'
import type { Publish } from '../../shared/ipc/define'
import { err, ok } from '../../shared/result'
import { refusalOf, workspaceIdOf } from './connect-target'
import { Connecting, type ConnectingPorts } from './connecting'
import { CredentialKeeper, type CredentialPorts } from './credential-keeper'
import type { FoundConnection, Preferences, WorkspaceFolders } from './ports'
import { createPublisher } from './publisher'
import { Session, type SessionPorts } from './session'
import { credentialFrom } from './token-text'

export interface WorkspacesPorts extends SessionPorts, ConnectingPorts, CredentialPorts {
  readonly preferences: Preferences
  readonly folders: WorkspaceFolders
  readonly publish: Publish<IpcContract>
  /** Called whenever anything the tray or the menus show may have changed. */
  readonly onShellChange: () => void
}

const demoId = asWorkspaceId('demo')
const corrupt: AppError = { kind: 'storage', reason: 'corrupt' }

/** The configured connections and the one that is open. What changes the open one goes in turns. */
export class Workspaces {
  readonly #ports: WorkspacesPorts
  readonly #connecting: Connecting
  readonly #credentials: CredentialKeeper
  #session: Session | undefined
  #notice: AppError | undefined
  #stopPublishing: (() => void) | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ports: WorkspacesPorts) {
    this.#ports = ports
    this.#connecting = new Connecting(ports)
    this.#credentials = new CredentialKeeper(ports)
    this.#notice = ports.preferences.wasDamaged ? corrupt : undefined
    ports.demo.onEnd(() => {
      if (this.#session?.workspace.kind === 'demo') void this.#session.renew()
    })
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
    return this.#connecting.prefill()
  }

  takeFound(found: FoundConnection): Prefill {
    return this.#connecting.takeFound(found)
  }

  /** Opens the workspace that was open last; the page shows its copy before anything is asked. */
  openLast(): Promise<void> {
    return this.#inTurn(async () => {
      const { workspaces, current } = this.#ports.preferences.read()
      const last = workspaces.find((workspace) => workspace.id === current)
      if (last) await this.#open(last, this.#notice)
    })
  }

  async probe(input: ConnectionInput): Promise<Result<ProbeReport>> {
    const [answer, keychain] = await Promise.all([
      this.#connecting.probe(input),
      this.#credentials.keychainState(),
    ])
    return answer.ok ? ok({ ...answer.value, keychain }) : answer
  }

  /** A keychain that refuses changes nothing: the same call with `isSessionOnly` asks nothing anew. */
  async connect(input: ConnectionInput, isSessionOnly: boolean): Promise<Result<Workspace>> {
    const verified = await this.#connecting.verify(input)
    if (!verified.ok) return verified
    const { target, answer } = verified.value
    const { credential, ...where } = target
    const workspace: Workspace = {
      id: workspaceIdOf(where, this.#ports.fingerprint),
      kind: 'account',
      ...where,
      personName: answer.personName ?? '',
    }
    return this.#inTurn(async () => {
      const isKnown = this.#find(workspace.id) !== undefined
      const kept = await this.#credentials.keep(workspace.id, credential, isSessionOnly)
      if (!kept.ok) return kept
      const opened = await this.#addAndOpen(workspace)
      if (opened.ok) this.#connecting.forget()
      else if (!isKnown) await this.#credentials.remove(workspace)
      return opened
    })
  }

  async openDemo(): Promise<Result<Workspace>> {
    const started = await this.#ports.demo.start()
    if (!started.ok) return started
    const { org, username, origins } = started.value
    return this.#inTurn(() =>
      this.#addAndOpen({ id: demoId, kind: 'demo', org, username, origins, personName: '' }),
    )
  }

  /** An open demo is closed meanwhile, so that none of its old edits reaches the new platform. */
  resetDemo(): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const open = this.#session?.workspace
      if (open?.id === demoId) await this.#close()
      const reset = await this.#ports.demo.reset()
      const erased = reset.ok ? await this.#ports.folders.erase(demoId) : reset
      if (open?.id !== demoId) return erased
      const opened = await this.#open(open)
      return erased.ok ? opened : erased
    })
  }

  switchTo(id: WorkspaceId): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const workspace = this.#find(id)
      if (!workspace) return err({ kind: 'not-found' })
      return this.#session?.workspace.id === id ? ok(undefined) : this.#open(workspace)
    })
  }

  /**
   * Removes credential, copies, drafts and queue. The caller has dealt with unsent edits. A keychain
   * that keeps the credential stops it before anything is gone; a file that stays is said.
   */
  signOut(): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const workspace = this.#session?.workspace
      if (!workspace) return ok(undefined)
      const removed = await this.#credentials.remove(workspace)
      if (!removed.ok) return removed
      await this.#close()
      const erased = await this.#ports.folders.erase(workspace.id)
      const rest = this.#ports.preferences.read().workspaces.filter(({ id }) => id !== workspace.id)
      const written = await this.#ports.preferences.write({ workspaces: rest })
      const [next] = rest
      if (next) await this.#open(next)
      else this.#tell()
      return erased.ok ? written : erased
    })
  }

  async retryKeychain(): Promise<Result<CredentialState>> {
    const session = this.#session
    if (!session) return ok(await this.#credentials.keychainState())
    await session.renew()
    await session.connection()
    void session.refreshAll(this.#lastSection())
    return ok(session.credentialState())
  }

  async renewToken(token: string, isSessionOnly: boolean): Promise<Result<void>> {
    const session = this.#session
    if (session?.workspace.kind !== 'account') return err({ kind: 'not-found' })
    const credential = credentialFrom(token)
    if (!credential.ok) return credential
    const { id, username, org, origins } = session.workspace
    const target = { org, username, origins, credential: credential.value }
    const refusal = refusalOf(await this.#connecting.ask(target), username)
    if (refusal) return err(refusal)
    const kept = await this.#credentials.keep(id, credential.value, isSessionOnly)
    if (!kept.ok) return kept
    await session.renew()
    void session.refreshAll(this.#lastSection())
    return ok(undefined)
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#close())
  }

  async #addAndOpen(workspace: Workspace): Promise<Result<Workspace>> {
    const { workspaces } = this.#ports.preferences.read()
    const known = this.#find(workspace.id)
    const added = { ...workspace, personName: workspace.personName || (known?.personName ?? '') }
    const rest = workspaces.filter((entry) => entry.id !== workspace.id)
    const written = await this.#ports.preferences.write({ workspaces: [...rest, added] })
    if (!written.ok) return written
    const opened = await this.#open(added)
    return opened.ok ? ok(added) : opened
  }

  /** Opens before it closes, so that a workspace whose files cannot be read leaves the open one be. */
  async #open(workspace: Workspace, notice?: AppError): Promise<Result<void>> {
    if (this.#session?.workspace.id === workspace.id) await this.#close()
    const files = await this.#ports.folders.open(workspace.id)
    if (!files.ok) {
      if (!this.#session) this.#notice = files.error
      this.#tell()
      return files
    }
    await this.#close()
    this.#notice = files.value.wasDamaged ? corrupt : notice
    const waiting = files.value.saved.outbox.length
    const publisher = createPublisher(this.#ports.publish, { ...this.#ports, waiting })
    this.#stopPublishing = publisher.stop
    this.#session = new Session(workspace, files.value, {
      ports: this.#ports,
      credential: {
        expected: () => this.#credentials.expectedState(workspace),
        find: () => this.#credentials.find(workspace),
      },
      listeners: {
        onSection: publisher.onSection,
        onStatus: (state, upload) => {
          publisher.onStatus(state, upload)
          this.#ports.onShellChange()
        },
        onPerson: () => {
          this.#rememberName()
          this.#tell()
        },
      },
    })
    if (this.#ports.preferences.read().current !== workspace.id) {
      void this.#ports.preferences.write({ current: workspace.id })
    }
    this.#tell()
    void this.#session.sweepSpool()
    return ok(undefined)
  }

  async #close(): Promise<void> {
    this.#stopPublishing?.()
    const session = this.#session
    this.#session = undefined
    await session?.close()
  }

  /** The list of workspaces shows people by the name that was read last. */
  #rememberName(): void {
    const personName = this.#session?.savedName() ?? ''
    const id = this.#session?.workspace.id
    const { workspaces } = this.#ports.preferences.read()
    const known = workspaces.find((workspace) => workspace.id === id)
    if (personName === '' || !known || known.personName === personName) return
    void this.#ports.preferences.write({
      workspaces: workspaces.map((entry) => (entry === known ? { ...known, personName } : entry)),
    })
  }

  #tell(): void {
    this.#ports.publish('workspace', 'changed', this.view())
    this.#ports.onShellChange()
  }

  #find(id: WorkspaceId): Workspace | undefined {
    return this.#ports.preferences.read().workspaces.find((workspace) => workspace.id === id)
  }

  #lastSection(): AnySection | undefined {
    const { section } = this.#ports.preferences.read()
    return this.#ports.registry.all.find(({ id }) => id === section)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
