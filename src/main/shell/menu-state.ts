import { toggles } from '../../shared/domain/toggles'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { SyncState } from '../../shared/sync/state'
import { syncStatus } from '../../shared/sync/status'
import { sectionView, type Mark } from '../../shared/sync/view'
import type { Workspace } from '../../shared/domain/workspace'

/** What tray and menus show, derived from the same state as the window. */
export interface MenuState {
  readonly workspace?: { readonly name: string; readonly org: string }
  readonly toggles: readonly ToggleState[]
  readonly statusKind: ReturnType<typeof syncStatus>['kind'] | 'none'
}

export interface ToggleState {
  readonly id: string
  readonly label: string
  readonly isOn: boolean
  /** Whether the platform told a value, so that there is something to switch. */
  readonly isKnown: boolean
  readonly mark?: Mark
}

export function menuStateOf(
  open:
    { readonly workspace: Workspace; readonly name: string; readonly state: SyncState } | undefined,
  registry: SectionRegistry,
): MenuState {
  if (!open) return { toggles: [], statusKind: 'none' }
  return {
    workspace: { name: open.name, org: open.workspace.org },
    toggles: toggles.map((toggle) => {
      const section = registry.find(toggle.section)
      const item = section && sectionView(section, open.state).items[0]
      const value = item?.values[toggle.field]
      const mark = item?.marks[toggle.field]
      return {
        id: toggle.id,
        label: toggle.label,
        isOn: value === true,
        isKnown: typeof value === 'boolean',
        ...(mark && { mark }),
      }
    }),
    statusKind: syncStatus(open.state).kind,
  }
}
