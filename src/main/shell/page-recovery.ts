import type { BrowserWindow, MessageBoxOptions } from 'electron'

/** More crashes than these within a minute, and loading the page once more would only repeat them. */
const mostCrashes = 3
const withinMs = 60_000

export interface RecoveryPorts {
  /** Milliseconds that pass evenly. */
  readonly now: () => number
  /** Answers with the number of the button; an aborted question with that of its `cancelId`. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>
  readonly quit: () => void
}

/**
 * Brings back a page that has crashed, and lets the person end one that stands still. What was saved is
 * on the disk, and what was typed is a draft there, so a page loaded anew shows both.
 */
export function recoverPage(
  window: Pick<BrowserWindow, 'isDestroyed' | 'on' | 'webContents' | 'loadURL'>,
  home: string,
  { now, ask, quit }: RecoveryPorts,
): void {
  const { webContents } = window
  let crashes: readonly number[] = []
  let waiting: AbortController | undefined
  const load = () => void window.loadURL(home)

  webContents.on('render-process-gone', (_event, { reason }) => {
    waiting?.abort()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    crashes = [...crashes.filter((at) => now() - at < withinMs), now()]
    if (crashes.length <= mostCrashes) return load()
    void ask(failing).then((button) => {
      crashes = []
      if (button === failing.cancelId) quit()
      else load()
    })
  })
  window.on('unresponsive', () => {
    if (waiting) return
    const asked = new AbortController()
    waiting = asked
    void ask({ ...standing, signal: asked.signal }).then((button) => {
      waiting = undefined
      const isAnswered = !asked.signal.aborted && !window.isDestroyed()
      if (isAnswered && button !== standing.cancelId) webContents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => waiting?.abort())
}

const standing = {
  type: 'question',
  message: 'The window does not answer.',
  detail: 'Everything you saved is on this computer, and what you typed is kept as a draft.',
  buttons: ['Wait', 'Load it again'],
  defaultId: 0,
  cancelId: 0,
} satisfies MessageBoxOptions

const failing = {
  type: 'error',
  message: 'The window has failed several times.',
  detail:
    'Everything you saved is on this computer. Try again, or quit and start the app anew. If it goes on, send the log to whoever helps you.',
  buttons: ['Try again', 'Quit'],
  defaultId: 0,
  cancelId: 1,
} satisfies MessageBoxOptions
