import { err, type Result } from '../../../shared/result'
import type { Clock } from '../../../shared/sync/ports'

/** The outcome, or `error` when none has come after `limitMs`. The work itself cannot be stopped. */
export function within<T, E>(
  work: Promise<Result<T, E>>,
  limit: { readonly clock: Clock; readonly limitMs: number; readonly error: E },
): Promise<Result<T, E>> {
  return new Promise((resolve, reject) => {
    const cancel = limit.clock.after(limit.limitMs, () => {
      resolve(err(limit.error))
    })
    work.finally(cancel).then(resolve, reject)
  })
}
