import { app, dialog, type BrowserWindow } from 'electron'
import { recoverPage } from './page-recovery'

/** `recoverPage` with the system's own dialogs: the window cannot be trusted to show one. */
export function recoverWindow(window: BrowserWindow, home: string): void {
  recoverPage(window, home, {
    now: () => performance.now(),
    ask: async (question) => (await dialog.showMessageBox(question)).response,
    quit: () => {
      app.quit()
    },
  })
}
