import type { RestartAnswer, UpdateState } from '../../shared/domain/updates'
import type { Result } from '../../shared/errors'
import type { Clock } from '../../shared/sync/ports'
import type { ProfileClient } from '../client/client'
import { keptWithinMs } from './draft-keeper.svelte'

/** Updates as main last told of them. */
export class UpdatesState {
  readonly #client: ProfileClient
  readonly #clock: Clock
  #state = $state.raw<UpdateState | undefined>()
  #isAsking = $state(false)
  #isRestarting = $state(false)
  #answer = $state.raw<RestartAnswer | undefined>()
  /** The version whose notice was closed: a later one is told again. */
  #closed = $state<string | undefined>()

  constructor(client: ProfileClient, clock: Clock) {
    this.#client = client
    this.#clock = clock
  }

  listen(): () => void {
    return this.#client.app.updateChanged((state) => {
      this.#show(state)
    })
  }

  fill(state: UpdateState | undefined): void {
    if (state) this.#show(state)
  }

  /** Undefined until main has told. */
  get state(): UpdateState | undefined {
    return this.#state
  }

  get isAsking(): boolean {
    return this.#isAsking
  }

  /** What became of the last wish to restart. */
  get restartAnswer(): RestartAnswer | undefined {
    return this.#answer
  }

  /** The version to tell of over the page. */
  get noticed(): string | undefined {
    const state = this.#state
    return state?.kind === 'ready' && state.version !== this.#closed ? state.version : undefined
  }

  closeNotice(): void {
    this.#closed = this.noticed
  }

  load(): Promise<void> {
    return this.#ask(this.#client.app.update({}))
  }

  async check(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    await this.#ask(this.#client.app.checkForUpdates({}))
    this.#isAsking = false
  }

  get isRestarting(): boolean {
    return this.#isRestarting
  }

  /** Asks when main knows all that was typed: a draft of this moment holds the restart back, too. */
  async restart(): Promise<void> {
    if (this.#isRestarting) return
    this.#isRestarting = true
    this.#answer = undefined
    await new Promise<void>((resolve) => this.#clock.after(keptWithinMs, resolve))
    const answer = await this.#client.app.restartToUpdate({})
    this.#isRestarting = false
    if (answer.ok) this.#answer = answer.value
  }

  async #ask(question: Promise<Result<UpdateState>>): Promise<void> {
    const answer = await question
    if (answer.ok) this.#show(answer.value)
  }

  #show(state: UpdateState): void {
    this.#state = state
    this.#answer = undefined
  }
}
