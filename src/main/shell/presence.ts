import { app } from 'electron'
import type { HandlerPorts } from '../app/handlers/ports'
import { startMenus, type MenuParts } from './menus'
import { listenForWaking } from './wake-hints'

/**
 * The app's place on the desktop, apart from its window: tray, menus, and what the system tells.
 * @returns what shows a changed state there.
 */
export function startPresence(parts: MenuParts & Pick<HandlerPorts, 'wake'>): () => void {
  listenForWaking(app, parts.wake)
  const show = startMenus(parts)
  show()
  return show
}
