import { randomUUID } from 'node:crypto'
import type { Clock, Ids, Random } from '../../../shared/sync/ports'

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(delayMs, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}

export const systemRandom: Random = () => Math.random()

/** Time first, so that ids sort in the order they were made. */
export const uniqueIds: Ids = () => `${Date.now().toString(36)}-${randomUUID()}`
