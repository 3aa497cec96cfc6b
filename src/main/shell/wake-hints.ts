import { powerMonitor, type App } from 'electron'
import type { WakeHint } from '../app/wake'

/** Hands on what the system says about sleep, lock and focus; the network's hint comes from the page. */
export function listenForWaking(app: App, tell: (hint: WakeHint) => void): void {
  powerMonitor.on('resume', () => {
    tell('resumed')
  })
  powerMonitor.on('unlock-screen', () => {
    tell('returned')
  })
  app.on('browser-window-focus', () => {
    tell('returned')
  })
}
