import type { WorkspaceId } from '../../shared/domain/ids'
import type { CredentialState, Workspace } from '../../shared/domain/workspace'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Credential } from '../credential'
import { workspaceIdOf } from './connect-target'
import type { ConnectionTarget, CredentialStore, DemoPlatform } from './ports'

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
  readonly state: 'stored' | 'session-only'
}

/** The credentials of all workspaces: in the keychain, or in memory until the app ends. */
export class CredentialKeeper {
  readonly #ports: CredentialPorts
  readonly #sessionOnly = new Map<WorkspaceId, Credential>()

  constructor(ports: CredentialPorts) {
    this.#ports = ports
  }

  /** What the state will be when nothing goes wrong; nothing is asked for it. */
  expectedState(workspace: Workspace): CredentialState {
    return this.#sessionOnly.has(workspace.id) ? 'session-only' : 'stored'
  }

  async find(workspace: Workspace): Promise<Result<FoundCredential>> {
    if (workspace.kind === 'demo') {
      const started = await this.#ports.demo.start()
      if (!started.ok) return started
      const { credential, ...target } = started.value
      return ok({ target, credential, state: 'stored' })
    }
    if (workspaceIdOf(workspace, this.#ports.fingerprint) !== workspace.id) return err(noneKept)
    const inMemory = this.#sessionOnly.get(workspace.id)
    if (inMemory) return ok({ target: workspace, credential: inMemory, state: 'session-only' })
    const stored = await this.#ports.credentials.get(workspace.id)
    if (!stored.ok) return stored
    if (stored.value) return ok({ target: workspace, credential: stored.value, state: 'stored' })
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

  /** A keychain that does not exist holds nothing to remove. */
  async remove({ id, kind }: Workspace): Promise<Result<void>> {
    const wasSessionOnly = this.#sessionOnly.has(id)
    const removed = kind === 'demo' ? ok(undefined) : await this.#ports.credentials.remove(id)
    const isMissing =
      !removed.ok && removed.error.kind === 'keychain' && removed.error.reason === 'missing'
    if (!removed.ok && !isMissing && !wasSessionOnly) return removed
    this.#sessionOnly.delete(id)
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
