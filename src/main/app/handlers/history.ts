import type { AnySection } from '../../../shared/domain/sections/section'
import type { Result } from '../../../shared/errors'
import type { IpcContract, RestoreReceipt } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import { historyPage } from '../../../shared/sync/history-view'
import { draftKey, type Draft } from '../../../shared/sync/state'
import { titleOfDraft } from '../edits'
import { restoringOf, type Restoring } from '../restore'
import type { Session } from '../session'
import { apply, moment, withSession } from './in-session'
import type { HandlerPorts } from './ports'

export function historyHandlers(ports: HandlerPorts): Handlers<IpcContract>['history'] {
  return {
    list: async (query) =>
      withSession(ports, ({ engine }) => {
        const now = ports.clock.now()
        return ok(historyPage(ports.registry, engine.state(), { ...query, now }))
      }),
    restore: async ({ id }) => withSession(ports, (session) => restore(ports, session, id)),
    clear: async () =>
      withSession(ports, ({ engine }) => engine.dispatch({ type: 'history-cleared' })),
  }
}

async function restore(
  ports: HandlerPorts,
  session: Session,
  id: string,
): Promise<Result<RestoreReceipt>> {
  const state = session.engine.state()
  const entry = state.history.find((known) => known.id === id)
  const section = entry && ports.registry.find(entry.section)
  if (!section) return err({ kind: 'not-found' })
  const restoring = restoringOf(section, state, { entry, moment: moment(ports) })
  if (!restoring.ok) return restoring
  const { value } = restoring
  return value.kind === 'draft'
    ? putInForm(session, section, value.draft)
    : putInQueue(session, value)
}

async function putInQueue(
  session: Session,
  restoring: Exclude<Restoring, { kind: 'draft' }>,
): Promise<Result<RestoreReceipt>> {
  const { mutation, kind } = restoring
  const applied = await apply(session, ok(mutation), { isRestored: true })
  if (!applied.ok) return applied
  const { item, mutation: stands } = applied.value
  const isAlone =
    stands === mutation.id && session.engine.state().outbox.some(({ id }) => id === stands)
  // Taking back an edit that it has joined would take back more than was restored.
  const undo =
    kind === 'record' || isAlone
      ? ({ kind: 'withdraw', mutation: stands } as const)
      : ({ kind: 'write', values: restoring.seen } as const)
  return ok({ kind, section: mutation.section, item, undo })
}

/** What stands there already is not written over unseen: it goes into the history. */
async function putInForm(
  { engine }: Session,
  section: AnySection,
  draft: Draft,
): Promise<Result<RestoreReceipt>> {
  const { item } = draft
  const state = engine.state()
  const earlier = state.drafts.get(draftKey(section.id, item))
  if (earlier) {
    const discarded = { at: draft.savedAt, title: titleOfDraft(section, state, earlier) }
    const dropped = await engine.dispatch({
      type: 'draft-dropped',
      section: section.id,
      item,
      discarded,
    })
    if (!dropped.ok) return dropped
  }
  const saved = await engine.dispatch({ type: 'draft-saved', draft })
  if (!saved.ok) return saved
  return ok({ kind: 'draft', section: section.id, item, undo: { kind: 'drop-draft' } })
}
