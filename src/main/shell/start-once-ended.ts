import { spawn } from 'node:child_process'
import { app } from 'electron'

/** Starts a program as the last thing this process does: it is not the second instance any more. */
export function startOnceEnded(program: string): void {
  app.once('quit', () => {
    app.releaseSingleInstanceLock()
    spawn(program, [], { detached: true, stdio: 'ignore' })
      .on('error', () => undefined)
      .unref()
  })
}
