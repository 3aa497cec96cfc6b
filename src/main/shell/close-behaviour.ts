import type { App, BrowserWindow } from 'electron'

export interface Closing {
  /** What closing the window does now: only a tray that is there can bring it back. */
  readonly mayHide: () => boolean
}

/**
 * Closing the window hides it where the tray brings it back, and ends the app elsewhere. Quitting,
 * and the end of the session, always end it.
 * @returns brings a hidden window back, for when the tray that could do so has gone.
 */
export function handleClosing(app: App, window: BrowserWindow, { mayHide }: Closing): () => void {
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  window.on('close', (event) => {
    if (isQuitting || !mayHide()) return
    event.preventDefault()
    window.hide()
  })
  return () => {
    if (!window.isDestroyed() && !window.isVisible()) window.showInactive()
  }
}
