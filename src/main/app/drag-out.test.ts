import { describe, expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf, type MainWorld } from '../../../tests/fakes/main-world'
import { asWorkspaceId, selfItemId } from '../../shared/domain/ids'
import { resume } from '../../shared/domain/sections/resume'
import type { FileValue } from '../../shared/domain/values'

const cv = { name: 'cv.pdf', size: 8, sha256: 'one' }

/** A connected workspace whose platform has this résumé. */
async function aWorld(file: FileValue = cv) {
  const world = aMainWorld()
  put(world, file)
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await refresh(world)
  return world
}

const put = ({ platform }: MainWorld, file: FileValue) => {
  platform.items.set('resume', [{ id: selfItemId, values: { file }, wire: {} }])
}

const refresh = async (world: MainWorld) => {
  await world.workspaces.session?.refresh(resume)
  await world.settle()
}

const stored = { file: 'stored' } as const
const waiting = { file: 'waiting' } as const

describe('the platform’s résumé', () => {
  it('is fetched once, ahead, and dragged under its name', async () => {
    const world = await aWorld()
    const { handlers, platform, desktop } = world
    await Promise.all([handlers.resume.prepareDrag(stored), handlers.resume.prepareDrag(stored)])
    valueOf(await handlers.resume.prepareDrag(stored))
    expect(valueOf(await handlers.resume.drag(stored))).toEqual({ hasBegun: true })
    expect(platform.saved).toHaveLength(1)
    expect(desktop.dragged).toEqual(platform.saved)
    expect(desktop.dragged[0]).toMatch(/\/cv\.pdf$/)
  })

  it('is dragged under a plain name, whatever the server calls it', async () => {
    const { handlers, desktop } = await aWorld({ ...cv, name: '../cv.pdf' })
    valueOf(await handlers.resume.prepareDrag(stored))
    await handlers.resume.drag(stored)
    expect(desktop.dragged[0]).toMatch(/\/\.\._cv\.pdf$/)
  })

  it('is not dragged before it is there, and fetched then', async () => {
    const { handlers, platform, desktop } = await aWorld()
    platform.hold()
    expect(valueOf(await handlers.resume.drag(stored))).toEqual({ hasBegun: false })
    const prepared = handlers.resume.prepareDrag(stored)
    await platform.release()
    valueOf(await prepared)
    expect([desktop.dragged, platform.saved.length]).toEqual([[], 1])
    expect(valueOf(await handlers.resume.drag(stored))).toEqual({ hasBegun: true })
  })

  it('says at once that there is no network, and tries all the same', async () => {
    const world = await aWorld()
    world.platform.failure = { kind: 'offline' }
    await refresh(world)
    expect(await world.handlers.resume.drag(stored)).toEqual({
      ok: false,
      error: { kind: 'offline' },
    })
    await world.settle()
    expect([world.platform.saved.length, world.dragFolder.there.size]).toEqual([1, 0])
    world.platform.failure = undefined
    valueOf(await world.handlers.resume.prepareDrag(stored))
    expect(valueOf(await world.handlers.resume.drag(stored))).toEqual({ hasBegun: true })
  })

  it('goes when another one has come, and that one is fetched', async () => {
    const world = await aWorld()
    valueOf(await world.handlers.resume.prepareDrag(stored))
    put(world, { ...cv, sha256: 'two' })
    await refresh(world)
    expect(world.dragFolder.there.size).toBe(0)
    valueOf(await world.handlers.resume.prepareDrag(stored))
    expect([world.platform.saved.length, world.dragFolder.there.size]).toEqual([2, 1])
  })

  it('is given up while it is fetched when another one has come', async () => {
    const world = await aWorld()
    world.platform.hold()
    const prepared = world.handlers.resume.prepareDrag(stored)
    put(world, { ...cv, name: 'new.pdf' })
    const refreshed = refresh(world)
    await world.platform.release()
    await refreshed
    await prepared
    await world.settle()
    expect([...world.dragFolder.there.keys()].filter((path) => path.endsWith('/cv.pdf'))).toEqual(
      [],
    )
  })

  it('is fetched again after another read where the platform tells no fingerprint', async () => {
    const world = await aWorld({ name: 'cv.pdf' })
    valueOf(await world.handlers.resume.prepareDrag(stored))
    valueOf(await world.handlers.resume.prepareDrag(stored))
    expect(world.platform.saved).toHaveLength(1)
    world.clock.advance(60_000)
    await refresh(world)
    valueOf(await world.handlers.resume.prepareDrag(stored))
    expect([world.platform.saved.length, world.dragFolder.there.size]).toEqual([2, 1])
  })

  it('is not dragged once somebody has written into the copy', async () => {
    const world = await aWorld()
    valueOf(await world.handlers.resume.prepareDrag(stored))
    const [path = ''] = world.dragFolder.there.keys()
    world.dragFolder.there.set(path, 'written by another app')
    expect(valueOf(await world.handlers.resume.drag(stored))).toEqual({ hasBegun: false })
    await world.settle()
    expect(world.dragFolder.there.has(path)).toBe(false)
    expect(valueOf(await world.handlers.resume.drag(stored))).toEqual({ hasBegun: true })
  })

  it('leaves nothing behind when it cannot be fetched, and is tried anew', async () => {
    const world = await aWorld()
    world.platform.failure = { kind: 'server' }
    const refused = await world.handlers.resume.prepareDrag(stored)
    expect([refused, world.dragFolder.there.size]).toMatchObject([{ error: { kind: 'server' } }, 0])
    world.platform.failure = undefined
    valueOf(await world.handlers.resume.prepareDrag(stored))
  })
})

