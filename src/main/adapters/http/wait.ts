import type { Clock } from '../../../shared/sync/ports'

/** Resolves after the delay, or at once when the signal aborts: `false` then. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const onAbort = () => {
      cancel()
      resolve(false)
    }
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort)
      resolve(true)
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

export interface StallWatch {
  /** Bytes moved: the time starts anew. */
  readonly touch: () => void
  readonly stop: () => void
}

/** Calls back once when nothing has moved for `idleMs`. */
export function watchForStall(clock: Clock, idleMs: number, onStall: () => void): StallWatch {
  let cancel = clock.after(idleMs, onStall)
  return {
    touch: () => {
      cancel()
      cancel = clock.after(idleMs, onStall)
    },
    stop: () => {
      cancel()
    },
  }
}
