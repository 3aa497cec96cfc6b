import { createSubscriber } from 'svelte/reactivity'
import type { Clock } from '../../shared/sync/ports'

/** The time, read anew at intervals as long as something on screen shows it. */
export class Ticker {
  readonly #clock: Clock
  readonly #subscribe: () => void

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock
    this.#subscribe = createSubscriber((update) => {
      let stop = clock.after(everyMs, tick)
      function tick() {
        update()
        stop = clock.after(everyMs, tick)
      }
      return () => {
        stop()
      }
    })
  }

  get now(): number {
    this.#subscribe()
    return this.#clock.now()
  }
}
