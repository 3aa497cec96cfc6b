import type { IpcContract, Settings, StartView } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { ok } from '../../../shared/result'
import { emptyState } from '../../../shared/sync/state'
import { syncStatus } from '../../../shared/sync/status'
import { sectionHead, sectionSlice } from '../publisher'
import type { HandlerPorts } from './ports'

export function appHandlers(ports: HandlerPorts): Handlers<IpcContract>['app'] {
  return {
    start: () => Promise.resolve(ok(startView(ports))),
    networkBack: () => {
      ports.wake('network')
      return Promise.resolve(ok(undefined))
    },
    desktop: async () => ok(await ports.desktop.facts()),
    startAtLogin: ({ isOn }) => ports.desktop.startAtLogin(isOn),
    openLink: ({ url }) => ports.desktop.openExternal(url),
    about: async () => ok(await ports.about()),
    showLogs: async () => {
      await ports.desktop.showInFolder(ports.logFile)
      return ok(undefined)
    },
    copyDiagnostics: async () => {
      ports.desktop.copyText(await ports.diagnostics())
      return ok(undefined)
    },
    update: async () => ok((await ports.updates.get()).state),
    checkForUpdates: async () => ok(await (await ports.updates.get()).check()),
    restartToUpdate: async () => ok(await (await ports.updates.get()).restart()),
    setSettings: async (change) => {
      const before = ports.preferences.read().settings
      const settings: Settings = {
        theme: change.theme ?? before.theme,
        textSize: change.textSize ?? before.textSize,
        onClose: change.onClose ?? before.onClose,
        looksForUpdates: change.looksForUpdates ?? before.looksForUpdates,
      }
      const written = await ports.preferences.write({ settings })
      if (!written.ok) return written
      ports.onSettings(settings)
      return ok(settings)
    },
  }
}

function startView(ports: HandlerPorts): StartView {
  const { settings, section } = ports.preferences.read()
  const update = ports.updates.known()
  const state = ports.workspaces.session?.engine.state() ?? emptyState(ports.clock.now())
  const [first] = ports.registry.shown
  const open = ports.registry.shown.find((entry) => entry.id === section) ?? first
  return {
    workspaces: ports.workspaces.view(),
    settings,
    status: syncStatus(state),
    sections: ports.registry.all.map((entry) =>
      entry.id === open?.id ? sectionSlice(entry, state) : sectionHead(entry, state),
    ),
    open: open?.id ?? '',
    pendingCount: state.outbox.length,
    prefill: ports.workspaces.prefill(),
    version: ports.version,
    ...(update && { update }),
  }
}
