import { setFlagsFromString } from 'node:v8'
import { app, Menu, protocol } from 'electron'
import { appScheme } from './app-protocol'
import { ownArguments } from './own-arguments'
import { refusedSwitch } from './refused-switches'
import { refuseByDefault } from './security'
import { isSelfTest, sayNotAlone, useTemporaryFolder } from './self-test-mode'

/**
 * What has to stand before Electron is ready: one instance only, no debugging switches in the
 * package, the app's own scheme, nothing allowed that is not asked for. Ends a process that must
 * not run.
 */
export function prepareApp(): void {
  const isForbidden = app.isPackaged && refusedSwitch(process.argv) !== undefined
  if (isForbidden || !isOnlyInstance()) app.exit(isForbidden || isSelfTest() ? 1 : 0)
  preferSmallHeaps()
  protocol.registerSchemesAsPrivileged([appScheme])
  refuseByDefault(app)
  Menu.setApplicationMenu(null)
}

/** The app stays in the tray all day and does little: less memory is worth more than faster loops. */
function preferSmallHeaps(): void {
  setFlagsFromString('--optimize-for-size')
  app.commandLine.appendSwitch('js-flags', '--optimize-for-size --max-semi-space-size=1')
}

function isOnlyInstance(): boolean {
  if (isSelfTest()) useTemporaryFolder()
  const isOnly = app.requestSingleInstanceLock({ given: ownArguments() })
  if (!isOnly && isSelfTest()) sayNotAlone()
  return isOnly
}
