import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What somebody asks of the app from outside its window. */
export interface OutsideRequest {
  /** Files for the résumé, as whole paths. */
  readonly files: readonly string[]
  /** A section to show, as the link names it; it may not exist. */
  readonly section?: string
}

const link = /^iblai-profile:\/\/section\/([a-z][a-z-]{0,63})\/?$/

/**
 * Reads the arguments of a start: switches say nothing here, a link names a section, anything else
 * is a file. A link of another form, as a web page may have crafted it, asks for nothing. Linux
 * desktops name a file by its `file:` address (Desktop Entry Specification, `%U`).
 * In: the arguments without the program and without the app's own folder; `folder`, against which
 * relative paths are meant.
 */
export function outsideRequest(given: readonly string[], folder: string): OutsideRequest {
  const words = given.filter((argument) => argument !== '' && !argument.startsWith('-'))
  const links = words.filter((word) => /^iblai-profile:|^[a-z][a-z0-9+.-]+:\/\//i.test(word))
  const [section] = links.flatMap((word) => link.exec(word)?.[1] ?? [])
  const files = words.flatMap((word) => {
    if (/^file:\/\/\//i.test(word)) return pathOf(word)
    if (links.includes(word)) return []
    return isAbsolute(word) ? word : resolve(folder, word)
  })
  return { files, ...(section !== undefined && { section }) }
}

/** None for an address that names no file here, such as one with an escaped slash. */
function pathOf(address: string): readonly string[] {
  try {
    return [fileURLToPath(address)]
  } catch {
    return []
  }
}
