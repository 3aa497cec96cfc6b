import { describe, expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf, type MainWorld } from '../../../tests/fakes/main-world'
import { selfItemId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import type { FieldValue } from '../../shared/domain/values'

const first = 'https://platform.example/a.jpg?v=1'
const second = 'https://platform.example/a.jpg?v=2'

/** The account names this picture, and has been read. */
async function withPhoto(world: MainWorld, url: string | undefined): Promise<void> {
  const photo: FieldValue = url === undefined ? null : { name: 'a.jpg' }
  world.platform.items.set('basic', [{ id: selfItemId, values: { name: 'Noor', photo }, wire: {} }])
  world.platform.facts = { basic: url === undefined ? {} : { photoUrl: url } }
  world.clock.advance(1_000)
  await world.workspaces.session?.refresh(basic)
  await world.settle()
}

async function opened(): Promise<MainWorld> {
  const world = aMainWorld()
  valueOf(await world.workspaces.connect(aConnection(), false))
  return world
}

const shown = ({ workspaces }: MainWorld) => workspaces.session?.person().photo
const kept = (world: MainWorld) =>
  [...world.folders.stored.values()].map(({ photo }) => photo?.url).at(-1)

describe('photo of the person', () => {
  it('is copied from the address the account names, and shown from the copy', async () => {
    const world = await opened()
    await withPhoto(world, first)
    const id = world.workspaces.session?.workspace.id ?? ''
    expect([kept(world), shown(world)]).toEqual([
      first,
      expect.stringMatching(`^app://bundle/photo/${id}\\?v=\\d+$`),
    ])
  })

  it('is fetched once, and again when its address changes', async () => {
    const world = await opened()
    await withPhoto(world, first)
    const before = shown(world)
    await withPhoto(world, first)
    await withPhoto(world, second)
    expect(world.platform.photos).toEqual([first, second])
    expect(shown(world)).not.toBe(before)
  })

  it('is not fetched again after a restart', async () => {
    const world = await opened()
    await withPhoto(world, first)
    await world.workspaces.close()
    const { workspaces } = world.restart()
    await workspaces.openLast()
    expect(workspaces.session?.person().photo).toContain('app://bundle/photo/')
    await workspaces.session?.refresh(basic)
    expect(world.platform.photos).toEqual([first])
  })

  it('is not the old one while the new one cannot be had, and is tried again', async () => {
    const world = await opened()
    await withPhoto(world, first)
    world.platform.photoFailure = { kind: 'timeout' }
    await withPhoto(world, second)
    expect(shown(world)).toBeUndefined()
    world.platform.photoFailure = undefined
    await withPhoto(world, second)
    expect([kept(world), shown(world)]).toEqual([second, expect.stringContaining('?v=')])
  })

  it('is none once it was removed', async () => {
    const world = await opened()
    await withPhoto(world, first)
    await withPhoto(world, undefined)
    expect(shown(world)).toBeUndefined()
  })

  it('is the one just given until that has arrived', async () => {
    const world = await opened()
    await withPhoto(world, first)
    world.platform.failure = { kind: 'offline' }
    valueOf(await world.handlers.photo.set({ bytes: Buffer.of(0xff, 0xd8, 0xff) }))
    expect(shown(world)).toMatch(/^app:\/\/bundle\/spool\/id-/)
    valueOf(await world.handlers.photo.remove({}))
    expect(shown(world)).toBeUndefined()
  })

  it('does not bring down the app when the disk takes no copy', async () => {
    const world = await opened()
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    await withPhoto(world, first)
    expect(shown(world)).toBeUndefined()
  })
})

it('tells the page of the person only when something about them changed', async () => {
  const world = await opened()
  await withPhoto(world, first)
  world.told.length = 0
  await world.workspaces.session?.refresh(basic)
  await world.settle()
  expect(world.told.filter(({ group }) => group === 'workspace')).toEqual([])
})
