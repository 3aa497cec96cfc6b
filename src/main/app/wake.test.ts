import { expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf } from '../../../tests/fakes/main-world'
import { selfItemId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import { staleAfterMs, type WakeHint } from './wake'

/** A connected workspace; `readsAfter` counts the sections read because of hints. */
async function aWokenWorld() {
  const world = aMainWorld()
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  while (!world.platform.reads.includes('companies')) await world.settle()
  await world.settle()
  const readsAfter = async (...hints: readonly WakeHint[]) => {
    const before = world.platform.reads.length
    hints.forEach(world.wake)
    await world.settle()
    await world.settle()
    return world.platform.reads.slice(before)
  }
  return { ...world, readsAfter }
}

const everything = ['basic', 'social', 'education', 'experience', 'resume', 'memory']

it('reads everything after a sleep and when the network is back', async () => {
  const { readsAfter, clock } = await aWokenWorld()
  expect(await readsAfter('resumed')).toEqual(expect.arrayContaining(everything))
  clock.advance(60_000)
  expect(await readsAfter('network')).toEqual(expect.arrayContaining(everything))
})

it('reads once for hints that come together', async () => {
  const { readsAfter } = await aWokenWorld()
  const once = await readsAfter('resumed', 'network', 'network')
  expect(once.filter((section) => section === 'education')).toHaveLength(1)
})

it('reads the open section for somebody who comes back, when its copy is old', async () => {
  const { readsAfter, clock } = await aWokenWorld()
  expect(await readsAfter('returned')).toEqual([])
  clock.advance(staleAfterMs + 1)
  expect(await readsAfter('returned')).toEqual(['basic'])
})

it('sends what waited for the network', async () => {
  const { handlers, platform, readsAfter } = await aWokenWorld()
  platform.failure = { kind: 'offline' }
  valueOf(
    await handlers.section.edit({
      section: basic.id,
      item: selfItemId,
      patch: { bio: 'typed on the train' },
    }),
  )
  platform.failure = undefined
  await readsAfter('network')
  expect(platform.writes).toMatchObject([
    { section: 'basic', values: { bio: 'typed on the train' } },
  ])
})

it('does nothing without a workspace', () => {
  const { wake, platform } = aMainWorld()
  wake('resumed')
  expect(platform.reads).toEqual([])
})
