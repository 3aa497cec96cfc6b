import { describe, expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf, type MainWorld } from '../../../tests/fakes/main-world'
import { turns } from '../../../tests/fakes/main-clock'
import { selfItemId } from '../../shared/domain/ids'
import { memorySettings } from '../../shared/domain/sections/memory-settings'
import { toggles } from '../../shared/domain/toggles'
import type { Values } from '../../shared/domain/values'
import { toggleView, type ToggleView } from '../../shared/sync/toggle-view'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const learn = { toggle: 'memory-learn' } as const
const forAnHour = { ...learn, length: 'hour' } as const
const [descriptor] = toggles
const section = memorySettings.id

/** Connected, with everything read, and learning as given. */
async function connected(values: Values = { learn: true, use: true }) {
  const world = aMainWorld()
  setThere(world, values)
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.handlers.section.refresh({ section })
  await world.settle()
  world.platform.writes.length = 0
  return world
}

const setThere = ({ platform }: MainWorld, values: Values): void => {
  platform.items.set(section, [{ id: selfItemId, values, wire: {} }])
}
const there = ({ platform }: MainWorld) => platform.items.get(section)?.[0]?.values
const writes = ({ platform }: MainWorld) => platform.writes.map(({ values }) => values)

async function shown({ handlers }: MainWorld): Promise<ToggleView> {
  if (!descriptor) throw new Error('no switch')
  return toggleView(valueOf(await handlers.section.view({ section })), descriptor)
}

/** Without the app's doing anything more: what is not on the disk is gone. */
async function killedAndStarted(world: MainWorld, meanwhile: () => void = () => undefined) {
  world.workspaces.session?.engine.stop()
  world.folders.opened.clear()
  meanwhile()
  const next = { ...world, ...world.restart() }
  await next.workspaces.openLast()
  next.wake('network')
  await next.settle()
  return next
}

describe('learning paused for an hour', () => {
  it('is off at the platform, and on again afterwards, each told once', async () => {
    const world = await connected()
    const startedAt = world.clock.now()
    valueOf(await world.handlers.toggle.pause(forAnHour))
    await world.settle()
    expect(there(world)).toEqual({ learn: false, use: true })
    expect(await shown(world)).toEqual({
      isOn: false,
      isKnown: true,
      pausedUntil: startedAt + hourMs,
    })
    await world.clock.run(hourMs - minuteMs, minuteMs)
    expect(there(world)).toEqual({ learn: false, use: true })
    await world.clock.run(2 * minuteMs, 1_000)
    expect(there(world)).toEqual({ learn: true, use: true })
    expect(writes(world)).toEqual([{ learn: false }, { learn: true }])
    expect(await shown(world)).toEqual({ isOn: true, isKnown: true })
  })

  it('is resumed at the person’s word', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    valueOf(await world.handlers.toggle.resume(learn))
    await world.clock.run(2 * hourMs, minuteMs)
    expect(writes(world)).toEqual([{ learn: false }, { learn: true }])
  })

  it('and resumed without a network, is not told at all', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'offline' }
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    expect(await shown(world)).toMatchObject({ isOn: false, mark: 'here' })
    await world.handlers.toggle.resume(learn)
    world.platform.failure = undefined
    await world.clock.run(5 * minuteMs, 1_000)
    expect([writes(world), there(world)]).toEqual([[], { learn: true, use: true }])
  })

  it('ends without a network, and is told when there is one', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    world.platform.failure = { kind: 'offline' }
    await world.clock.run(hourMs + minuteMs, minuteMs)
    expect(await shown(world)).toMatchObject({ isOn: true, mark: 'here' })
    world.platform.failure = undefined
    world.wake('network')
    await world.clock.run(2 * minuteMs, 1_000)
    expect(writes(world)).toEqual([{ learn: false }, { learn: true }])
  })

  it.each([[{ learn: false, use: true }], [{ use: true }]])(
    'does nothing where the platform has %j',
    async (values) => {
      const world = await connected(values)
      valueOf(await world.handlers.toggle.pause(forAnHour))
      valueOf(await world.handlers.toggle.resume(learn))
      await world.clock.run(2 * hourMs, minuteMs)
      expect([writes(world), there(world)]).toEqual([[], values])
    },
  )

  it('flips back where it is refused, and says why', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'forbidden', status: 403 }
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    expect(await shown(world)).toMatchObject({
      isOn: true,
      mark: 'refused',
      refusal: { kind: 'forbidden' },
    })
    expect((await shown(world)).pausedUntil).toBeUndefined()
  })

  it('tried again after a refusal, still ends', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'forbidden', status: 403 }
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    world.platform.failure = undefined
    await world.handlers.pending.retry({})
    await world.settle()
    expect(there(world)).toEqual({ learn: false, use: true })
    await world.clock.run(hourMs + minuteMs, minuteMs)
    expect(there(world)).toEqual({ learn: true, use: true })
  })

  it('is neither begun nor ended by a disk that takes nothing', async () => {
    const world = await connected()
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    expect((await world.handlers.toggle.pause(forAnHour)).ok).toBe(false)
    expect(await shown(world)).toEqual({ isOn: true, isKnown: true })
    world.folders.writeFailure = undefined
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    world.folders.writeFailure = { kind: 'storage', reason: 'full' }
    await world.clock.run(hourMs + minuteMs, minuteMs)
    expect(there(world)).toEqual({ learn: false, use: true })
    world.folders.writeFailure = undefined
    await world.clock.run(2 * minuteMs, 1_000)
    expect(there(world)).toEqual({ learn: true, use: true })
  })

  it('is known of the one switch that can be paused', async () => {
    const world = await connected()
    const answer = await world.handlers.toggle.pause({ toggle: 'memory-use', length: 'hour' })
    expect(answer).toEqual({ ok: false, error: { kind: 'not-found' } })
  })
})

