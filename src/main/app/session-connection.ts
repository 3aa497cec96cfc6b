import type { CredentialState } from '../../shared/domain/workspace'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Spool } from '../../shared/sync/ports'
import type { FoundCredential } from './credential-keeper'
import type { ConnectPlatform, PlatformConnection } from './ports'

export interface ConnectionSetup {
  /** What the state will be when nothing goes wrong. */
  readonly expected: () => CredentialState
  /** Asked only when the platform is needed. */
  readonly find: () => Promise<Result<FoundCredential>>
  readonly connectPlatform: ConnectPlatform
  readonly spool: Spool
  readonly onState: () => void
}

type Made = Promise<Result<PlatformConnection>>

/** The one way to the platform of an open workspace, made when it is first needed. */
export class SessionConnection {
  readonly #setup: ConnectionSetup
  #made: Made | undefined
  #state: CredentialState
  #isClosed = false

  constructor(setup: ConnectionSetup) {
    this.#setup = setup
    this.#state = setup.expected()
  }

  get state(): CredentialState {
    return this.#state
  }

  get(): Made {
    if (this.#isClosed) return Promise.resolve(err({ kind: 'cancelled' }))
    if (this.#made) return this.#made
    const made = this.#make()
    this.#made = made
    const retry = () => {
      if (this.#made === made) this.#made = undefined
    }
    made.then(({ ok: isMade }) => {
      if (!isMade) retry()
    }, retry)
    return made
  }

  /** Another credential is to be had: the next question connects anew. */
  renew(): void {
    this.#drop()
    this.#setState(this.#setup.expected())
  }

  close(): void {
    this.#isClosed = true
    this.#drop()
  }

  async #make(): Made {
    const found = await this.#setup.find()
    if (!found.ok) {
      this.#setState(stateOf(found.error) ?? this.#state)
      return found
    }
    const { target, credential, own, state } = found.value
    this.#setState(state)
    const credentials = { first: credential, ...(own && { own }) }
    return ok(await this.#setup.connectPlatform(target, credentials, this.#setup.spool))
  }

  /** Nobody waits for a connection that is being made: the keychain may be stuck in it. */
  #drop(): void {
    const made = this.#made
    this.#made = undefined
    made?.then(
      (connection) => (connection.ok ? connection.value.close() : undefined),
      () => undefined,
    )
  }

  #setState(state: CredentialState): void {
    const isSame = JSON.stringify(state) === JSON.stringify(this.#state)
    this.#state = state
    if (!isSame && !this.#isClosed) this.#setup.onState()
  }
}

/** What a failure says about the credential; a platform that does not start says nothing. */
function stateOf(error: AppError): CredentialState | undefined {
  if (error.kind === 'keychain') return { unavailable: error.reason }
  return error.kind === 'unauthorized' ? 'missing' : undefined
}
