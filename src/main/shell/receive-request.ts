import type { HandedFiles } from '../app/handed-files'
import type { OutsideRequest } from './outside-request'
import type { MenuParts } from './menus'
import { bringToFront } from './window'

export type ReceivingParts = Pick<MenuParts, 'registry' | 'workspaces' | 'window' | 'publish'> & {
  readonly handed: HandedFiles
}

export interface Receiving {
  readonly receive: (request: OutsideRequest) => void
  /** A workspace may have been opened: files that waited for one can go. */
  readonly onChange: () => void
}

/** Leads to the section of a link, and makes a file the résumé once somebody is connected. */
export function createReceiving(parts: ReceivingParts): Receiving {
  const { registry, workspaces, handed, publish } = parts
  let isAnnounced = false
  const show = () => {
    const window = parts.window()
    if (window) bringToFront(window)
  }
  const announce = () => {
    if (handed.isEmpty) isAnnounced = false
    if (handed.isEmpty || isAnnounced || !workspaces.session) return
    isAnnounced = true
    publish('app', 'show', { section: 'resume', act: 'take-handed' })
  }
  return {
    receive: ({ files, section }) => {
      const isKnown = registry.shown.some(({ id }) => id === section)
      if (isKnown && section !== undefined) {
        show()
        publish('app', 'show', { section })
      }
      if (files.length === 0) return
      show()
      handed.give(files)
      isAnnounced = false
      announce()
    },
    onChange: announce,
  }
}
