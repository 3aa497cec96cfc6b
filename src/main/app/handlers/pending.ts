import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { ok } from '../../../shared/result'
import { unsentOf, withSession } from './in-session'
import type { HandlerPorts } from './ports'

export function pendingHandlers(ports: HandlerPorts): Handlers<IpcContract>['pending'] {
  return {
    list: () => Promise.resolve(ok(unsentOf(ports))),
    retry: async ({ mutation }) =>
      withSession(ports, async ({ engine }) => {
        const retried = await engine.dispatch({
          type: 'retried',
          ...(mutation !== undefined && { id: mutation }),
        })
        engine.wake()
        return retried
      }),
    undo: async ({ mutation }) =>
      withSession(ports, async (session) => {
        const withdrawn = await session.engine.withdraw(mutation)
        void session.sweepSpool()
        return withdrawn
      }),
    resolve: async ({ mutation, choices }) =>
      withSession(ports, ({ engine }) =>
        engine.dispatch({ type: 'resolved', id: mutation, choices, at: ports.clock.now() }),
      ),
  }
}
