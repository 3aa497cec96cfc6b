import type { AppError, Result } from '../../../shared/errors'
import type { WorkspacesState } from '../../state/workspaces-state.svelte'

/** A new token for the open workspace, and the keychain that may not be there to take it. */
export class RenewTokenState {
  readonly #workspaces: WorkspacesState
  token = $state('')
  #isAsking = $state(false)
  #error = $state.raw<AppError | undefined>()

  constructor(workspaces: WorkspacesState) {
    this.#workspaces = workspaces
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

  async submit(sessionOnly: boolean): Promise<void> {
    const token = this.token.trim()
    if (token === '') {
      this.#error = { kind: 'refused-input', field: 'token', problem: 'Enter the API token.' }
      return
    }
    await this.#ask(() => this.#workspaces.renewToken(token, sessionOnly))
    if (!this.#error) this.token = ''
  }

  async #ask(question: () => Promise<Result<unknown>>): Promise<void> {
    this.#isAsking = true
    this.#error = undefined
    const answer = await question()
    this.#isAsking = false
    if (!answer.ok) this.#error = answer.error
  }
}
