import { Menu, nativeImage, nativeTheme, Tray, type NativeImage } from 'electron'
import type { AnySection } from '../../shared/domain/sections/section'
import { resourceFile } from './app-paths'
import type { MenuState, TrayLook } from './menu-state'
import { applicationTemplate, trayTemplate, trayToolTip, type MenuActions } from './menu-template'

export interface Menus {
  readonly show: (state: MenuState) => void
  /** Draws the last state again: a check mark follows the click by itself, also where it was refused. */
  readonly redraw: () => void
  /** Makes the icon anew: Electron offers it to the desktop's tray once only. */
  readonly renewIcon: () => void
  readonly hasIcon: () => boolean
}

const isMac = process.platform === 'darwin'

/** Hands the templates to Electron, and only when what they show has changed. */
export function createMenus(
  sections: readonly AnySection[],
  actions: MenuActions,
  isPanelDark: () => boolean,
): Menus {
  // Kept for the life of the app: a collected Tray disappears.
  const imageOf = (look: TrayLook) => trayImage(look, isPanelDark())
  let tray = makeTray(actions, imageOf('idle'))
  let shown: MenuState = { workspaces: [], toggles: [], look: 'idle' }
  let isDrawn = false
  const drawImage = () => {
    tray.setImage(imageOf(shown.look))
  }
  const draw = () => {
    isDrawn = true
    drawImage()
    tray.setToolTip(trayToolTip(shown))
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(shown, actions)))
    const template = applicationTemplate(shown, { sections, isMac }, actions)
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  // The panel is light or dark, the picture the other way round.
  nativeTheme.on('updated', drawImage)
  return {
    show: (state) => {
      if (isDrawn && JSON.stringify(state) === JSON.stringify(shown)) return
      shown = state
      draw()
    },
    redraw: draw,
    renewIcon: () => {
      tray.destroy()
      tray = makeTray(actions, imageOf(shown.look))
      draw()
    },
    hasIcon: () => !tray.isDestroyed() && !imageOf(shown.look).isEmpty(),
  }
}

function makeTray({ open }: MenuActions, image: NativeImage): Tray {
  const tray = new Tray(image)
  tray.on('click', open)
  return tray
}

function trayImage(look: TrayLook, isPanelDark: boolean): NativeImage {
  if (isMac) {
    const image = nativeImage.createFromPath(resourceFile('tray', `${look}Template.png`))
    image.setTemplateImage(true)
    return image
  }
  const shade = isPanelDark ? 'light' : 'dark'
  return nativeImage.createFromPath(resourceFile('tray', `${look}-${shade}.png`))
}
