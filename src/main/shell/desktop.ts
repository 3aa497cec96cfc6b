import { access, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { clipboard, dialog, nativeImage, shell, type BrowserWindow } from 'electron'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { storageError } from '../../shared/storage-error'
import type { Desktop } from '../app/ports'
import { readSmallFile } from '../small-file'
import { resourceFile } from './app-paths'
import { externalUrl } from './external-url'
import { plainFileName } from './plain-file-name'

const filters = {
  pdf: { title: 'Choose your résumé', filters: [{ name: 'PDF', extensions: ['pdf'] }] },
  env: { title: 'Choose the .env file', filters: [] },
  certificates: {
    title: 'Choose the certificates to trust',
    filters: [
      { name: 'Certificates', extensions: ['pem', 'crt', 'cer', 'der'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
}

/** Dialogs, files of the person's choice, the browser, and what the desktop offers. */
export function createDesktop(
  window: () => BrowserWindow | undefined,
  hasTray: () => boolean,
): Desktop {
  const facts = async () => {
    const { startsAtLogin } = await import('./autostart')
    const isOn = await startsAtLogin()
    return { hasTray: hasTray(), ...(isOn !== undefined && { startsAtLogin: isOn }) }
  }
  return {
    facts,
    startAtLogin: async (isOn) => {
      const { startAtLogin } = await import('./autostart')
      const set = await startAtLogin(isOn)
      return set.ok ? ok(await facts()) : set
    },
    chooseFile: async (kind) => {
      const properties: ('openFile' | 'showHiddenFiles')[] =
        kind === 'env' ? ['openFile', 'showHiddenFiles'] : ['openFile']
      const options = { ...filters[kind], properties }
      const parent = window()
      const answer = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return answer.canceled ? undefined : answer.filePaths[0]
    },
    chooseSaveAs: async (suggestedName) => {
      const options = { defaultPath: plainFileName(suggestedName) }
      const parent = window()
      const answer = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options))
      return answer.canceled || answer.filePath === '' ? undefined : answer.filePath
    },
    writeTextFile,
    readTextFile: async (path, maxBytes) => {
      // The only text that is read has settings in it, and few.
      const read = await readSmallFile(path, { maxBytes, tooLarge: 'no-settings' })
      return read.ok ? ok(read.value.toString('utf8')) : read
    },
    copyText: (text) => {
      void clipboard.writeText(text)
    },
    showInFolder,
    startDrag: (file) => {
      const icon = nativeImage.createFromPath(resourceFile('drag', 'pdf.png'))
      window()?.webContents.startDrag({ file, icon })
    },
    openExternal: async (text): Promise<Result<void>> => {
      const url = externalUrl(text)
      if (url === undefined) return err(refusedLink)
      try {
        await shell.openExternal(url)
        return ok(undefined)
      } catch {
        return err(noBrowser)
      }
    },
  }
}

async function showInFolder(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) shell.showItemInFolder(path)
  else await shell.openPath(dirname(path))
}

async function writeTextFile(path: string, text: string): Promise<Result<void>> {
  try {
    await writeFile(path, text, { mode: 0o600 })
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

const noBrowser: AppError = {
  kind: 'refused-input',
  field: 'url',
  problem: 'This system has no browser that could be started.',
}

const refusedLink: AppError = {
  kind: 'refused-input',
  field: 'url',
  problem: 'Only https:// addresses are opened.',
}
