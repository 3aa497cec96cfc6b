import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'

/** `--self-test`: the app looks at itself, says what it found, and ends. */
export const isSelfTest = (): boolean => process.argv.includes('--self-test')

let made: string | undefined

/** The folder made for this run, to be removed when it has ended; none when one was given. */
export const temporaryFolder = (): string | undefined => made

/** A self-test leaves nothing behind, unless it is told where to work. Before anything is kept. */
export function useTemporaryFolder(): void {
  if (app.commandLine.hasSwitch('user-data-dir')) return
  made = mkdtempSync(join(tmpdir(), 'iblai-profile-self-test-'))
  app.setPath('userData', made)
  app.setPath('sessionData', made)
}

/** Another instance has the folder. It is not disturbed: its data may be a person's. */
export function sayNotAlone(): void {
  process.stdout.write('{"ok":false,"problem":"The app is running with this data folder."}\n')
}
