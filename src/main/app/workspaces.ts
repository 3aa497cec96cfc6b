import { asWorkspaceId, type WorkspaceId } from '../../shared/domain/ids'
import type {
  ConnectionInput,
  CredentialState,
  Prefill,
  ProbeReport,
  Workspace,
} from '../../shared/domain/workspace'
import type { AppError, Result, Service } from '../../shared/errors'
import type { IpcContract, WorkspacesView } from '../../shared/ipc/contract'
import type { Publish } from '../../shared/ipc/define'
import { err, ok } from '../../shared/result'
import { workspaceIdOf } from './connect-target'
import { Connecting, type ConnectingPorts } from './connecting'
import { CredentialKeeper, type CredentialPorts } from './credential-keeper'
import { KnownWorkspaces } from './known-workspaces'
import type { FoundConnection, Preferences, WorkspaceFolders } from './ports'
import { createPublisher } from './publisher'
import { Session, type SessionPorts } from './session'
import { verifiedCredential, type GivenToken } from './token-renewal'

export interface WorkspacesPorts extends SessionPorts, ConnectingPorts, CredentialPorts {
  readonly preferences: Preferences
  readonly folders: WorkspaceFolders
  readonly publish: Publish<IpcContract>
  /** Called whenever anything the tray or the menus show may have changed. */
  readonly onShellChange: () => void
  /** Copies made for dragging: looked over when the résumé may have changed, gone with the workspace. */
  readonly dragOut: { readonly follow: () => void; readonly forget: () => void }
}

const demoId = asWorkspaceId('demo')
const corrupt: AppError = { kind: 'storage', reason: 'corrupt' }

/** The configured connections and the one that is open. What changes the open one goes in turns. */
export class Workspaces {
  readonly #ports: WorkspacesPorts
  readonly #known: KnownWorkspaces
  readonly #connecting: Connecting
  readonly #credentials: CredentialKeeper
  #session: Session | undefined
  #notice: AppError | undefined
  #stopPublishing: (() => void) | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ports: WorkspacesPorts) {
    this.#ports = ports
    this.#known = new KnownWorkspaces(ports.preferences)
    this.#connecting = new Connecting(ports)
    this.#credentials = new CredentialKeeper(ports, () => {
      this.#tell()
    })
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
    const ownTokens = session ? this.#credentials.ownTokens(session.workspace) : {}
    return {
      all: workspaces,
      ...(session && { current: session.workspace, person: session.person() }),
      credential: session?.credentialState() ?? 'missing',
      ...(Object.keys(ownTokens).length > 0 && { ownTokens }),
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
      const last = this.#known.find(this.#ports.preferences.read().current)
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
      const isKnown = this.#known.find(workspace.id) !== undefined
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
      const workspace = this.#known.find(id)
      if (!workspace) return err({ kind: 'not-found' })
      return this.#session?.workspace.id === id ? ok(undefined) : this.#open(workspace)
    })
  }

  /**
   * Removes credential, copies, drafts and queue; a keychain that keeps the credential stops it, a file
   * that stays is said. `mayErase` is asked first, and after the keychain for edits made meanwhile.
   */
  signOut(mayErase: (session: Session) => Result<void>) {
    const session = this.#session
    return this.#inTurn(async (): Promise<Result<void>> => {
      if (!session) return ok(undefined)
      if (this.#session !== session) return err({ kind: 'cancelled' })
      const { workspace } = session
      const agreed = mayErase(session)
      const removed = agreed.ok ? await this.#credentials.remove(workspace) : agreed
      const stillAgreed = removed.ok ? mayErase(session) : removed
      if (!stillAgreed.ok) return stillAgreed
      await this.#close()
      const erased = await this.#ports.folders.erase(workspace.id)
      const { written, next } = await this.#known.remove(workspace.id)
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

  /** A wrong token is refused and changes nothing; one that is kept opens what it is meant for. */
  async renewToken(given: GivenToken): Promise<Result<void>> {
    const session = this.#session
    if (session?.workspace.kind !== 'account') return err({ kind: 'not-found' })
    const { workspace } = session
    const own = this.#credentials.ownTokens(workspace)
    const verified = await verifiedCredential(this.#connecting, { ...workspace, own }, given)
    if (!verified.ok) return verified
    const { id } = workspace
    const { isSessionOnly, service } = given
    return this.#withNewToken(session, service, () =>
      service
        ? this.#credentials.keepOwn({ id, service }, verified.value, isSessionOnly)
        : this.#credentials.keep(id, verified.value, isSessionOnly),
    )
  }

  /** The host gets the first token again. */
  async removeToken(service: Service): Promise<Result<void>> {
    const session = this.#session
    if (session?.workspace.kind !== 'account') return err({ kind: 'not-found' })
    const { id } = session.workspace
    return this.#withNewToken(session, service, () => this.#credentials.removeOwn(id, service))
  }

  /** Not after the person has left the workspace: nothing would ever remove the token again. */
  async #withNewToken(
    session: Session,
    service: Service | undefined,
    change: () => Promise<Result<void>>,
  ): Promise<Result<void>> {
    const changed = await this.#inTurn(() =>
      this.#session === session ? change() : Promise.resolve(err<AppError>({ kind: 'cancelled' })),
    )
    if (!changed.ok) return changed
    await session.renew()
    void session.refreshAll(this.#lastSection(), service)
    return ok(undefined)
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#close())
  }

  async #addAndOpen(workspace: Workspace): Promise<Result<Workspace>> {
    const added = await this.#known.add(workspace)
    const opened = added.ok ? await this.#open(added.value) : added
    return opened.ok ? added : opened
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
    const session = new Session(workspace, files.value, {
      ports: this.#ports,
      credential: this.#credentials.of(workspace),
      listeners: {
        onSection: (section, state) => {
          publisher.onSection(section, state)
          this.#ports.dragOut.follow()
        },
        onStatus: (state, upload) => {
          publisher.onStatus(state, upload)
          this.#ports.onShellChange()
        },
        onPerson: () => {
          this.#known.rememberName(workspace.id, session.savedName())
          this.#tell()
        },
      },
    })
    await session.settle()
    this.#session = session
    if (this.#ports.preferences.read().current !== workspace.id) {
      void this.#ports.preferences.write({ current: workspace.id })
    }
    this.#tell()
    void session.sweepSpool()
    return ok(undefined)
  }

  async #close(): Promise<void> {
    this.#stopPublishing?.()
    this.#ports.dragOut.forget()
    const session = this.#session
    this.#session = undefined
    await session?.close()
  }

  #tell(): void {
    this.#ports.publish('workspace', 'changed', this.view())
    this.#ports.onShellChange()
  }

  #lastSection() {
    const { section } = this.#ports.preferences.read()
    return this.#ports.registry.all.find(({ id }) => id === section)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
