import { isTemporary, type AppError, type Result } from '../../../shared/errors'
import { err } from '../../../shared/result'
import type { Clock, Random } from '../../../shared/sync/ports'
import { wait } from './wait'

export interface Retry {
  readonly clock: Clock
  readonly random: Random
}

interface Attempts<T> {
  readonly once: () => Promise<Result<T>>
  /** Whether the same request may be made again after this. */
  readonly isWorthIt: (error: AppError) => boolean
  readonly signal: AbortSignal
  /** How often it is tried. */
  readonly tries?: number | undefined
}

const maxTries = 3
const longestWaitMs = 60_000

/** Tries again what may pass by itself, after the time the server asks for or a growing one. */
export async function withRetries<T>(
  { clock, random }: Retry,
  { once, isWorthIt, signal, tries = maxTries }: Attempts<T>,
): Promise<Result<T>> {
  for (let tried = 1; ; tried += 1) {
    const result = await once()
    if (result.ok || tried >= tries || !isWorthIt(result.error)) return result
    const waited = await wait(clock, delayMs(result.error, tried, random), signal)
    if (!waited) return err({ kind: 'cancelled' })
  }
}

/**
 * A time-out has already cost half a minute, and a server may ask for an hour: then another try is
 * for whoever asked.
 */
export function isWorthARetry(error: AppError): boolean {
  if (error.kind === 'rate-limited') return (error.retryAfterMs ?? 0) <= longestWaitMs
  return isTemporary(error) && error.kind !== 'timeout'
}

/** The server named a time that is short enough to be waited for. */
export const isPutOff = (error: AppError): boolean =>
  error.kind === 'rate-limited' &&
  error.retryAfterMs !== undefined &&
  error.retryAfterMs <= longestWaitMs

function delayMs(error: AppError, tried: number, random: Random): number {
  if (error.kind === 'rate-limited' && error.retryAfterMs !== undefined) return error.retryAfterMs
  return random() * 1_000 * 2 ** (tried - 1)
}
