import { readFile } from 'node:fs/promises'
import { app, type BrowserWindow } from 'electron'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { systemClock } from '../adapters/clock/system'
import type { CredentialStore } from '../app/ports'
import { temporaryFolder } from '../shell/self-test-mode'
import type { TrayPresence } from '../shell/tray-presence'
import { checkKeychain, checkSections, checkTray, checkWindow, checkWrite } from './checks'
import { findingsOf } from './findings'
import { askThrough } from './page'
import { removeOnceEnded } from './remove-folder'

const limitMs = 60_000

/** Parts of the running app that are looked at directly. */
export interface CheckedParts {
  readonly registry: SectionRegistry
  readonly keychain: CredentialStore
  readonly tray: TrayPresence
}

/**
 * Looks whether the app works on this computer, on the demo workspace: prints what it found as one
 * line of JSON and ends the app, with 0 when all is well.
 */
export async function run(
  shell: { readonly window: () => BrowserWindow | undefined },
  composing: Promise<{ readonly checked: CheckedParts }>,
): Promise<void> {
  const window = shell.window()
  if (!window) return app.exit(1)
  const parts = composing.then(({ checked }) => checked)
  const ask = askThrough(window.webContents)
  const found = await findingsOf(
    {
      window: async () => checkWindow(window, (await parts).registry),
      sections: async () => checkSections(ask, (await parts).registry),
      write: () => checkWrite(ask),
      keychain: async () => checkKeychain((await parts).keychain),
      tray: async () => checkTray((await parts).tray),
    },
    { clock: systemClock, limitMs },
  )
  const sandboxed = await isSandboxed(window)
  // A development run as root has no sandbox; the package never goes without.
  const ok = Object.values(found).every((finding) => finding.ok) && (sandboxed || !app.isPackaged)
  const versions = { version: app.getVersion(), electron: process.versions.electron }
  const folder = temporaryFolder()
  if (folder !== undefined) removeOnceEnded(folder)
  const report = { ok, ...versions, packaged: app.isPackaged, sandboxed, ...found }
  process.stdout.write(`${JSON.stringify(report)}\n`, () => {
    app.exit(ok ? 0 : 1)
  })
}

/** Whether the system keeps the page's process in: asked of the system, not of the settings. */
async function isSandboxed(window: BrowserWindow): Promise<boolean> {
  const pid = window.webContents.getOSProcessId()
  if (process.platform !== 'linux')
    return app.getAppMetrics().find((metric) => metric.pid === pid)?.sandboxed === true
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return /^Seccomp:\s+2$/m.test(status) && /^NoNewPrivs:\s+1$/m.test(status)
}
