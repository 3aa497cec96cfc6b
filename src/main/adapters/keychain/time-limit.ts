import { err, type Result } from '../../../shared/result'

/** The outcome, or `error` when none has come after `limitMs`. The work itself cannot be stopped. */
export function within<T, E>(
  work: Promise<Result<T, E>>,
  limitMs: number,
  error: E,
): Promise<Result<T, E>> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Result<T, E>>((resolve) => {
    timer = setTimeout(() => resolve(err(error)), limitMs)
  })
  return Promise.race([work, limit]).finally(() => clearTimeout(timer))
}
