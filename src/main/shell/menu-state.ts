import { toggles, type ToggleDescriptor } from '../../shared/domain/toggles'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { SyncState } from '../../shared/sync/state'
import { syncStatus, type SyncStatus } from '../../shared/sync/status'
import type { Mark } from '../../shared/sync/marks'
import { sectionView } from '../../shared/sync/view'
import type { WorkspaceId } from '../../shared/domain/ids'
import type { Workspace } from '../../shared/domain/workspace'
import { toggleView } from '../../shared/sync/toggle-view'
import type { Settings } from '../../shared/ipc/contract'
import { pausedText } from '../../shared/text/pause'
import { editsText, reasonText, statusWords } from '../../shared/text/status'

/** What tray and menus show, derived from the same state as the window. */
export interface MenuState {
  readonly workspace?: { readonly name: string; readonly org: string }
  readonly workspaces: readonly WorkspaceEntry[]
  readonly toggles: readonly ToggleState[]
  /** The status line in words, with what waits; absent while nobody is connected. */
  readonly status?: { readonly text: string; readonly hasWaiting: boolean }
  readonly look: TrayLook
  /** Whether a restart leads to a newer version. */
  readonly isUpdateReady?: boolean
  /** Absent: as the system. */
  readonly theme?: Settings['theme']
}

/** One silhouette each, named as the pictures in `resources/tray` are. */
export type TrayLook = 'idle' | 'unsent' | 'needs-you' | 'paused' | 'offline'

export interface WorkspaceEntry {
  readonly id: WorkspaceId
  readonly label: string
  readonly isOpen: boolean
}

export interface ToggleState {
  readonly id: string
  readonly label: string
  readonly isOn: boolean
  /** Whether the platform told a value, so that there is something to switch. */
  readonly isKnown: boolean
  readonly mark?: Mark
  /** Why the platform refused the last flip, in a few words. */
  readonly refusal?: string
  /** Absent where it cannot be turned off for a while. */
  readonly pause?: PauseState
}

export interface PauseState {
  /** What the commands are called. */
  readonly start: string
  readonly resume: string
  /** That it is paused, and until when; absent while it is not. */
  readonly text?: string
}

export interface MenuSource {
  /** The open workspace; absent while nobody is connected. */
  readonly open?:
    { readonly workspace: Workspace; readonly name: string; readonly state: SyncState } | undefined
  readonly all: readonly Workspace[]
  readonly registry: SectionRegistry
  /** Milliseconds since 1970. */
  readonly now: number
}

export function menuStateOf({ open, all, registry, now }: MenuSource): MenuState {
  const workspaces = all.map((workspace) => ({
    id: workspace.id,
    label: workspaceLabel(workspace),
    isOpen: workspace.id === open?.workspace.id,
  }))
  if (!open) return { workspaces, toggles: [], look: 'idle' }
  const status = syncStatus(open.state)
  const toggleStates = toggles.map((toggle) => toggleStateOf(toggle, { ...open, registry, now }))
  return {
    workspace: { name: open.name, org: open.workspace.org },
    workspaces,
    toggles: toggleStates,
    status: { text: statusText(status, now), hasWaiting: open.state.outbox.length > 0 },
    look: lookOf(status, toggleStates),
  }
}

function toggleStateOf(
  toggle: ToggleDescriptor,
  at: Pick<MenuSource, 'registry' | 'now'> & { readonly state: SyncState },
): ToggleState {
  const section = at.registry.find(toggle.section)
  const view = section && sectionView(section, at.state)
  const { refusal, pausedUntil, ...shown } = toggleView(view, toggle)
  return {
    id: toggle.id,
    label: toggle.label,
    ...shown,
    ...(refusal && { refusal: reasonText(refusal) }),
    ...(toggle.pause && { pause: pauseStateOf(toggle.pause, pausedUntil, at.now) }),
  }
}

function pauseStateOf(
  words: NonNullable<ToggleDescriptor['pause']>,
  until: number | undefined,
  now: number,
): PauseState {
  const { start, resume } = words
  return { start, resume, ...(until !== undefined && { text: pausedText(words, until, now) }) }
}

function workspaceLabel({ kind, personName, username, org }: Workspace): string {
  return `${personName || username}, ${kind === 'demo' ? 'Demo' : org}`
}

/** Without a network it is what waits that somebody looks for here. */
function statusText(status: SyncStatus, now: number): string {
  const { word, detail, spokenDetail } = statusWords(status, now)
  const said = [word, spokenDetail ?? detail].filter((part) => part !== undefined).join(' ')
  const isHidingEdits = status.kind === 'offline' && status.unsent > 0
  return isHidingEdits ? `${said}, ${editsText(status.unsent)} on this computer` : said
}

const looks: Readonly<Record<SyncStatus['kind'], TrayLook>> = {
  'needs-you': 'needs-you',
  offline: 'offline',
  sending: 'unsent',
  here: 'unsent',
  saved: 'idle',
}

/** That a switch is paused shows where nothing graver does. */
function lookOf({ kind }: SyncStatus, states: readonly ToggleState[]): TrayLook {
  const isPaused = states.some(({ pause }) => pause?.text !== undefined)
  return looks[kind] === 'idle' && isPaused ? 'paused' : looks[kind]
}
