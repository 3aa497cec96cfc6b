import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { AppImageUpdater } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter'
import type { InstallOptions } from 'electron-updater/out/BaseUpdater'

export interface AppImageHost {
  /** The file the person starts. */
  readonly appImage: string
  /** Starts it when this process has let go of its data folder. */
  readonly startOnceEnded: (program: string) => void
}

/**
 * The library deletes the file and then moves the new one there, under another name: a failure in
 * between leaves nothing, and launchers point nowhere. Here the file keeps its name and is whole at
 * any instant. The library starts the new one at once, too, which then meets the old one still running.
 */
export class WholeAppImageUpdater extends AppImageUpdater {
  readonly #host: AppImageHost

  constructor(host: AppImageHost, adapter: AppAdapter) {
    super(undefined, adapter)
    this.#host = host
  }

  /** In: what was fetched, compared with its description. Errors: those of the disk. */
  protected override doInstall({ isForceRunAfter }: InstallOptions): boolean {
    const fetched = this.installerPath
    if (fetched === null) return false
    replaceFile(realpathSync(this.#host.appImage), fetched)
    if (isForceRunAfter) this.#host.startOnceEnded(this.#host.appImage)
    return true
  }
}

function replaceFile(target: string, source: string): void {
  const beside = `${target}.update`
  try {
    copyFileSync(source, beside)
    chmodSync(beside, 0o755)
    flush(beside)
    renameSync(beside, target)
  } catch (cause) {
    rmSync(beside, { force: true })
    throw cause
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
