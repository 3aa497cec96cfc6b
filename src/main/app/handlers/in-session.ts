import type { SectionId } from '../../../shared/domain/ids'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { Result } from '../../../shared/errors'
import type { EditReceipt } from '../../../shared/ipc/contract'
import { err, ok } from '../../../shared/result'
import { isSameRecord } from '../../../shared/sync/chain'
import type { Mutation, SyncState } from '../../../shared/sync/state'
import { pendingChanges } from '../../../shared/sync/status'
import type { EditMoment } from '../edits'
import type { Session } from '../session'
import type { HandlerPorts } from './ports'

/** Runs with the open workspace; without one nothing can be meant. */
export async function withSession<T>(
  ports: HandlerPorts,
  use: (session: Session) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const session = ports.workspaces.session
  return session ? use(session) : err({ kind: 'not-found' })
}

export function withSection<T>(
  ports: HandlerPorts,
  id: SectionId,
  use: (section: AnySection, session: Session) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const section = ports.registry.find(id)
  if (!section) return Promise.resolve(err({ kind: 'not-found' }))
  return withSession(ports, (session) => use(section, session))
}

/** The edit is on the disk when this answers. */
export async function apply(
  session: Session,
  made: Result<Mutation>,
  how: { readonly isRestored?: boolean } = {},
): Promise<Result<EditReceipt>> {
  if (!made.ok) return made
  const mutation = made.value
  const stored = await session.engine.dispatch({ type: 'edited', mutation, ...how })
  if (!stored.ok) return stored
  return ok({ item: mutation.item, mutation: keptAs(session.engine.state(), mutation) })
}

/** An edit joins an unsent one of the same record; the receipt names the one that stands. */
const keptAs = (state: SyncState, mutation: Mutation): string =>
  state.outbox.find((entry) => entry.id === mutation.id)?.id ??
  state.outbox.find((entry) => isSameRecord(entry, mutation))?.id ??
  mutation.id

export const moment = (ports: HandlerPorts): EditMoment => ({
  now: ports.clock.now(),
  unique: ports.ids(),
})

export const unsentOf = (ports: HandlerPorts) => {
  const state = ports.workspaces.session?.engine.state()
  return state ? pendingChanges(state, ports.registry) : []
}
