import type { Clock } from '../../src/shared/sync/ports'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Stands still while requests are under way and jumps to the next timer when there are none. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 10, 24, 14, 30)
  #timers: Timer[] = []

  readonly now = (): number => this.#now

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((entry) => entry !== timer)
    }
  }

  /** When something is to happen next. */
  get nextAt(): number | undefined {
    return this.#timers.length === 0 ? undefined : Math.min(...this.#timers.map(({ at }) => at))
  }

  /** Fires what is due by then, in order. Never goes back. */
  moveTo(end: number): void {
    for (;;) {
      const due = this.#timers
        .filter(({ at }) => at <= end)
        .reduce<Timer | undefined>(
          (first, next) => (first && first.at <= next.at ? first : next),
          undefined,
        )
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#now = Math.max(this.#now, due.at)
      due.callback()
    }
    this.#now = Math.max(this.#now, end)
  }
}
