import type { AppError } from '../../../shared/errors'
import type { PendingChange } from '../../../shared/sync/status'
import type { ProfileClient } from '../../client/client'
import type { PendingState } from '../../state/pending-state.svelte'

/** What signing out of the open workspace would cost, and the ways around it. */
export class SignOutState {
  readonly #client: ProfileClient
  readonly #pending: PendingState
  #first = $state.raw<readonly PendingChange[] | undefined>()
  #error = $state.raw<AppError | undefined>()
  #isSending = $state(false)
  #isSigningOut = $state(false)
  #isExported = $state(false)

  constructor(client: ProfileClient, pending: PendingState) {
    this.#client = client
    this.#pending = pending
  }

  /** Until main has said what is unsent, nothing may be thrown away. */
  async load(): Promise<void> {
    const [answer] = await Promise.all([this.#client.workspace.unsent({}), this.#pending.load()])
    if (answer.ok) this.#first = answer.value
    else this.#error = answer.error
  }

  get isLoaded(): boolean {
    return this.#first !== undefined
  }

  /** Shrinks while it is sent, and grows when something is edited meanwhile, in the tray for one. */
  get unsent(): readonly PendingChange[] {
    return this.#pending.isLoaded ? this.#pending.items : (this.#first ?? [])
  }

  get error(): AppError | undefined {
    return this.#error
  }

  get isSending(): boolean {
    return this.#isSending && this.unsent.length > 0
  }

  get isSigningOut(): boolean {
    return this.#isSigningOut
  }

  get isExported(): boolean {
    return this.#isExported
  }

  async sendNow(): Promise<void> {
    this.#error = undefined
    this.#isSending = true
    const answer = await this.#client.pending.retry({})
    if (answer.ok) return
    this.#isSending = false
    this.#error = answer.error
  }

  async exportUnsent(): Promise<void> {
    this.#error = undefined
    const answer = await this.#client.workspace.exportUnsent({})
    if (answer.ok) this.#isExported = answer.value.saved
    else if (answer.error.kind !== 'cancelled') this.#error = answer.error
  }

  /** Only what was in sight goes with it. Answers whether it is done. */
  async signOut(): Promise<boolean> {
    this.#error = undefined
    this.#isSigningOut = true
    const answer = await this.#client.workspace.signOut({
      discard: this.unsent.map(({ id }) => id),
    })
    this.#isSigningOut = false
    if (!answer.ok) this.#error = answer.error
    return answer.ok
  }
}
