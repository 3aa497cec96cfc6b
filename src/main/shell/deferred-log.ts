import type { Log } from '../../shared/sync/ports'

/** A log for the moments before the real one is loaded: what comes early is handed on then. */
export function deferredLog(): { readonly log: Log; readonly use: (log: Log) => void } {
  const early: ((log: Log) => void)[] = []
  let real: Log | undefined
  return {
    log: {
      info: (event, facts) => {
        if (real) real.info(event, facts)
        else early.push((log) => log.info(event, facts))
      },
      error: (event, cause) => {
        if (real) return real.error(event, cause)
        early.push((log) => log.error(event, cause))
        return 'early'
      },
    },
    use: (log) => {
      real = log
      early.splice(0).forEach((write) => {
        write(log)
      })
    },
  }
}
