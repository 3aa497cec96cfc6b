import type { Clock } from '../../shared/sync/ports'

/** The page's own clock and timers. */
export const pageClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}
