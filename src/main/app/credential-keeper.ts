import type { WorkspaceId } from '../../shared/domain/ids'
import type { CredentialState, OwnTokens, Workspace } from '../../shared/domain/workspace'
import type { Result, Service } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Credential } from '../credential'
import { workspaceIdOf } from './connect-target'
import { OwnCredentialKeeper } from './own-credential-keeper'
import type { ConnectionTarget, CredentialStore, DemoPlatform, OwnCredentials } from './ports'

export interface CredentialPorts {
  readonly credentials: CredentialStore
  readonly demo: DemoPlatform
  /** A short text that stands for a longer one; the same for the same text. */
  readonly fingerprint: (text: string) => string
}

/** What opens a workspace, and where it is kept. */
export interface FoundCredential {
  readonly target: ConnectionTarget
  readonly credential: Credential
  readonly own?: OwnCredentials
  readonly state: 'stored' | 'session-only'
}

/** The credentials of all workspaces: in the keychain, or in memory until the app ends. */
export class CredentialKeeper {
  readonly #ports: CredentialPorts
  readonly #sessionOnly = new Map<WorkspaceId, Credential>()
  readonly #own: OwnCredentialKeeper

  /** `onOwnTokens` is called when another host than before has a token of its own. */
  constructor(ports: CredentialPorts, onOwnTokens: () => void) {
    this.#ports = ports
    this.#own = new OwnCredentialKeeper(ports.credentials, onOwnTokens)
  }

  /** `expected`: what the state will be when nothing goes wrong; nothing is asked for it. */
  of(workspace: Workspace) {
    return {
      expected: (): CredentialState =>
        this.#sessionOnly.has(workspace.id) ? 'session-only' : 'stored',
      find: () => this.find(workspace),
    }
  }

  /** Which hosts have a token of their own, as far as it was asked for or told. */
  ownTokens({ id }: Workspace): OwnTokens {
    return this.#own.known(id)
  }

  async find(workspace: Workspace): Promise<Result<FoundCredential>> {
    if (workspace.kind === 'demo') {
      const started = await this.#ports.demo.start()
      if (!started.ok) return started
      const { credential, ...target } = started.value
      return ok({ target, credential, state: 'stored' })
    }
    const { id } = workspace
    if (workspaceIdOf(workspace, this.#ports.fingerprint) !== id) return err(noneKept)
    const inMemory = this.#sessionOnly.get(id)
    if (inMemory) {
      // Whoever works without the keychain must not wait for it because of a second token.
      const own = await this.#own.find(id)
      const found = { target: workspace, credential: inMemory, state: 'session-only' } as const
      return ok({ ...found, own: own.ok ? own.value : this.#own.inMemory(id) })
    }
    const stored = await this.#ports.credentials.get(id)
    if (!stored.ok) return stored
    if (stored.value) {
      const own = await this.#own.find(id)
      if (!own.ok) return own
      return ok({ target: workspace, credential: stored.value, own: own.value, state: 'stored' })
    }
    // A locked keyring of Linux does not refuse to look, it finds nothing; only keeping tells.
    const usable = await this.#ports.credentials.check()
    return usable.ok ? err(noneKept) : usable
  }

  async keep(
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

  /** Keeps what one host takes instead of the credential for both. */
  keepOwn(
    where: { readonly id: WorkspaceId; readonly service: Service },
    credential: Credential,
    isSessionOnly: boolean,
  ): Promise<Result<void>> {
    return this.#own.keep(where, credential, isSessionOnly)
  }

  /** From then on the host gets the credential for both again. */
  removeOwn(id: WorkspaceId, service: Service): Promise<Result<void>> {
    return this.#own.remove(id, service)
  }

  /**
   * All of them, those of single hosts first: should the keychain stop in between, the workspace
   * still opens. A keychain that does not exist holds nothing to remove.
   */
  async remove({ id, kind }: Workspace): Promise<Result<void>> {
    if (kind === 'demo') return ok(undefined)
    const wasSessionOnly = this.#sessionOnly.has(id)
    for (const service of ['lms', 'dm'] as const) {
      const removed = await this.#own.remove(id, service)
      if (!removed.ok && !wasSessionOnly) return removed
    }
    const removed = await this.#ports.credentials.remove(id)
    const isMissing =
      !removed.ok && removed.error.kind === 'keychain' && removed.error.reason === 'missing'
    if (!removed.ok && !isMissing && !wasSessionOnly) return removed
    this.#sessionOnly.delete(id)
    this.#own.forget(id)
    return ok(undefined)
  }

  /** Whether the keychain can be used now. */
  async keychainState(): Promise<CredentialState> {
    const answer = await this.#ports.credentials.check()
    if (answer.ok) return 'stored'
    return answer.error.kind === 'keychain' ? { unavailable: answer.error.reason } : 'missing'
  }
}

const noneKept = { kind: 'unauthorized' } as const
