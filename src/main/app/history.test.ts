import { describe, expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf, type MainWorld } from '../../../tests/fakes/main-world'
import { ManualClock } from '../../../tests/fakes/main-clock'
import { anEntry } from '../../../tests/fakes/main-records'
import { asItemId, asMutationId, asSectionId, selfItemId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'
import { memory } from '../../shared/domain/sections/memory'
import type { Values } from '../../shared/domain/values'
import type { RestoreReceipt } from '../../shared/ipc/contract'
import { historyMs, type NewHistoryEntry } from '../../shared/sync/history-entry'
import { newItemDraftId } from '../../shared/sync/view'

const basic = asSectionId('basic')
const start = new ManualClock().now()
const jordan = { id: asItemId('1'), values: { name: 'University of Jordan' }, wire: {} }
const msc: Values = {
  institution: '1',
  degree: 'MSc',
  startDate: '2011-09-01',
  endDate: '2013-06-28',
  isCurrent: false,
}

/** A workspace that was read once and is offline since, with these entries in its history. */
async function aWorld(entries: readonly (Partial<NewHistoryEntry> & { id: string })[] = []) {
  const world = aMainWorld()
  const noor = { name: 'Noor Haddad', bio: 'now' }
  world.platform.items.set('basic', [{ id: selfItemId, values: noor, wire: {} }])
  world.platform.items.set('institutions', [jordan])
  world.platform.items.set('education', [{ id: asItemId('11'), values: msc, wire: {} }])
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.settle()
  await world.handlers.section.refresh({ section: education.id })
  await world.workspaces.close()
  const [stored] = [...world.folders.stored.values()]
  const now = world.clock.now()
  for (const { id, ...some } of entries) {
    stored?.journal.push({ type: 'history', entry: anEntry(id, { at: now - 1_000, ...some }) })
  }
  const again = world.restart()
  await again.workspaces.openLast()
  world.platform.failure = { kind: 'offline' }
  const open = { ...world, ...again }
  const state = () => {
    const { session } = open.workspaces
    if (!session) throw new Error('nothing is open')
    return session.engine.state()
  }
  const lines = async (section?: string) => {
    const query = { offset: 0, limit: 50, ...(section && { section: asSectionId(section) }) }
    return valueOf(await open.handlers.history.list(query)).lines
  }
  const restore = async (id: string): Promise<RestoreReceipt> =>
    valueOf(await open.handlers.history.restore({ id }))
  return { ...open, state, lines, restore, entries: stored?.journal ?? [] }
}

const seenIn = async (world: MainWorld, section: string) =>
  valueOf(await world.handlers.section.view({ section: asSectionId(section) }))

describe('the list', () => {
  it('is newest first, whatever order it was written in', async () => {
    const world = await aWorld([
      { id: 'b', at: start + 1 },
      { id: 'a', at: start + 2 },
      { id: 'c', at: start + 1 },
    ])
    expect((await world.lines()).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  })

  it('shows nothing older than thirty days', async () => {
    const world = await aWorld([{ id: 'a', at: start }])
    world.clock.advance(historyMs - 1 - (world.clock.now() - start))
    expect(await world.lines()).toHaveLength(1)
    world.clock.advance(1)
    expect(await world.lines()).toEqual([])
  })

  it('is of one section, with those that are shown with it', async () => {
    const world = await aWorld([
      { id: 'a' },
      { id: 'b', section: memory.id },
      { id: 'c', section: asSectionId('memory-settings'), before: { learn: true } },
    ])
    expect((await world.lines('memory')).map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('names the records that values refer to', async () => {
    const world = await aWorld([
      {
        id: 'a',
        section: education.id,
        item: asItemId('11'),
        before: { institution: '9' },
        after: { institution: '1' },
        names: { 9: 'A school that is gone' },
      },
    ])
    expect((await world.lines())[0]?.names).toEqual({
      1: 'University of Jordan',
      9: 'A school that is gone',
    })
  })

  it('fits into one message, however long the texts', async () => {
    const before = { bio: 'x'.repeat(3_000), title: 'y'.repeat(3_000), name: 'z'.repeat(3_000) }
    const ids = Array.from({ length: 60 }, (_, index) => `e${String(index)}`)
    const world = await aWorld(ids.map((id) => ({ id, before })))
    const page = valueOf(await world.handlers.history.list({ offset: 0, limit: 50 }))
    expect(JSON.stringify(page).length).toBeLessThan(60_000)
    expect(page.total).toBe(60)
    expect(page.lines.length).toBeGreaterThan(0)
    const next = valueOf(
      await world.handlers.history.list({ offset: page.lines.length, limit: 50 }),
    )
    expect(next.lines[0]?.id).toBe(ids.at(-1 - page.lines.length))
  })
})

describe('restoring fields', () => {
  it('makes an edit that is on this computer, and can be taken back', async () => {
    const world = await aWorld([{ id: 'a' }])
    expect((await world.lines())[0]?.restore).toBe('edit')
    const receipt = await world.restore('a')
    expect(receipt).toMatchObject({ kind: 'edit', section: 'basic', item: 'self' })
    expect(world.state().outbox).toMatchObject([{ patch: { bio: 'old' }, base: { bio: 'now' } }])
    expect(world.entries.some((record) => record.type === 'mutation')).toBe(true)
    expect((await world.lines())[0]?.restore).toBe('stands')
    if (receipt.undo.kind !== 'withdraw') throw new Error('not by itself')
    await world.handlers.pending.undo({ mutation: asMutationId(receipt.undo.mutation) })
    expect((await seenIn(world, 'basic')).items[0]?.values).toMatchObject({ bio: 'now' })
  })

  it('keeps what was not sent yet, and undoing writes that again', async () => {
    const world = await aWorld([{ id: 'a' }])
    const unsent = { section: basic, item: selfItemId, patch: { bio: 'unsent', title: 'kept' } }
    await world.handlers.section.edit(unsent)
    const receipt = await world.restore('a')
    expect(receipt.undo).toEqual({ kind: 'write', values: { bio: 'unsent' } })
    expect(world.state().outbox).toMatchObject([{ patch: { bio: 'old', title: 'kept' } }])
    expect((await world.lines())[0]).toMatchObject({
      why: 'replaced',
      fields: [{ key: 'bio', before: 'unsent', after: 'old' }],
    })
  })

  it('puts into the form what would not be taken as it is', async () => {
    const world = await aWorld([{ id: 'a', before: { name: '' }, after: { name: 'Noor' } }])
    expect(await world.restore('a')).toMatchObject({ kind: 'draft', undo: { kind: 'drop-draft' } })
    expect(world.state().outbox).toEqual([])
    expect((await seenIn(world, 'basic')).items[0]?.draft?.values).toEqual({ name: '' })
  })

  it('brings an end date back though the entry says it goes on', async () => {
    const item = asItemId('11')
    const before = { endDate: '2013-06-28' }
    const world = await aWorld([{ id: 'a', section: education.id, item, before }])
    const patch = { isCurrent: true }
    await world.handlers.section.edit({ section: education.id, item, patch })
    await world.restore('a')
    expect((await seenIn(world, 'education')).items[0]?.values).toMatchObject({
      isCurrent: false,
      endDate: '2013-06-28',
    })
  })

  it('is not offered for a file, whose bytes are gone', async () => {
    const world = await aWorld([{ id: 'a', before: { photo: { name: 'me.jpg' } }, after: {} }])
    expect((await world.lines())[0]?.restore).toBe('none')
    expect(await world.handlers.history.restore({ id: 'a' })).toMatchObject({ ok: false })
  })
})

describe('restoring a record that has gone', () => {
  const gone = { section: education.id, item: asItemId('99') }
  const whole = { ...gone, title: 'MSc', why: 'deleted', isRecord: true, after: {} } as const
  const phd = { ...msc, degree: 'PhD' }

  it('makes it anew, once', async () => {
    const world = await aWorld([{ id: 'a', ...whole, before: phd }])
    expect((await world.lines())[0]?.restore).toBe('record')
    expect(await world.restore('a')).toMatchObject({ kind: 'record', undo: { kind: 'withdraw' } })
    expect(world.state().outbox).toMatchObject([{ op: 'create', patch: { degree: 'PhD' } }])
    expect((await world.lines())[0]?.restore).toBe('stands')
  })

  it('brings an earlier value back to the record that was made anew', async () => {
    const world = await aWorld([
      { id: 'a', ...gone, before: { degree: 'Dr' }, after: { degree: 'PhD' } },
      { id: 'b', ...whole, before: phd },
    ])
    await world.restore('b')
    expect((await world.lines()).map(({ restore }) => restore)).toEqual(['stands', 'edit'])
    expect(await world.restore('a')).toMatchObject({ kind: 'edit' })
    expect(world.state().outbox).toMatchObject([{ op: 'create', patch: { degree: 'Dr' } }])
  })

  it('makes it anew with an earlier value of one field', async () => {
    const world = await aWorld([
      { id: 'a', ...gone, before: { degree: 'Dr' }, after: { degree: 'PhD' } },
      { id: 'b', ...whole, before: phd },
    ])
    await world.restore('a')
    expect(world.state().outbox).toMatchObject([
      { op: 'create', patch: { degree: 'Dr', startDate: '2011-09-01' } },
    ])
  })

  it('puts single fields into the form for a new one, and keeps what stood there', async () => {
    const world = await aWorld([{ id: 'a', ...gone, before: { degree: 'Dr' } }])
    const item = asItemId(newItemDraftId(education))
    const values = { degree: 'typing' }
    await world.handlers.section.saveDraft({ section: education.id, item, values })
    expect((await world.lines())[0]?.restore).toBe('draft')
    expect(await world.restore('a')).toMatchObject({ kind: 'draft', item })
    expect((await seenIn(world, 'education')).newDraft?.values).toEqual({ degree: 'Dr' })
    expect((await world.lines())[0]).toMatchObject({ why: 'discarded', title: 'typing' })
  })

  it('leaves out a reference to a record that was never made', async () => {
    const world = await aWorld([
      { id: 'a', ...whole, before: { ...phd, institution: 'local:never' } },
    ])
    expect(await world.restore('a')).toMatchObject({ kind: 'draft' })
    expect((await seenIn(world, 'education')).newDraft?.values).toMatchObject({
      degree: 'PhD',
      institution: null,
    })
  })
})

describe('a draft that is thrown away', () => {
  it('is in the history under the name of its record, and nowhere in the log', async () => {
    const world = await aWorld()
    const at = { section: education.id, item: asItemId('11') }
    await world.handlers.section.saveDraft({ ...at, values: { grade: '1.0' }, base: {} })
    await world.handlers.section.saveDraft({ ...at, values: {}, isDiscarded: true })
    expect(await world.lines()).toMatchObject([
      { why: 'discarded', title: 'MSc', fields: [{ key: 'grade', before: '1.0' }] },
    ])
    expect(JSON.stringify(world.log)).not.toContain('1.0')
  })
})

describe('clearing and signing out', () => {
  it('leaves no entry', async () => {
    const world = await aWorld([{ id: 'a' }])
    await world.handlers.history.clear({})
    expect(await world.lines()).toEqual([])
    expect(world.entries.at(-1)).toMatchObject({ type: 'history-gone', isErased: true })
  })

  it('removes it with everything else', async () => {
    const world = await aWorld([{ id: 'a' }])
    valueOf(
      await world.handlers.workspace.signOut({ discard: world.state().outbox.map(({ id }) => id) }),
    )
    expect(world.folders.stored.size).toBe(0)
    expect(await world.handlers.history.list({ offset: 0, limit: 1 })).toMatchObject({ ok: false })
  })
})

describe('a disk that is full', () => {
  it('restores nothing and says so', async () => {
    const world = await aWorld([{ id: 'a' }])
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    expect(await world.handlers.history.restore({ id: 'a' })).toMatchObject({
      error: { kind: 'storage' },
    })
    expect(world.state().outbox).toEqual([])
  })
})
