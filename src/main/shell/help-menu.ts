import type { MenuItemConstructorOptions } from 'electron'

/** Where somebody looks who is stuck. */
export interface HelpActions {
  readonly showLogs: () => void
  readonly copyDiagnostics: () => void
}

/** The menu Help. Ids are stable. */
export const helpMenu = (actions: HelpActions): MenuItemConstructorOptions => ({
  label: 'Help',
  role: 'help',
  submenu: [
    { id: 'show-logs', label: 'Show Logs', click: actions.showLogs },
    { id: 'copy-diagnostics', label: 'Copy Diagnostics', click: actions.copyDiagnostics },
  ],
})
