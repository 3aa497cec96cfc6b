import { Menu, nativeImage, nativeTheme, Tray } from 'electron'
import type { AnySection } from '../../shared/domain/sections/section'
import { resourceFile } from './app-paths'
import type { MenuState } from './menu-state'
import { applicationTemplate, trayTemplate, type MenuActions } from './menu-template'

export interface Menus {
  readonly show: (state: MenuState) => void
  /** Draws the last state again: a check mark follows the click by itself, also where it was refused. */
  readonly redraw: () => void
}

/** Hands the templates to Electron, and only when what they show has changed. */
export function createMenus(sections: readonly AnySection[], actions: MenuActions): Menus {
  // Kept for the life of the app: a collected Tray disappears.
  const tray = new Tray(trayImage())
  tray.setToolTip('ibl.ai Profile')
  tray.on('click', actions.open)
  let shown: MenuState = { toggles: [], statusKind: 'none' }
  let isDrawn = false
  const draw = () => {
    isDrawn = true
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(shown, actions)))
    const parts = { sections, isMac: process.platform === 'darwin' }
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationTemplate(shown, parts, actions)))
  }
  return {
    show: (state) => {
      if (isDrawn && JSON.stringify(state) === JSON.stringify(shown)) return
      shown = state
      draw()
    },
    redraw: draw,
  }
}

function trayImage(): Electron.NativeImage {
  if (process.platform === 'darwin') {
    const image = nativeImage.createFromPath(resourceFile('tray', 'idleTemplate.png'))
    image.setTemplateImage(true)
    return image
  }
  const shade = nativeTheme.shouldUseDarkColors ? 'light' : 'dark'
  return nativeImage.createFromPath(resourceFile('tray', `idle-${shade}.png`))
}
