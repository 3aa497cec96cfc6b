import type { App } from 'electron'
import type { Log } from '../../shared/sync/ports'

/**
 * Electron's crash reporter is never started: no dump is made, for it would hold what was typed and
 * the token, and none is sent. What is kept of a crash is which process ended, and how.
 */
export function logGone(app: Pick<App, 'on'>, log: Log): void {
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    log.info('page gone', { reason, exitCode })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.info('process gone', { type, reason, exitCode })
  })
}
