import type { Result } from '../../../shared/errors'
import type { CertificatesView, IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { ok } from '../../../shared/result'
import type { HandlerPorts } from './ports'

export function networkHandlers(ports: HandlerPorts): Handlers<IpcContract>['network'] {
  const { certificates } = ports
  const applied = async (changed: Result<CertificatesView>) => {
    if (changed.ok) await connectAnew(ports)
    return changed
  }
  return {
    certificates: async () => ok(await certificates.view()),
    chooseCertificates: async () => applied(await certificates.choose()),
    removeCertificates: async () => applied(await certificates.remove()),
  }
}

/** No connection made under the old trust is used on; what it kept from being sent is tried again. */
async function connectAnew({ workspaces }: HandlerPorts): Promise<void> {
  const { session } = workspaces
  if (session?.workspace.kind !== 'account') return
  await session.renew()
  const { engine } = session
  const kept = engine
    .state()
    .outbox.filter(({ state }) => state.kind === 'blocked' && state.error.kind === 'offline')
  for (const { id } of kept) await engine.dispatch({ type: 'retried', id })
  engine.wake()
  void session.refreshAll(undefined)
}
