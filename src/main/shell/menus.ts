import { app, type BrowserWindow } from 'electron'
import { selfItemId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { changedTextSize } from '../../shared/domain/text-size'
import { toggles } from '../../shared/domain/toggles'
import type { Result } from '../../shared/errors'
import type { ShowAct } from '../../shared/ipc/app-views'
import type { IpcContract } from '../../shared/ipc/contract'
import type { Handlers, Publish } from '../../shared/ipc/define'
import type { Clock } from '../../shared/sync/ports'
import type { LazyUpdates } from '../app/handlers/ports'
import type { Preferences } from '../app/ports'
import type { Workspaces } from '../app/workspaces'
import { menuStateOf } from './menu-state'
import type { HelpActions } from './help-menu'
import type { MenuActions } from './menu-template'
import type { ViewActions } from './view-menu'
import { notifyOfRefusal } from './notifications'
import { createMenus } from './tray'
import type { TrayPresence } from './tray-presence'
import { bringToFront } from './window'

export interface MenuParts {
  readonly preferences: Pick<Preferences, 'read'>
  readonly registry: SectionRegistry
  readonly workspaces: Workspaces
  readonly updates: Pick<LazyUpdates, 'known'>
  readonly clock: Clock
  readonly handlers: Handlers<IpcContract>
  readonly tray: Pick<TrayPresence, 'isPanelDark'>
  readonly window: () => BrowserWindow | undefined
  /** Tells the page what to show. */
  readonly publish: Publish<IpcContract>
}

export interface StartedMenus {
  /** Draws them anew after a change. */
  readonly show: () => void
  readonly renewIcon: () => void
  readonly hasIcon: () => boolean
}

/** Tray and application menu. */
export function startMenus(parts: MenuParts): StartedMenus {
  const { registry, workspaces, clock } = parts
  const menus = createMenus(
    registry.shown,
    menuActions(parts, () => menus.redraw()),
    parts.tray.isPanelDark,
  )
  const show = () => {
    const { session } = workspaces
    const open = session && {
      workspace: session.workspace,
      name: session.person().name,
      state: session.engine.state(),
    }
    const state = menuStateOf({ open, all: workspaces.view().all, registry, now: clock.now() })
    const { theme } = parts.preferences.read().settings
    menus.show({ ...state, theme, isUpdateReady: parts.updates.known()?.kind === 'ready' })
  }
  return { show, renewIcon: menus.renewIcon, hasIcon: menus.hasIcon }
}

/** The same handlers that serve the page, so that both always agree. */
function menuActions(parts: MenuParts, redraw: () => void): MenuActions {
  const { handlers, publish } = parts
  const open = () => {
    const window = parts.window()
    if (window) bringToFront(window)
  }
  const show: MenuActions['show'] = (section) => {
    open()
    publish('app', 'show', { section })
  }
  const redrawIfRefused = (answer: Result<unknown>) => {
    if (answer.ok) return
    redraw()
    notifyOfRefusal(answer.error)
  }
  const act = (name: ShowAct) => {
    open()
    publish('app', 'show', { act: name })
  }
  return {
    open,
    show,
    quit: () => {
      app.quit()
    },
    flip: (id, isOn) => {
      const toggle = toggles.find((entry) => entry.id === id)
      if (!toggle) return
      const patch = { [toggle.field]: isOn }
      const edit = { section: toggle.section, item: selfItemId, patch }
      void handlers.section.edit(edit).then(redrawIfRefused)
    },
    pause: (toggle, length) => {
      void handlers.toggle.pause({ toggle, length }).then(redrawIfRefused)
    },
    resume: (toggle) => {
      void handlers.toggle.resume({ toggle }).then(redrawIfRefused)
    },
    addResume: () => {
      open()
      publish('app', 'show', { section: 'resume', act: 'choose-file' })
    },
    ...helpActions(parts, act),
    ...viewActions(parts),
    showPending: () => {
      act('pending')
    },
    connectAnother: () => {
      act('connect')
    },
    switchTo: (workspace) => {
      void handlers.workspace.switchTo({ workspace }).then((answer) => {
        redraw()
        if (!answer.ok) notifyOfRefusal(answer.error)
      })
    },
  }
}

function helpActions({ handlers, publish }: MenuParts, act: (name: ShowAct) => void): HelpActions {
  return {
    showShortcuts: () => {
      act('shortcuts')
    },
    showUpdates: () => {
      act('updates')
    },
    showAbout: () => {
      act('about')
    },
    showLogs: () => void handlers.app.showLogs({}),
    copyDiagnostics: () =>
      void handlers.app.copyDiagnostics({}).then((answer) => {
        if (answer.ok) publish('app', 'show', { act: 'diagnostics-copied' })
        else notifyOfRefusal(answer.error)
      }),
  }
}

function viewActions({ handlers, preferences }: MenuParts): Omit<ViewActions, 'showPending'> {
  return {
    setTheme: (theme) => void handlers.app.setSettings({ theme }),
    changeTextSize: (change) => {
      const { textSize } = preferences.read().settings
      void handlers.app.setSettings({ textSize: changedTextSize(textSize, change) })
    },
  }
}
