import type { Values } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import type { Clock } from '../../shared/sync/ports'

interface Keeping {
  readonly keptAt: number | undefined
  readonly save: (values: Values, isDiscarded?: boolean) => Promise<Result<void>>
}

/** What is typed is a draft on this computer after so long. */
export const keptWithinMs = 1_000
const pauseMs = 400
/** Leaves room for the way to the disk within the promised second. */
const longestWaitMs = 800

/** Writes a draft down in a pause of typing, and while typing goes on at least once a second. */
export class DraftKeeper {
  readonly #clock: Clock
  readonly #save: Keeping['save']
  #waiting: Values | undefined
  #waitingSince = 0
  #stop: (() => void) | undefined
  #isKept: boolean
  #keptAt = $state<number | undefined>()
  #error = $state.raw<AppError | undefined>()

  constructor(clock: Clock, { keptAt, save }: Keeping) {
    this.#clock = clock
    this.#save = save
    this.#keptAt = keptAt
    this.#isKept = keptAt !== undefined
  }

  get keptAt(): number | undefined {
    return this.#keptAt
  }

  get error(): AppError | undefined {
    return this.#error
  }

  keep(values: Values): void {
    const now = this.#clock.now()
    if (!this.#waiting) this.#waitingSince = now
    this.#waiting = values
    this.#stop?.()
    const left = this.#waitingSince + longestWaitMs - now
    this.#stop = this.#clock.after(Math.max(0, Math.min(pauseMs, left)), () => void this.flush())
  }

  async flush(): Promise<void> {
    const values = this.#waiting
    if (!values) return
    this.#forget()
    const isEmpty = Object.keys(values).length === 0
    if (isEmpty && !this.#isKept) return
    this.#isKept = !isEmpty
    const answer = await this.#save(values)
    this.#error = answer.ok ? undefined : answer.error
    if (answer.ok) this.#keptAt = isEmpty ? undefined : this.#clock.now()
  }

  /** Writes down the last of it, so that it is whole in the history, and keeps it no more. */
  async discard(): Promise<void> {
    await this.flush()
    await this.drop(true)
  }

  /** Nothing is to be kept any more. */
  async drop(isDiscarded = false): Promise<void> {
    this.#forget()
    this.#keptAt = undefined
    this.#error = undefined
    if (!this.#isKept) return
    this.#isKept = false
    const answer = await this.#save({}, isDiscarded)
    this.#error = answer.ok ? undefined : answer.error
  }

  #forget(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#waiting = undefined
  }
}