describe('learning paused until tomorrow', () => {
  it('is on again at eight', async () => {
    const world = await connected()
    await world.handlers.toggle.pause({ ...learn, length: 'tomorrow' })
    const until = new Date((await shown(world)).pausedUntil ?? 0)
    expect([until.getHours(), until.getMinutes()]).toEqual([8, 0])
    await world.clock.run(until.getTime() - world.clock.now() + minuteMs, minuteMs)
    expect([there(world), until.getDate()]).toEqual([{ learn: true, use: true }, 25])
  })
})

describe('a pause over kills, restarts and sleeps', () => {
  it('goes on after a kill, for what is left of it', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.clock.run(20 * minuteMs, minuteMs)
    const next = await killedAndStarted(world, () => world.clock.advance(10 * minuteMs))
    expect((await shown(next)).pausedUntil).toBeDefined()
    await next.clock.run(29 * minuteMs, minuteMs)
    expect(there(next)).toEqual({ learn: false, use: true })
    await next.clock.run(2 * minuteMs, 1_000)
    expect([there(next), writes(next)]).toEqual([
      { learn: true, use: true },
      [{ learn: false }, { learn: true }],
    ])
  })

  it('is over at the start where its time has passed', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    const next = await killedAndStarted(world, () => world.clock.advance(9 * hourMs))
    await next.clock.run(minuteMs, 1_000)
    expect([there(next), writes(next).length]).toEqual([{ learn: true, use: true }, 2])
  })

  it('killed right after the word, is begun with its edit', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'offline' }
    const asked = world.handlers.toggle.pause(forAnHour)
    await turns(3)
    const next = await killedAndStarted(world)
    await asked
    const { outbox, pause } = next.workspaces.session?.engine.state() ?? {}
    expect([outbox?.length, pause?.field]).toEqual([1, 'learn'])
  })

  it('ends an hour later on the wall, though the computer slept', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    world.clock.setClock(2 * hourMs)
    world.wake('resumed')
    await world.clock.run(2 * minuteMs, 1_000)
    expect(there(world)).toEqual({ learn: true, use: true })
  })

  it('sees within a minute by itself that it slept', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    world.clock.setClock(2 * hourMs)
    await world.clock.run(2 * minuteMs, 1_000)
    expect(there(world)).toEqual({ learn: true, use: true })
  })

  it.each([3 * hourMs, 400 * 24 * hourMs])(
    'lasts no longer for a clock that is set back by %i ms',
    async (byMs) => {
      const world = await connected()
      await world.handlers.toggle.pause(forAnHour)
      await world.clock.run(30 * minuteMs, minuteMs)
      world.clock.setClock(-byMs)
      await world.clock.run(29 * minuteMs, minuteMs)
      expect(there(world)).toEqual({ learn: false, use: true })
      await world.clock.run(3 * minuteMs, 1_000)
      expect([there(world), writes(world).length]).toEqual([{ learn: true, use: true }, 2])
    },
  )

  it('lasts no longer for a clock set back and a kill after it', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.clock.run(50 * minuteMs, minuteMs)
    world.clock.setClock(-50 * minuteMs)
    await world.clock.run(2 * minuteMs, minuteMs)
    const next = await killedAndStarted(world)
    await next.clock.run(9 * minuteMs, 1_000)
    expect(there(next)).toEqual({ learn: true, use: true })
  })

  it('lasts an hour at most for a clock set back while the app was closed', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    const next = await killedAndStarted(world, () => world.clock.setClock(-40 * 24 * hourMs))
    const again = await killedAndStarted(next)
    expect(there(again)).toEqual({ learn: false, use: true })
    await again.clock.run(hourMs + 2 * minuteMs, minuteMs)
    expect(there(again)).toEqual({ learn: true, use: true })
  })

  it('is not stranded by a clock set forward and back', async () => {
    const world = await connected()
    await world.handlers.toggle.pause({ ...learn, length: 'tomorrow' })
    await world.settle()
    world.clock.setClock(2 * hourMs)
    await world.clock.run(5 * minuteMs, minuteMs)
    world.clock.setClock(-2 * hourMs)
    await world.clock.run(24 * hourMs, 10 * minuteMs)
    expect(there(world)).toEqual({ learn: true, use: true })
  })
})

