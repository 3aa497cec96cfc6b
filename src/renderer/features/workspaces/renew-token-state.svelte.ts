import type { AppError, Result, Service } from '../../../shared/errors'
import type { WorkspacesState } from '../../state/workspaces-state.svelte'

/** A new token for the open workspace or one of its hosts, and a keychain that may not take it. */
export class RenewTokenState {
  readonly #workspaces: WorkspacesState
  readonly #service: Service | undefined
  token = $state('')
  #isAsking = $state(false)
  #error = $state.raw<AppError | undefined>()

  constructor(workspaces: WorkspacesState, service?: Service) {
    this.#workspaces = workspaces
    this.#service = service
  }

  get isAsking(): boolean {
    return this.#isAsking
  }

  get error(): AppError | undefined {
    return this.#error
  }

  retryKeychain(): Promise<void> {
    return this.#ask(() => this.#workspaces.retryKeychain())
  }

  /** Answers whether it is kept. */
  async submit(sessionOnly: boolean): Promise<boolean> {
    const token = this.token.trim()
    if (token === '') {
      this.#error = { kind: 'refused-input', field: 'token', problem: 'Enter the API token.' }
      return false
    }
    await this.#ask(() => this.#workspaces.renewToken(token, sessionOnly, this.#service))
    if (this.#error) return false
    this.token = ''
    return true
  }

  async #ask(question: () => Promise<Result<unknown>>): Promise<void> {
    this.#isAsking = true
    this.#error = undefined
    const answer = await question()
    this.#isAsking = false
    if (!answer.ok) this.#error = answer.error
  }
}
