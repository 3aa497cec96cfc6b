import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { ok } from '../../../shared/result'
import { choicesOf } from '../edits'
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
        await session.sweepSpool()
        return withdrawn
      }),
    resolve: async ({ mutation, choices }) =>
      withSession(ports, ({ engine }) => {
        const chosen = choicesOf(ports.registry, engine.state(), { mutation, choices })
        if (!chosen.ok) return chosen
        const at = ports.clock.now()
        return engine.dispatch({ type: 'resolved', id: mutation, choices: chosen.value, at })
      }),
  }
}
