import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { app } from 'electron'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { storageError } from '../../shared/storage-error'
import { desktopEntry } from './desktop-entry'

const hidden = '--hidden'

/**
 * Whether the app starts when the person logs in; `undefined` for a copy that was not installed.
 * Windows and macOS keep it themselves, Linux desktops read `autostart` of the person's settings
 * (freedesktop.org, Desktop Application Autostart Specification).
 */
export async function startsAtLogin(): Promise<boolean | undefined> {
  if (!app.isPackaged) return undefined
  if (process.platform !== 'linux') return app.getLoginItemSettings({ args: [hidden] }).openAtLogin
  return access(entryPath()).then(
    () => true,
    () => false,
  )
}

export async function startAtLogin(isOn: boolean): Promise<Result<void>> {
  if (!app.isPackaged) return err({ kind: 'not-found' })
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isOn, args: [hidden] })
    return ok(undefined)
  }
  try {
    if (!isOn) await rm(entryPath(), { force: true })
    else {
      await mkdir(join(entryPath(), '..'), { recursive: true })
      // An AppImage runs from a folder that is there only while it runs.
      const program = process.env['APPIMAGE'] ?? app.getPath('exe')
      await writeFile(entryPath(), desktopEntry(program, [hidden]))
    }
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

function entryPath(): string {
  const given = process.env['XDG_CONFIG_HOME'] ?? ''
  const folder = isAbsolute(given) ? given : join(homedir(), '.config')
  return join(folder, 'autostart', 'iblai-profile.desktop')
}
