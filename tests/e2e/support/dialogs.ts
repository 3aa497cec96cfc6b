import type { ElectronApplication } from 'playwright'

/** Native dialogs cannot be driven: from now on they answer with these paths at once. */
export async function answerOpenDialog(
  electron: ElectronApplication,
  paths: readonly string[],
): Promise<void> {
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: filePaths.length === 0, filePaths: [...filePaths] })
  }, paths)
}

export async function answerSaveDialog(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

/** Records what would be opened in the system's browser; nothing is opened. */
export async function recordOpenedLinks(
  electron: ElectronApplication,
): Promise<() => Promise<readonly string[]>> {
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedLinks: opened })
    shell.openExternal = (url) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  return () =>
    electron.evaluate(() => (globalThis as unknown as { openedLinks: string[] }).openedLinks)
}