describe('the résumé on its way', () => {
  it('is dragged and saved from its copy here, without a network', async () => {
    const world = await aWorld()
    world.platform.failure = { kind: 'offline' }
    valueOf(await world.handlers.resume.upload({}, [{ path: '/home/noor/new.pdf' }]))
    valueOf(await world.handlers.resume.prepareDrag(waiting))
    expect(valueOf(await world.handlers.resume.drag(waiting))).toEqual({ hasBegun: true })
    expect(world.desktop.dragged[0]).toMatch(/\/new\.pdf$/)
    world.desktop.saveAs = '/home/noor/again.pdf'
    expect(valueOf(await world.handlers.resume.download(waiting))).toEqual({ saved: true })
    expect(world.desktop.suggested).toBe('new.pdf')
    const given = Buffer.from('/home/noor/new.pdf')
    expect([...world.folders.copies.values()]).toEqual([given, given])
    expect(world.platform.saved).toEqual([])
  })

  it('is not there while there is none', async () => {
    const { handlers } = await aWorld()
    const notThere = { ok: false, error: { kind: 'not-found' } }
    expect(await handlers.resume.prepareDrag(waiting)).toEqual(notThere)
    expect(await handlers.resume.download(waiting)).toEqual(notThere)
  })
})

describe('copies for dragging', () => {
  it('go when the workspace is left', async () => {
    const world = await aWorld()
    valueOf(await world.handlers.resume.prepareDrag(stored))
    valueOf(await world.handlers.workspace.openDemo({}))
    expect(world.dragFolder.there.size).toBe(0)
    valueOf(await world.handlers.workspace.switchTo({ workspace: asWorkspaceId('demo') }))
  })

  it('go on signing out and on quitting, also while they are fetched', async () => {
    for (const leave of [
      (world: MainWorld) => world.handlers.workspace.signOut({ discard: [] }),
      (world: MainWorld) => world.workspaces.close(),
    ]) {
      const world = await aWorld()
      world.platform.hold()
      const prepared = world.handlers.resume.prepareDrag(stored)
      await world.settle()
      await leave(world)
      await world.platform.release()
      expect(await prepared).toMatchObject({ error: { kind: 'cancelled' } })
      expect(world.dragFolder.there.size).toBe(0)
    }
  })

  it('are no new résumé when they are dropped on the window', async () => {
    const world = await aWorld()
    valueOf(await world.handlers.resume.prepareDrag(stored))
    const [path = ''] = world.dragFolder.there.keys()
    expect(await world.handlers.resume.upload({}, [{ path }])).toEqual({
      ok: false,
      error: { kind: 'cancelled' },
    })
    expect(world.workspaces.session?.engine.state().outbox).toEqual([])
  })
})
