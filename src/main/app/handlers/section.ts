import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { ok } from '../../../shared/result'
import { sectionView } from '../../../shared/sync/view'
import { createOf, currentId, deleteOf, updateOf } from '../edits'
import { pageOf } from '../page'
import { sectionSlice } from '../publisher'
import { apply, moment, withSection } from './in-session'
import type { HandlerPorts } from './ports'

export function sectionHandlers(ports: HandlerPorts): Handlers<IpcContract>['section'] {
  return {
    view: async ({ section }) =>
      withSection(ports, section, (found, session) =>
        ok(sectionSlice(found, session.engine.state())),
      ),
    page: async (query) =>
      withSection(ports, query.section, (found, session) =>
        ok(pageOf(sectionView(found, session.engine.state()).items, query)),
      ),
    refresh: async ({ section }) =>
      withSection(ports, section, async (found, session) => {
        await session.refresh(found)
        return ok(undefined)
      }),
    edit: async ({ section, item, patch, base }) =>
      withSection(ports, section, (found, session) =>
        apply(
          session,
          updateOf(found, session.engine.state(), { item, patch, base }, moment(ports)),
        ),
      ),
    create: async ({ section, values }) =>
      withSection(ports, section, (found, session) =>
        apply(session, createOf(found, session.engine.state(), values, moment(ports))),
      ),
    remove: async ({ section, item }) =>
      withSection(ports, section, (found, session) =>
        apply(session, deleteOf(found, session.engine.state(), item, moment(ports))),
      ),
    saveDraft: async ({ section, item, values, base }) =>
      withSection(ports, section, async (found, session) => {
        const id = currentId(session.engine.state(), item)
        return session.engine.dispatch(
          Object.keys(values).length === 0
            ? { type: 'draft-dropped', section: found.id, item: id }
            : {
                type: 'draft-saved',
                draft: {
                  section: found.id,
                  item: id,
                  values,
                  ...(base && { base }),
                  savedAt: ports.clock.now(),
                },
              },
        )
      }),
    opened: async ({ section }) =>
      withSection(ports, section, (found, session) => {
        ports.preferences.write({ section: found.id })
        const age =
          ports.clock.now() - (session.engine.state().snapshots.get(found.id)?.readAt ?? 0)
        if (age > staleAfterMs) void session.refresh(found)
        return ok(undefined)
      }),
  }
}

/** A copy older than this is read again when its section is opened. */
const staleAfterMs = 30_000
