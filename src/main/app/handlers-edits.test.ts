import { describe, expect, it } from 'vitest'
import { aConnection, aMainWorld, sampleToken, valueOf } from '../../../tests/fakes/main-world'
import { asItemId, asMutationId, asSectionId, selfItemId } from '../../shared/domain/ids'
import { newItemDraftId } from '../../shared/sync/view'
import { education } from '../../shared/domain/sections/education'

const basic = asSectionId('basic')
const offline = { kind: 'offline' } as const
const bytes = Buffer.from('%PDF-1.7')

/** A workspace that was read once and is offline since: edits stay here. */
async function offlineWorld() {
  const world = aMainWorld()
  world.platform.items.set('basic', [
    { id: selfItemId, values: { name: 'Noor Haddad', bio: 'old' }, wire: {} },
  ])
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.settle()
  world.platform.failure = offline
  const state = () => {
    const { session } = world.workspaces
    if (!session) throw new Error('nothing is open')
    return session.engine.state()
  }
  const spool = () => [...([...world.folders.stored.values()][0]?.spool.keys() ?? [])]
  const edit = (bio: string) =>
    world.handlers.section.edit({ section: basic, item: selfItemId, patch: { bio } })
  return { ...world, state, spool, edit }
}

describe('without a workspace', () => {
  it('starts with the Connect screen', async () => {
    const { handlers } = aMainWorld()
    expect(valueOf(await handlers.app.start({}))).toMatchObject({
      workspaces: { all: [], credential: 'missing' },
      status: { kind: 'saved' },
      pendingCount: 0,
      prefill: { source: 'none' },
    })
  })

  it('has nothing to show, edit, send or sign out of', async () => {
    const { handlers } = aMainWorld()
    const answers = await Promise.all([
      handlers.section.view({ section: basic }),
      handlers.section.edit({ section: basic, item: selfItemId, patch: {} }),
      handlers.section.opened({ section: basic }),
      handlers.pending.retry({}),
      handlers.resume.upload({}, [{ path: '/cv.pdf' }]),
      handlers.photo.remove({}),
      handlers.workspace.exportUnsent({}),
    ])
    expect(answers.map((answer) => !answer.ok && answer.error.kind)).toEqual(
      answers.map(() => 'not-found'),
    )
    expect(await handlers.workspace.signOut({ discardUnsent: false })).toEqual({ ok: true })
  })
})

describe('start', () => {
  it('holds the rows of the section that was open last, and heads of the others', async () => {
    const world = await offlineWorld()
    await world.handlers.section.opened({ section: basic })
    const { sections, open } = valueOf(await world.handlers.app.start({}))
    const rows = sections.filter(({ items }) => items.length > 0).map(({ section }) => section)
    expect([open, rows]).toEqual(['basic', ['basic']])
  })

  it('never tells the token', async () => {
    const world = await offlineWorld()
    const everything = JSON.stringify([await world.handlers.app.start({}), world.told])
    expect(everything).not.toContain(sampleToken)
  })
})

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

describe('signing out', () => {
  it('is refused while edits are unsent', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    const refused = await world.handlers.workspace.signOut({ discardUnsent: false })
    expect(refused).toMatchObject({ error: { kind: 'refused-input' } })
    expect(world.state().outbox).toHaveLength(1)
  })

  it('discards them when told to, and sends nothing after', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    world.platform.failure = undefined
    valueOf(await world.handlers.workspace.signOut({ discardUnsent: true }))
    await world.clock.run(120_000, 1_000)
    expect([world.platform.writes, world.folders.stored.size]).toEqual([[], 0])
  })

  it('can export them first, without the token', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    world.desktop.saveAs = '/home/noor/unsent.json'
    expect(valueOf(await world.handlers.workspace.exportUnsent({}))).toEqual({ saved: true })
    const text = world.desktop.files.get('/home/noor/unsent.json') ?? ''
    expect(JSON.parse(text)).toMatchObject({
      org: 'northwind',
      username: 'noor',
      changes: [{ section: 'basic', patch: { bio: 'mine' }, base: { bio: 'old' } }],
      drafts: [],
    })
    expect(text).not.toContain(sampleToken)
  })
})

describe('.env file', () => {
  const path = '/home/noor/.env'

  it('fills the Connect screen without its token', async () => {
    const world = aMainWorld()
    world.desktop.files.set(path, `IBLAI_ORG=northwind\nIBLAI_API_KEY=${sampleToken}`)
    const prefill = await world.handlers.workspace.readEnvFile({}, [{ path }])
    expect(valueOf(prefill)).toMatchObject({ org: 'northwind', hasToken: true, source: 'file' })
    expect(JSON.stringify(prefill)).not.toContain(sampleToken)
  })

  it('may be chosen in a dialog, or not', async () => {
    const world = aMainWorld()
    expect(await world.handlers.workspace.chooseEnvFile({})).toMatchObject({
      error: { kind: 'cancelled' },
    })
    world.desktop.chosen = path
    world.desktop.files.set(path, 'OTHER=1')
    expect(await world.handlers.workspace.chooseEnvFile({})).toMatchObject({
      error: { kind: 'file', reason: 'no-settings' },
    })
  })

  it('is small', async () => {
    const world = aMainWorld()
    const large = { name: '.env', bytes: Buffer.from(`IBLAI_ORG=x\n${'#'.repeat(70_000)}`) }
    expect(await world.handlers.workspace.readEnvFile({}, [large])).toMatchObject({ ok: false })
  })
})

describe('settings', () => {
  it('change what is given and keep the rest', async () => {
    const world = aMainWorld()
    await world.handlers.app.setSettings({ theme: 'dark' })
    expect(await world.handlers.app.setSettings({ textSize: 120 })).toEqual({
      ok: true,
      value: { theme: 'dark', textSize: 120, onClose: 'tray', looksForUpdates: true },
    })
  })

  it('stay as they are when the disk does not take them', async () => {
    const world = aMainWorld()
    world.preferences.failure = { kind: 'storage', reason: 'full' }
    expect((await world.handlers.app.setSettings({ theme: 'dark' })).ok).toBe(false)
    expect(valueOf(await world.handlers.app.start({})).settings.theme).toBe('system')
  })
})
