import { arch, release } from 'node:os'
import { app } from 'electron'

/** Versions of what runs the app; nothing that tells one computer from another of its kind. */
export function systemFacts() {
  const { electron, chrome, node } = process.versions
  return {
    app: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    system: `${process.platform} ${arch()} ${release()}`,
    isPackaged: app.isPackaged,
  }
}
