import { describe, expect, it } from 'vitest'
import { valueOf } from '../../../tests/fakes/main-world'
import { basic, offlineWorld } from '../../../tests/fakes/offline-world'
import { asItemId, asMutationId, selfItemId } from '../../shared/domain/ids'
import { newItemDraftId } from '../../shared/sync/view'
import { education } from '../../shared/domain/sections/education'

const bytes = Buffer.from('%PDF-1.7')

describe('edits', () => {
  it('are in the queue when they are acknowledged', async () => {
    const world = await offlineWorld()
    const receipt = valueOf(await world.edit('mine'))
    expect(world.state().outbox.map(({ id, patch }) => [id, patch])).toEqual([
      [receipt.mutation, { bio: 'mine' }],
    ])
  })

  it('are refused, and nothing has changed, when the disk does not take them', async () => {
    const world = await offlineWorld()
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    expect(await world.edit('mine')).toEqual({ ok: false, error: world.folders.writeFailure })
    expect(world.state().outbox).toEqual([])
  })

  it('survive the end of the app', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    await world.workspaces.close()
    const { workspaces, handlers } = world.restart()
    await workspaces.openLast()
    const view = valueOf(await handlers.section.view({ section: basic }))
    expect(view.items[0]).toMatchObject({ values: { bio: 'mine' }, saved: { bio: 'old' } })
  })

  it('can be taken back', async () => {
    const world = await offlineWorld()
    const { mutation } = valueOf(await world.edit('mine'))
    await world.handlers.pending.undo({ mutation: asMutationId(mutation) })
    expect(valueOf(await world.handlers.pending.list({}))).toEqual([])
  })

  it('bring in no file by themselves', async () => {
    const world = await offlineWorld()
    const patch = { photo: { name: 'me.jpg', spoolId: 'id-0001' } }
    const answer = await world.handlers.section.edit({ section: basic, item: selfItemId, patch })
    expect(answer).toMatchObject({ error: { kind: 'refused-input', field: 'photo' } })
  })

  it.each(['toString', 'constructor', 'nowhere'])('know no section %s', async (section) => {
    const world = await offlineWorld()
    const id = section as typeof basic
    const view = await world.handlers.section.view({ section: id })
    expect(view).toMatchObject({ ok: false })
  })
})

describe('drafts', () => {
  const item = asItemId(newItemDraftId(education))
  const draft = { section: education.id, item, values: { degree: 'MSc' } }

  it('are kept until they are empty', async () => {
    const world = await offlineWorld()
    await world.handlers.section.saveDraft(draft)
    expect([...world.state().drafts.values()]).toMatchObject([{ values: { degree: 'MSc' } }])
    await world.handlers.section.saveDraft({ ...draft, values: {} })
    expect(world.state().drafts.size).toBe(0)
  })

  it('are gone once they are a record', async () => {
    const world = await offlineWorld()
    await world.handlers.section.saveDraft(draft)
    const values = { institution: '3', startDate: '2011-09-01', degree: 'MSc' }
    valueOf(await world.handlers.section.create({ section: education.id, values }))
    expect(world.state().drafts.size).toBe(0)
  })

  it('hold known fields only', async () => {
    const world = await offlineWorld()
    const answer = await world.handlers.section.saveDraft({ ...draft, values: { nowhere: 'x' } })
    expect([answer.ok, world.state().drafts.size]).toEqual([false, 0])
  })

  it('are refused when the disk does not take them', async () => {
    const world = await offlineWorld()
    world.folders.writeFailure = { kind: 'storage', reason: 'read-only' }
    expect(await world.handlers.section.saveDraft(draft)).toMatchObject({
      error: { kind: 'storage', reason: 'read-only' },
    })
  })
})

describe('opening a section', () => {
  it('is remembered without rewriting the preferences each time', async () => {
    const world = await offlineWorld()
    await world.handlers.section.opened({ section: basic })
    const { writes } = world.preferences
    await world.handlers.section.opened({ section: basic })
    expect([world.preferences.read().section, world.preferences.writes]).toEqual(['basic', writes])
  })
})

describe('résumé', () => {
  it('waits as a private copy', async () => {
    const world = await offlineWorld()
    valueOf(await world.handlers.resume.upload({}, [{ path: '/home/noor/cv.pdf' }]))
    expect([world.state().outbox[0]?.patch['file'], world.spool().length]).toMatchObject([
      { name: 'cv.pdf' },
      1,
    ])
  })

  it('is the last of two, and the first leaves nothing behind', async () => {
    const world = await offlineWorld()
    const { handlers } = world
    await Promise.all([
      handlers.resume.upload({}, [{ path: '/a.pdf' }]),
      handlers.resume.upload({}, [{ name: 'b.pdf', bytes }]),
    ])
    await world.settle()
    expect(world.spool()).toHaveLength(1)
  })

  it('leaves no copy when the disk takes no edit', async () => {
    const world = await offlineWorld()
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    const answer = await world.handlers.resume.upload({}, [{ path: '/a.pdf' }])
    expect([answer.ok, world.spool()]).toEqual([false, []])
  })

  it('leaves no copy when it is taken back', async () => {
    const world = await offlineWorld()
    const { mutation } = valueOf(await world.handlers.resume.upload({}, [{ path: '/a.pdf' }]))
    await world.handlers.pending.undo({ mutation: asMutationId(mutation) })
    expect(world.spool()).toEqual([])
  })

  it('leaves no copy once it has arrived', async () => {
    const world = await offlineWorld()
    await world.handlers.resume.upload({}, [{ path: '/a.pdf' }])
    world.platform.failure = undefined
    await world.handlers.pending.retry({})
    await world.clock.run(120_000, 1_000)
    expect([world.state().outbox.length, world.spool()]).toEqual([0, []])
  })

  it.each([[[]], [[{ path: '/a.pdf' }, { path: '/b.pdf' }]]])('is one file: %j', async (files) => {
    const world = await offlineWorld()
    expect(await world.handlers.resume.upload({}, files)).toEqual({
      ok: false,
      error: { kind: 'file', reason: 'several' },
    })
  })

  it('is not touched when the dialog is closed', async () => {
    const world = await offlineWorld()
    expect(await world.handlers.resume.choose({})).toEqual({ ok: true, value: { chosen: false } })
    expect(world.state().outbox).toEqual([])
  })
})
