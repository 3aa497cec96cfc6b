import type { HandedFiles } from '../app/handed-files'
import type { OutsideRequest } from './outside-request'
import type { MenuParts } from './menus'
import type { PageProgress } from './page-progress'
import { bringToFront } from './window'

export type ReceivingParts = Pick<MenuParts, 'registry' | 'workspaces' | 'window' | 'publish'> & {
  readonly handed: HandedFiles
  readonly page: Pick<PageProgress, 'onSection'>
}

/**
 * Leads to the section of a link, and makes a file the résumé. A file that comes before somebody has
 * connected waits until the page shows a section.
 */
export function createReceiving(parts: ReceivingParts): (request: OutsideRequest) => void {
  const { registry, workspaces, handed, publish } = parts
  const show = () => {
    const window = parts.window()
    if (window) bringToFront(window)
  }
  const announce = () => {
    if (handed.isEmpty || !workspaces.session) return
    publish('app', 'show', { section: 'resume', act: 'take-handed' })
  }
  parts.page.onSection(announce)
  return ({ files, section }) => {
    const isKnown = registry.shown.some(({ id }) => id === section)
    if (isKnown && section !== undefined) {
      show()
      publish('app', 'show', { section })
    }
    if (files.length === 0) return
    show()
    handed.give(files)
    announce()
  }
}
