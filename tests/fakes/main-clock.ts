import type { Clock, Ids, Log } from '../../src/shared/sync/ports'

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 10, 24, 14, 30)
  #setMs = 0
  #timers: { readonly at: number; readonly callback: () => void }[] = []

  readonly now = (): number => this.#now + this.#setMs
  readonly steady = (): number => this.#now

  /** Somebody sets the clock, or, forward, the computer sleeps for as long: no timer runs on. */
  setClock(byMs: number): void {
    this.#setMs += byMs
  }

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((entry) => entry !== timer)
    }
  }

  get waiting(): number {
    return this.#timers.length
  }

  advance(byMs: number): void {
    const end = this.#now + byMs
    for (;;) {
      const [due] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#now = Math.max(this.#now, due.at)
      due.callback()
    }
    this.#now = end
  }

  /** Moves in small steps, letting what was set off run its course in between. */
  async run(forMs: number, stepMs = 100): Promise<void> {
    for (let left = forMs; left >= 0; left -= stepMs) {
      this.advance(Math.min(stepMs, left))
      await turns()
    }
  }
}

/** Lets everything that waits for no timer and no disk happen. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

export function countedIds(): Ids {
  let count = 0
  return () => `id-${(count += 1).toString().padStart(4, '0')}`
}

export interface LoggedLine {
  readonly event: string
  readonly facts?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly cause?: unknown
}

export class MemoryLog implements Log {
  readonly lines: LoggedLine[] = []

  readonly info: Log['info'] = (event, facts) => {
    this.lines.push({ event, facts })
  }

  readonly error: Log['error'] = (event, cause) => {
    this.lines.push({ event, cause })
    return `ref-${this.lines.length}`
  }
}
