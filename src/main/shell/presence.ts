import { app } from 'electron'
import type { HandlerPorts } from '../app/handlers/ports'
import { handleClosing } from './close-behaviour'
import { startMenus, type MenuParts } from './menus'
import { createNotifying } from './notifications'
import type { OutsideRequests } from './outside-requests'
import { createReceiving, type ReceivingParts } from './receive-request'
import type { TrayPresence } from './tray-presence'
import { listenForWaking } from './wake-hints'

export type PresenceParts = MenuParts &
  ReceivingParts &
  Pick<HandlerPorts, 'wake' | 'preferences'> & {
    readonly tray: TrayPresence
    readonly outside: OutsideRequests
  }

/**
 * The app's place on the desktop, apart from its window: tray, menus, and what the system tells.
 * @returns what shows a changed state there.
 */
export function startPresence(parts: PresenceParts): () => void {
  listenForWaking(app, parts.wake)
  const menus = startMenus(parts)
  const notify = createNotifying(parts)
  notify()
  menus.show()
  parts.tray.hasIcon = menus.hasIcon
  stayInTray(parts, menus.renewIcon)
  parts.outside.deliverTo(createReceiving(parts))
  return () => {
    menus.show()
    notify()
  }
}

/** A closed window stays in the tray, as long as there is one. */
function stayInTray({ window, tray, preferences }: PresenceParts, renewIcon: () => void): void {
  const open = window()
  if (!open) return
  const bringBack = handleClosing(app, open, {
    mayHide: () => tray.isThere && preferences.read().settings.onClose === 'tray',
  })
  if (process.platform !== 'linux') return
  let hasBeenGone = false
  void import('../adapters/tray-host/status-notifier').then(({ watchTrayHost }) =>
    watchTrayHost((isThere) => {
      tray.isThere = isThere
      if (!isThere) bringBack()
      else if (hasBeenGone) renewIcon()
      hasBeenGone = !isThere
    }),
  )
}