describe('what else is said while learning is paused', () => {
  it.each([true, false])('here: learn is %j, and stays so', async (isOn) => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    const edit = { section, item: selfItemId }
    if (!isOn) await world.handlers.section.edit({ ...edit, patch: { learn: true } })
    valueOf(await world.handlers.section.edit({ ...edit, patch: { learn: isOn } }))
    await world.clock.run(2 * hourMs, minuteMs)
    expect(there(world)).toEqual({ learn: isOn, use: true })
    expect((await shown(world)).pausedUntil).toBeUndefined()
  })

  it('elsewhere: on again ends it, and nothing is written', async () => {
    const world = await connected()
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    setThere(world, { learn: true, use: true })
    await world.handlers.section.refresh({ section })
    await world.settle()
    expect(await shown(world)).toEqual({ isOn: true, isKnown: true })
    setThere(world, { learn: false, use: true })
    await world.clock.run(2 * hourMs, minuteMs)
    expect([there(world), writes(world)]).toEqual([{ learn: false, use: true }, [{ learn: false }]])
  })

  it('is its undo: as before, and over', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'offline' }
    await world.handlers.toggle.pause(forAnHour)
    await world.settle()
    const [waiting] = world.workspaces.session?.engine.state().outbox ?? []
    if (!waiting) throw new Error('nothing waits')
    valueOf(await world.handlers.pending.undo({ mutation: waiting.id }))
    world.platform.failure = undefined
    await world.clock.run(2 * hourMs, minuteMs)
    expect([writes(world), await shown(world)]).toEqual([[], { isOn: true, isKnown: true }])
  })
})
