import type { App } from 'electron'

const longestMs = 3_000

/**
 * Has `finish` done when the windows have gone and before the app ends: on its way out the page still
 * hands over what stands in a form. The app waits for it, three seconds at most.
 */
export function finishBeforeQuit(app: App, finish: () => Promise<void>): void {
  let isFinished = false
  app.on('will-quit', (event) => {
    if (isFinished) return
    event.preventDefault()
    const atLast = new Promise((resolve) => setTimeout(resolve, longestMs))
    void Promise.race([finish().catch(() => undefined), atLast]).then(() => {
      isFinished = true
      app.exit()
    })
  })
}
