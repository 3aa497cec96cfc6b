import type { App, Session, WebContents } from 'electron'

/** Everything a page could ask of the shell is refused, for every page that ever comes to be. */
export function refuseByDefault(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    refuseNavigation(contents)
  })
}

function refuseNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Nobody is asked before `about:blank` opens: a page that got there is brought back. */
export function bringBack(contents: WebContents, home: string): void {
  const origin = home.slice(0, home.lastIndexOf('/') + 1)
  contents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(origin)) void contents.loadURL(home)
  })
}

/** Without an answer Electron grants permissions. The one kept lets "Copy" write to the clipboard. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write')
  })
  session.setPermissionCheckHandler((_contents, permission) => {
    return permission === 'clipboard-sanitized-write'
  })
  session.setDevicePermissionHandler(() => false)
}
