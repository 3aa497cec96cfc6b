import type { IpcContract } from '../../shared/ipc/contract'
import type { Handlers } from '../../shared/ipc/define'
import { appHandlers } from './handlers/app'
import { photoHandlers, resumeHandlers } from './handlers/files'
import { historyHandlers } from './handlers/history'
import { networkHandlers } from './handlers/network'
import { pendingHandlers } from './handlers/pending'
import type { HandlerPorts } from './handlers/ports'
import { sectionHandlers } from './handlers/section'
import { toggleHandlers } from './handlers/toggle'
import { workspaceHandlers } from './handlers/workspace'

/** Every question of the page, answered. Knows nothing of Electron. */
export function createHandlers(ports: HandlerPorts): Handlers<IpcContract> {
  return {
    app: appHandlers(ports),
    workspace: workspaceHandlers(ports),
    network: networkHandlers(ports),
    section: sectionHandlers(ports),
    pending: pendingHandlers(ports),
    toggle: toggleHandlers(ports),
    history: historyHandlers(ports),
    resume: resumeHandlers(ports),
    photo: photoHandlers(ports),
  }
}
