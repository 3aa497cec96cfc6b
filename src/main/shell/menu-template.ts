import type { MenuItemConstructorOptions } from 'electron'
import type { AnySection } from '../../shared/domain/sections/section'
import type { WorkspaceId } from '../../shared/domain/ids'
import { pauseLengths, pauseLengthWords, type PauseLength } from '../../shared/domain/pause-length'
import { helpMenu, type HelpActions } from './help-menu'
import { keyOf, viewMenu, type ViewActions } from './view-menu'
import type { MenuState, PauseState, ToggleState } from './menu-state'

/** What the items do. */
export interface MenuActions extends HelpActions, ViewActions {
  readonly open: () => void
  readonly quit: () => void
  readonly flip: (toggle: string, isOn: boolean) => void
  readonly pause: (toggle: string, length: PauseLength) => void
  readonly resume: (toggle: string) => void
  readonly show: (section: string) => void
  readonly addResume: () => void
  readonly switchTo: (workspace: WorkspaceId) => void
  readonly connectAnother: () => void
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The tray's menu. Ids are stable: tests and accessibility tools find items by them. */
export function trayTemplate(state: MenuState, actions: MenuActions): Item[] {
  return [
    { id: 'who', label: whoLine(state), enabled: false },
    ...statusItems(state, actions),
    separator,
    ...toggleItems(state, actions),
    ...(state.toggles.length > 0 ? [separator] : []),
    ...(state.workspaces.length > 0
      ? [{ id: 'workspaces', label: 'Workspaces', submenu: workspaceItems(state, actions) }]
      : []),
    ...(state.workspace
      ? [{ id: 'tray-add-resume', label: 'Add Résumé…', click: actions.addResume }]
      : []),
    { id: 'open', label: 'Open ibl.ai Profile', click: actions.open },
    { id: 'quit', label: 'Quit', click: actions.quit },
  ]
}

/** Leads to the list of what waits, as long as something does. */
const statusItems = ({ status }: MenuState, actions: MenuActions): Item[] =>
  status
    ? [
        {
          id: 'status',
          label: status.text,
          enabled: status.hasWaiting,
          click: actions.showPending,
        },
      ]
    : []

const workspaceItems = ({ workspaces }: MenuState, actions: MenuActions): Item[] => [
  ...workspaces.map(({ id, label, isOpen }) => ({
    id: `workspace-${id}`,
    type: 'radio' as const,
    label,
    checked: isOpen,
    click: () => {
      actions.switchTo(id)
    },
  })),
  separator,
  { id: 'connect-another', label: 'Connect Another…', click: actions.connectAnother },
]

/** What the picture shows, in words. */
export function trayToolTip(state: MenuState): string {
  const paused = state.toggles.map(({ pause }) => pause?.text)
  const lines = [whoLine(state), state.status?.text, ...paused]
  return lines.filter((line) => line !== undefined).join('\n')
}

function whoLine({ workspace }: MenuState): string {
  if (!workspace) return 'ibl.ai Profile: not connected'
  return workspace.name === '' ? workspace.org : `${workspace.name}, ${workspace.org}`
}

/** The switches, and behind them what can be paused. */
const toggleItems = (state: MenuState, actions: MenuActions): Item[] => [
  ...switchItems(state, actions),
  ...state.toggles.flatMap((toggle) =>
    toggle.pause ? pauseItems(toggle, toggle.pause, actions) : [],
  ),
]

const switchItems = (state: MenuState, actions: MenuActions): Item[] =>
  state.toggles.map((toggle) => ({
    id: toggle.id,
    type: 'checkbox',
    label: toggleLabel(toggle),
    checked: toggle.isOn,
    enabled: toggle.isKnown,
    click: () => {
      actions.flip(toggle.id, !toggle.isOn)
    },
  }))

/** Only what is on can be paused; paused, it says until when, and can be resumed before. */
function pauseItems(
  { id, isOn }: ToggleState,
  { start, resume, text }: PauseState,
  actions: MenuActions,
): Item[] {
  if (text !== undefined) {
    return [
      { id: `${id}-paused`, label: text, enabled: false },
      {
        id: `${id}-resume`,
        label: resume,
        click: () => {
          actions.resume(id)
        },
      },
    ]
  }
  const submenu = pauseLengths.map((length) => ({
    id: `${id}-pause-${length}`,
    label: pauseLengthWords[length],
    enabled: isOn,
    click: () => {
      actions.pause(id, length)
    },
  }))
  return [{ id: `${id}-pause`, label: start, enabled: isOn, submenu }]
}

/** A switch that has not reached the platform yet says so where it stands. */
function toggleLabel({ label, mark, refusal }: ToggleState): string {
  switch (mark) {
    case 'here':
    case 'sending':
      return `${label} (not sent yet)`
    case 'refused':
      return refusal === undefined ? `${label} (refused)` : `${label} (refused: ${refusal})`
    case 'needs-you':
      return `${label} (needs you)`
    default:
      return label
  }
}

/** The same items in another menu, told apart by their ids. */
const menuIds = (items: readonly Item[]): Item[] =>
  items.map(({ id, submenu, ...item }) => ({
    ...item,
    ...(id !== undefined && { id: `menu-${id}` }),
    ...(submenu && { submenu: Array.isArray(submenu) ? menuIds(submenu) : submenu }),
  }))

/** The application menu: everything the tray has, and the sections. */
export function applicationTemplate(
  state: MenuState,
  { sections, isMac }: { readonly sections: readonly AnySection[]; readonly isMac: boolean },
  actions: MenuActions,
): Item[] {
  const isConnected = state.workspace !== undefined
  const appMenu: Item = { role: 'appMenu' }
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: 'File',
      submenu: [
        { id: 'add-resume', label: 'Add Résumé…', enabled: isConnected, click: actions.addResume },
        {
          id: 'settings',
          label: 'Settings',
          enabled: isConnected,
          ...keyOf('settings'),
          click: () => {
            actions.show('settings')
          },
        },
        separator,
        { id: 'menu-quit', label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: actions.quit },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Profile',
      submenu: sections.map((section, index) => ({
        id: `section-${section.id}`,
        label: section.title,
        ...(index < 9 && { accelerator: `CmdOrCtrl+${index + 1}`, registerAccelerator: false }),
        enabled: isConnected,
        click: () => {
          actions.show(section.id)
        },
      })),
    },
    ...(state.toggles.length > 0
      ? [
          {
            label: 'Memory',
            submenu: menuIds(toggleItems(state, actions)),
          } satisfies Item,
        ]
      : []),
    ...(state.workspaces.length > 0
      ? [{ label: 'Workspaces', submenu: menuIds(workspaceItems(state, actions)) }]
      : []),
    viewMenu(state.theme ?? 'system', actions),
    { role: 'windowMenu' },
    helpMenu(actions, state.isUpdateReady ?? false),
  ]
}
