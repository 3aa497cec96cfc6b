import { asItemId, type ItemId } from '../../../shared/domain/ids'
import { fieldOf, type AnySection } from '../../../shared/domain/sections/section'
import type { Values } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import { newItemDraftId, sectionRows } from '../../../shared/sync/view'
import { draftKey } from '../../../shared/sync/state'
import { createOf, currentId, deleteOf, titleOfDraft, updateOf } from '../edits'
import { pageOf } from '../page'
import { sectionSlice } from '../publisher'
import type { Session } from '../session'
import type { SyncEngine } from '../sync-engine'
import { apply, moment, withSection } from './in-session'
import { refreshIfOld } from '../wake'
import type { HandlerPorts } from './ports'

export function sectionHandlers(ports: HandlerPorts): Handlers<IpcContract>['section'] {
  return {
    view: async ({ section }) =>
      withSection(ports, section, (found, session) =>
        ok(sectionSlice(found, session.engine.state())),
      ),
    page: async (query) =>
      withSection(ports, query.section, (found, session) =>
        ok(pageOf(sectionRows(found, session.engine.state()), query)),
      ),
    refresh: async ({ section }) =>
      withSection(ports, section, async (found, session) => {
        await session.refresh(found)
        return ok(undefined)
      }),
    edit: async ({ section, item, patch, base }) =>
      withSection(ports, section, (found, session) => {
        const file = fileFieldIn(found, patch)
        if (file !== undefined) return err(onlyByFile(file))
        const edit = { item, patch, base }
        return apply(session, updateOf(found, session.engine.state(), edit, moment(ports)))
      }),
    create: async ({ section, values }) =>
      withSection(ports, section, async (found, session) => {
        const state = session.engine.state()
        const applied = await apply(session, createOf(found, state, values, moment(ports)))
        if (applied.ok) await dropNewDraft(found, session)
        return applied
      }),
    remove: async ({ section, item }) =>
      withSection(ports, section, (found, session) =>
        apply(session, deleteOf(found, session.engine.state(), item, moment(ports))),
      ),
    saveDraft: async (draft) =>
      withSection(ports, draft.section, (found, session) =>
        saveDraft(found, session, { ...draft, savedAt: ports.clock.now() }),
      ),
    opened: async ({ section }) =>
      withSection(ports, section, (found, session) => {
        opened(ports, found, session)
        return ok(undefined)
      }),
  }
}

interface DraftInput {
  readonly item: ItemId
  readonly values: Values
  readonly base?: Values | undefined
  readonly savedAt: number
  readonly isDiscarded?: boolean | undefined
}

async function saveDraft(
  section: AnySection,
  { engine }: Session,
  { item, values, base, savedAt, isDiscarded }: DraftInput,
): Promise<Result<void>> {
  const isKnown = Object.keys(values).every((key) => fieldOf(section, key))
  if (!isKnown) return err({ kind: 'not-found' })
  const where = { section: section.id, item: currentId(engine.state(), item) }
  if (Object.keys(values).length === 0) {
    return dropDraft(section, engine, { item: where.item, at: isDiscarded ? savedAt : undefined })
  }
  const draft = { ...where, values, ...(base && { base }), savedAt }
  return engine.dispatch({ type: 'draft-saved', draft })
}

async function dropDraft(
  section: AnySection,
  engine: SyncEngine,
  { item, at }: { readonly item: ItemId; readonly at: number | undefined },
): Promise<Result<void>> {
  const where = { section: section.id, item }
  const state = engine.state()
  const draft = at === undefined ? undefined : state.drafts.get(draftKey(section.id, item))
  const title = draft && titleOfDraft(section, state, draft)
  return engine.dispatch({
    type: 'draft-dropped',
    ...where,
    ...(at !== undefined && title !== undefined && { discarded: { at, title } }),
  })
}

function opened(ports: HandlerPorts, section: AnySection, session: Session): void {
  // Writing rewrites the whole file, at once and on this thread.
  if (ports.preferences.read().section !== section.id) {
    void ports.preferences.write({ section: section.id })
  }
  refreshIfOld(session, section, ports.clock.now())
}

/** What stood in the form for a new record is that record now. */
async function dropNewDraft(section: AnySection, session: Session): Promise<void> {
  const item = asItemId(newItemDraftId(section))
  await session.engine.dispatch({ type: 'draft-dropped', section: section.id, item })
}

/** A file comes in by its own way only: there it is looked at and copied. */
const fileFieldIn = (section: AnySection, values: Values): string | undefined =>
  Object.keys(values).find((key) => fieldOf(section, key)?.kind === 'file')

const onlyByFile = (field: string): AppError => ({
  kind: 'refused-input',
  field,
  problem: 'Choose or drop a file.',
})
