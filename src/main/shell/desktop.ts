import { open, writeFile } from 'node:fs/promises'
import { dialog, shell, type BrowserWindow } from 'electron'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Desktop } from '../app/ports'
import { externalUrl } from './external-url'

const filters = {
  pdf: { title: 'Choose your résumé', filters: [{ name: 'PDF', extensions: ['pdf'] }] },
  env: { title: 'Choose the .env file', filters: [] },
}

/** Dialogs, files of the person's choice, and the browser. */
export function createDesktop(window: () => BrowserWindow): Desktop {
  return {
    chooseFile: async (kind) => {
      const properties: ('openFile' | 'showHiddenFiles')[] =
        kind === 'env' ? ['openFile', 'showHiddenFiles'] : ['openFile']
      const answer = await dialog.showOpenDialog(window(), { ...filters[kind], properties })
      return answer.canceled ? undefined : answer.filePaths[0]
    },
    chooseSaveAs: async (suggestedName) => {
      const answer = await dialog.showSaveDialog(window(), { defaultPath: suggestedName })
      return answer.canceled || answer.filePath === '' ? undefined : answer.filePath
    },
    writeTextFile: async (path, text) => {
      try {
        await writeFile(path, text, { mode: 0o600 })
        return ok(undefined)
      } catch {
        return err({ kind: 'storage', reason: 'failed' })
      }
    },
    readTextFile,
    openExternal: async (text): Promise<Result<void>> => {
      const url = externalUrl(text)
      if (url === undefined) return err(refusedLink)
      try {
        await shell.openExternal(url)
        return ok(undefined)
      } catch {
        return err(refusedLink)
      }
    },
  }
}

const refusedLink: AppError = {
  kind: 'refused-input',
  field: 'url',
  problem: 'Only https:// addresses are opened.',
}

async function readTextFile(path: string, maxBytes: number): Promise<Result<string>> {
  try {
    const handle = await open(path, 'r')
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return err({ kind: 'file', reason: 'not-a-file' })
      if (stats.size > maxBytes) return err({ kind: 'file', reason: 'no-settings' })
      return ok(await handle.readFile('utf8'))
    } finally {
      await handle.close()
    }
  } catch {
    return err({ kind: 'file', reason: 'unreadable' })
  }
}
