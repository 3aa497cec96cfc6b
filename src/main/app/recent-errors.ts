import type { Clock, Log } from '../../shared/sync/ports'

/** A failure as the log has it: names and kinds, never values. */
export interface RecentError {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly what: string
}

const maxKept = 20

/** Passes everything on to the log and remembers the last failures for the diagnostics. */
export function rememberErrors(
  log: Log,
  clock: Clock,
): { readonly log: Log; readonly recent: () => readonly RecentError[] } {
  let kept: readonly RecentError[] = []
  const remember = (what: string) => {
    kept = [...kept, { at: clock.now(), what }].slice(-maxKept)
  }
  return {
    recent: () => kept,
    log: {
      info: (event, facts = {}) => {
        const { error = 'none', outcome } = facts
        if (error !== 'none') remember(words(event, facts['channel'], error))
        if (typeof outcome === 'string' && outcome !== 'cancelled') {
          remember(words(event, facts['service'], facts['method'], outcome, facts['reason']))
        }
        log.info(event, facts)
      },
      error: (event, cause) => {
        const reference = log.error(event, cause)
        const kind = cause instanceof Error ? cause.name : typeof cause
        remember(words(event, kind, reference))
        return reference
      },
    },
  }
}

const words = (...parts: readonly (string | number | boolean | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ')
