import { describe, expect, it } from 'vitest'
import { turns } from '../../../tests/fakes/main-clock'
import { aConnection, aMainWorld, lastView } from '../../../tests/fakes/main-world'
import { asSectionId, selfItemId } from '../../shared/domain/ids'
import { connected, locked } from '../../../tests/fakes/connected-world'

function item(values: Readonly<Record<string, string>>) {
  return { id: selfItemId, values, wire: {} }
}

describe('workspaces', () => {
  it('opens the last one from its own copy, and asks nothing', async () => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.close()
    const asked = world.platform.asked.length
    const { workspaces } = world.restart()
    await workspaces.openLast()
    expect([workspaces.session?.workspace.org, world.platform.asked.length]).toEqual([
      'northwind',
      asked,
    ])
  })

  it.each(['full', 'read-only', 'denied', 'failed'] as const)(
    'says why the last one cannot be opened: %s',
    async (reason) => {
      const world = aMainWorld()
      await connected(world)
      await world.workspaces.close()
      world.folders.failure = { kind: 'storage', reason }
      const { workspaces } = world.restart()
      await workspaces.openLast()
      expect(workspaces.view()).toMatchObject({ notice: { kind: 'storage', reason } })
      expect(workspaces.view().all).toHaveLength(1)
    },
  )

  it.each(['folder', 'preferences'])('says that the %s was damaged', async (where) => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.close()
    world.folders.wasDamaged = where === 'folder'
    world.preferences.wasDamaged = where === 'preferences'
    const { workspaces } = world.restart()
    await workspaces.openLast()
    expect(workspaces.view().notice).toEqual({ kind: 'storage', reason: 'corrupt' })
  })

  it('leaves the open one be when another cannot be opened', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    await connected(world, { org: 'other' })
    world.folders.failure = { kind: 'storage', reason: 'denied' }
    expect(await world.workspaces.switchTo(first.id)).toMatchObject({ ok: false })
    expect(world.workspaces.session?.workspace.org).toBe('other')
  })

  it('lets no answer to the old one reach the new one', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    const second = await connected(world, { org: 'other' })
    await world.workspaces.switchTo(first.id)
    world.platform.items.set('basic', [item({ name: 'Late Answer' })])
    world.platform.hold()
    const reading = world.workspaces.session?.refreshAll(undefined)
    await turns(60)
    await world.workspaces.switchTo(second.id)
    world.told.length = 0
    await world.platform.release()
    await reading
    await world.settle()
    expect(JSON.stringify(world.told)).not.toContain('Late Answer')
    const copies = [...world.folders.stored.values()].map(({ snapshots }) => [
      ...snapshots.values(),
    ])
    expect(JSON.stringify(copies)).not.toContain('Late Answer')
  })

  it('does two switches at once one after the other', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    const second = await connected(world, { org: 'other' })
    await Promise.all([
      world.workspaces.switchTo(first.id),
      world.workspaces.switchTo(second.id),
      world.workspaces.switchTo(first.id),
    ])
    expect([world.workspaces.session?.workspace.id, [...world.folders.opened]]).toEqual([
      first.id,
      [first.id],
    ])
  })

  it('does not know a workspace that is not there', async () => {
    const world = aMainWorld()
    const { id } = await connected(world)
    await world.handlers.workspace.signOut({ discard: [] })
    expect(await world.workspaces.switchTo(id)).toEqual({ ok: false, error: { kind: 'not-found' } })
  })

  it('shows a person in the list under the name that was read last', async () => {
    const world = aMainWorld()
    await connected(world)
    world.platform.items.set('basic', [item({ name: 'Noor H. Haddad' })])
    await world.workspaces.session?.refreshAll(undefined)
    await world.settle()
    expect(world.preferences.read().workspaces[0]?.personName).toBe('Noor H. Haddad')
  })
})

describe('signing out', () => {
  it('removes credential, copies and entry, and opens what is left', async () => {
    const world = aMainWorld()
    await connected(world)
    const second = await connected(world, { org: 'other' })
    expect(await world.handlers.workspace.signOut({ discard: [] })).toEqual({ ok: true })
    expect(world.keychain.kept.has(second.id)).toBe(false)
    expect(world.folders.stored.has(second.id)).toBe(false)
    expect(lastView(world)).toMatchObject({ current: { org: 'northwind' } })
    expect(lastView(world).all).toHaveLength(1)
  })

  it('tells the page when nothing is left', async () => {
    const world = aMainWorld()
    await connected(world)
    await world.handlers.workspace.signOut({ discard: [] })
    expect(lastView(world)).toEqual({ all: [], credential: 'missing' })
  })

  it('removes nothing while a locked keychain keeps the credential', async () => {
    const world = aMainWorld()
    await connected(world)
    world.keychain.failure = locked
    expect(await world.handlers.workspace.signOut({ discard: [] })).toEqual({
      ok: false,
      error: locked,
    })
    expect(world.workspaces.session?.workspace.org).toBe('northwind')
  })

  it.each(['missing', 'timeout'] as const)(
    'ends a session whose token was in memory only, the keychain being %s',
    async (reason) => {
      const world = aMainWorld()
      world.keychain.failure = { kind: 'keychain', reason }
      await world.workspaces.connect(aConnection(), true)
      expect(await world.handlers.workspace.signOut({ discard: [] })).toEqual({ ok: true })
      expect(world.workspaces.session).toBeUndefined()
    },
  )
})

describe('demo', () => {
  it('needs no keychain', async () => {
    const world = aMainWorld()
    world.keychain.failure = { kind: 'keychain', reason: 'missing' }
    expect((await world.workspaces.openDemo()).ok).toBe(true)
    await world.workspaces.session?.connection()
    expect(lastView(world)).toMatchObject({ credential: 'stored', current: { kind: 'demo' } })
  })

  it('is reset while it is open, without its old edits', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    world.platform.failure = { kind: 'offline' }
    await world.handlers.section.edit({
      section: asSectionId('basic'),
      item: selfItemId,
      patch: { bio: 'mine' },
    })
    expect(await world.workspaces.resetDemo()).toEqual({ ok: true })
    expect(world.workspaces.session?.workspace.kind).toBe('demo')
    expect(world.workspaces.session?.engine.state().outbox).toEqual([])
  })

  it('stays open with its edits when resetting fails', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    world.demo.failure = { kind: 'offline' }
    expect(await world.workspaces.resetDemo()).toEqual({ ok: false, error: { kind: 'offline' } })
    expect(world.workspaces.session?.workspace.kind).toBe('demo')
  })

  it('is found again when its platform ended and has another address', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    await world.workspaces.session?.connection()
    world.demo.end()
    await world.settle()
    await world.workspaces.session?.connection()
    expect(world.platform.asked.map(({ token }) => token)).toContain('demo-token-3')
  })
})
