import type { IpcContract } from '../../shared/ipc/contract'
import type { Handlers } from '../../shared/ipc/define'
import { appHandlers } from './handlers/app'
import { photoHandlers, resumeHandlers } from './handlers/files'
import { historyHandlers } from './handlers/history'
import { pendingHandlers } from './handlers/pending'
import type { HandlerPorts } from './handlers/ports'
import { sectionHandlers } from './handlers/section'
import { workspaceHandlers } from './handlers/workspace'
import { toggleHandlers } from './handlers/toggle'

/** Every question of the page, answered. Knows nothing of Electron. */
export function createHandlers(ports: HandlerPorts): Handlers<IpcContract> {
  return {
    app: appHandlers(ports),
    workspace: workspaceHandlers(ports),
    section: sectionHandlers(ports),
    pending: pendingHandlers(ports),
    history: historyHandlers(ports),
    resume: resumeHandlers(ports),
    toggle: toggleHandlers(ports),
    photo: photoHandlers(ports),
  }
}
