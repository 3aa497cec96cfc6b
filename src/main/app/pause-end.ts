import type { Result } from '../../shared/errors'
import type { SyncEvent } from '../../shared/sync/events'
import type { Clock } from '../../shared/sync/ports'
import type { SwitchPause, SyncState } from '../../shared/sync/state'

export interface PauseEndPorts {
  readonly clock: Clock
  readonly state: () => SyncState
  readonly dispatch: (event: SyncEvent) => Promise<Result<void>>
  /** Called at least once a minute while there is a pause: words that tell its end may have changed. */
  readonly onLook: () => void
  /** Aborted, nothing is planned any more. */
  readonly signal: AbortSignal
}

/** A timer stands still while the computer sleeps, and nobody tells when the clock is set. */
const longestLookMs = 60_000

/** Ends the pause of a switch when the clock on the wall says so, whatever happened to it meanwhile. */
export class PauseEnd {
  readonly #ports: PauseEndPorts
  #cancel: (() => void) | undefined
  #stored: SwitchPause | undefined

  constructor(ports: PauseEndPorts) {
    this.#ports = ports
  }

  /** To be called after every event. */
  schedule(): void {
    this.stop()
    const { pause } = this.#ports.state()
    if (pause) this.#keep(pause)
    if (pause) this.#lookIn(Math.max(0, pause.until - this.#ports.clock.now()))
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #lookIn(delayMs: number): void {
    if (this.#ports.signal.aborted) return
    this.#cancel = this.#ports.clock.after(Math.min(delayMs, longestLookMs), () => {
      void this.#look()
    })
  }

  async #look(): Promise<void> {
    const { pause } = this.#ports.state()
    const at = this.#ports.clock.now()
    if (!pause) return
    if (at < pause.until) {
      this.#ports.onLook()
      this.schedule()
      return
    }
    const ended = await this.#ports.dispatch({ type: 'pause-ended', id: pause.id, at })
    // The disk did not take it: not at once again.
    if (!ended.ok) this.#lookIn(longestLookMs)
  }

  /** Where a restart or a clock that was set has moved it to. */
  #keep(pause: SwitchPause): void {
    if (this.#stored?.id === pause.id && this.#stored.until === pause.until) return
    this.#stored = pause
    void this.#ports.dispatch({ type: 'pause-moved' }).then((kept) => {
      if (!kept.ok) this.#stored = undefined
    })
  }
}
