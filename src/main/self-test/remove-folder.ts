import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { app } from 'electron'

const onceEnded = 'while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; sleep 0.3; rm -rf -- "$2"'

/**
 * Removes the folder this process works in once it has ended: Chromium writes its state into it on
 * its way out. Windows has no shell at hand that waits for a process; there what it writes then
 * stays in the system's temporary folder.
 */
export function removeOnceEnded(folder: string): void {
  if (process.platform === 'win32') {
    app.on('quit', () => {
      rmSync(folder, { recursive: true, force: true })
    })
    return
  }
  const args = ['-c', onceEnded, 'sh', String(process.pid), folder]
  spawn('/bin/sh', args, { detached: true, stdio: 'ignore' }).unref()
}
