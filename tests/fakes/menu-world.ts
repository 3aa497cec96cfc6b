import type { MenuItemConstructorOptions } from 'electron'
import { aWorkspace } from './fake-main'
import { aSnapshot } from './main-records'
import { menuStateOf } from '../../src/main/shell/menu-state'
import type { MenuActions } from '../../src/main/shell/menu-template'
import { selfItemId } from '../../src/shared/domain/ids'
import { memorySettings } from '../../src/shared/domain/sections/memory-settings'
import { registry } from '../../src/shared/domain/sections/registry'
import type { Values } from '../../src/shared/domain/values'
import { emptyState, type SyncState } from '../../src/shared/sync/state'

export function recorded() {
  const calls: (readonly unknown[])[] = []
  const record =
    (name: string) =>
    (...parameters: unknown[]) => {
      calls.push([name, ...parameters])
    }
  const actions: MenuActions = {
    open: record('open'),
    setTheme: record('setTheme'),
    changeTextSize: record('changeTextSize'),
    showShortcuts: record('showShortcuts'),
    showUpdates: record('showUpdates'),
    showAbout: record('showAbout'),
    showLogs: record('showLogs'),
    copyDiagnostics: record('copyDiagnostics'),
    quit: record('quit'),
    flip: record('flip'),
    pause: record('pause'),
    resume: record('resume'),
    show: record('show'),
    addResume: record('addResume'),
    showPending: record('showPending'),
    switchTo: record('switchTo'),
    connectAnother: record('connectAnother'),
  }
  return { calls, actions }
}

export function stateWith(
  switches: Values | undefined,
  outbox: SyncState['outbox'] = [],
): SyncState {
  const items = switches ? [{ id: selfItemId, values: switches, wire: {} }] : []
  const snapshot = aSnapshot({ section: memorySettings.id, items })
  return { ...emptyState(0), snapshots: new Map([[memorySettings.id, snapshot]]), outbox }
}

export const now = new Date(2026, 10, 24, 14, 30).getTime()
export const workspace = aWorkspace({ org: 'northwind' })
export const nobody = menuStateOf({ all: [], registry, now })

export const menuState = (state: SyncState, all = [workspace]) =>
  menuStateOf({ open: { workspace, name: 'Noor Haddad', state }, all, registry, now })

export const flat = (
  template: readonly MenuItemConstructorOptions[],
): readonly MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

export const byId = (template: readonly MenuItemConstructorOptions[], id: string) =>
  flat(template).find((item) => item.id === id)

export const click = (item: MenuItemConstructorOptions | undefined) =>
  (item?.click as (() => void) | undefined)?.()
