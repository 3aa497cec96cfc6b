import type { Clock } from '../../shared/sync/ports'

/** Less than this is no setting but the clock being kept right. */
const leastSetMs = 500

/** Tells by how much the wall clock has been set; a sleep of the computer counts as one. */
export class ClockWatch {
  readonly #clock: Clock
  #ahead: number
  #setMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#ahead = this.#aheadNow()
  }

  /** All there was so far, forward and back, in milliseconds. */
  setMs(): number {
    const ahead = this.#aheadNow()
    const byMs = ahead - this.#ahead
    if (Math.abs(byMs) < leastSetMs) return this.#setMs
    this.#ahead = ahead
    return (this.#setMs += byMs)
  }

  #aheadNow(): number {
    const { steady } = this.#clock
    return steady ? Math.round(this.#clock.now() - steady()) : 0
  }
}
