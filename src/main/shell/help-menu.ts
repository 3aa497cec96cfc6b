import type { MenuItemConstructorOptions } from 'electron'
import { keyOf } from './view-menu'

/** Where somebody looks who is stuck. */
export interface HelpActions {
  readonly showShortcuts: () => void
  readonly showLogs: () => void
  readonly copyDiagnostics: () => void
  readonly showUpdates: () => void
  readonly showAbout: () => void
}

const separator = { type: 'separator' } as const

/** The menu Help. Ids are stable. @param isUpdateReady whether a restart leads to a newer version */
export const helpMenu = (
  actions: HelpActions,
  isUpdateReady: boolean,
): MenuItemConstructorOptions => ({
  label: 'Help',
  role: 'help',
  submenu: [
    {
      id: 'shortcuts',
      label: 'Keyboard Shortcuts',
      ...keyOf('shortcuts'),
      click: actions.showShortcuts,
    },
    separator,
    { id: 'show-logs', label: 'Show Logs', click: actions.showLogs },
    { id: 'copy-diagnostics', label: 'Copy Diagnostics', click: actions.copyDiagnostics },
    separator,
    {
      id: 'updates',
      label: isUpdateReady ? 'Restart to Update…' : 'Check for Updates…',
      click: actions.showUpdates,
    },
    { id: 'about', label: 'About ibl.ai Profile', click: actions.showAbout },
  ],
})
