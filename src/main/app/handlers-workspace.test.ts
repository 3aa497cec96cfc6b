import { describe, expect, it } from 'vitest'
import { aMainWorld, sampleToken, valueOf } from '../../../tests/fakes/main-world'
import { basic, offlineWorld } from '../../../tests/fakes/offline-world'
import { asSectionId, selfItemId } from '../../shared/domain/ids'

const social = asSectionId('social')

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
    expect(await handlers.workspace.signOut({ discard: [] })).toEqual({ ok: true })
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

describe('signing out', () => {
  it('is refused while edits are unsent', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    const refused = await world.handlers.workspace.signOut({ discard: [] })
    expect(refused).toMatchObject({ error: { kind: 'refused-input' } })
    expect(world.state().outbox).toHaveLength(1)
  })

  it('is refused for an edit that was made while the keychain let go of the token', async () => {
    const world = await offlineWorld()
    await world.edit('seen')
    const seen = world.state().outbox.map(({ id }) => id)
    const asked = world.handlers.workspace.signOut({ discard: seen })
    const link = { section: social, item: selfItemId, patch: { linkedin: 'noor-haddad' } }
    valueOf(await world.handlers.section.edit(link))
    expect(await asked).toMatchObject({ error: { field: 'discard' } })
    expect(world.state().outbox).toHaveLength(2)
  })

  it('leaves the workspace alone that was opened meanwhile', async () => {
    const world = await offlineWorld()
    const first = world.workspaces.session?.workspace
    if (!first) throw new Error('nothing is open')
    valueOf(await world.workspaces.openDemo())
    const switching = world.workspaces.switchTo(first.id)
    const asked = world.handlers.workspace.signOut({ discard: [] })
    valueOf(await switching)
    expect(await asked).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(world.workspaces.session?.workspace.id).toBe(first.id)
    expect(world.folders.stored.size).toBe(2)
  })

  it('discards them when told to, and sends nothing after', async () => {
    const world = await offlineWorld()
    await world.edit('mine')
    world.platform.failure = undefined
    valueOf(
      await world.handlers.workspace.signOut({ discard: world.state().outbox.map(({ id }) => id) }),
    )
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
