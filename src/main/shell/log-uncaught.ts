import type { Log } from '../../shared/sync/ports'

type Source = Pick<NodeJS.Process, 'on'>

/** Without a listener Electron shows the error's text in a dialog. The log keeps where, not what. */
export function logUncaught(source: Source, log: Log): void {
  source.on('uncaughtException', (cause) => log.error('uncaught', cause))
  source.on('unhandledRejection', (cause) => log.error('unhandled', cause))
}
