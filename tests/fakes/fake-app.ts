import type { Clock } from '../../src/shared/sync/ports'
import { AppState } from '../../src/renderer/state/app-state.svelte'
import { createClient } from '../../src/renderer/client/client'
import { ToastQueue } from '../../src/renderer/ui/toast-state.svelte'
import { FakeMain } from './fake-main'

/** 24 November 2026, 14:30 in the zone the tests run in. */
export const testNow = new Date(2026, 10, 24, 14, 30).getTime()

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now = testNow
  #timers: { readonly at: number; readonly callback: () => void }[] = []

  readonly now = (): number => this.#now

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((entry) => entry !== timer)
    }
  }

  advance(byMs: number): void {
    const end = this.#now + byMs
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#now = due.at
      due.callback()
    }
    this.#now = end
  }
}

export interface FakeApp {
  readonly app: AppState
  readonly main: FakeMain
  readonly clock: FakeClock
  readonly toasts: ToastQueue
}

/** The state of a started window over a fake main. */
export async function aStartedApp(main: FakeMain = new FakeMain()): Promise<FakeApp> {
  const clock = new FakeClock()
  const toasts = new ToastQueue(clock)
  const app = new AppState(createClient(main.client), { clock, toasts })
  app.listen()
  await app.start()
  return { app, main, clock, toasts }
}
