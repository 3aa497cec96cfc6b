import { describe, expect, it } from 'vitest'
import { valueOf } from '../../../tests/fakes/main-world'
import {
  connected,
  forAnHour,
  hourMs,
  learn,
  minuteMs,
  paused,
  setThere,
  shown,
  there,
  writes,
} from '../../../tests/fakes/pause-world'
import { selfItemId } from '../../shared/domain/ids'
import { memorySettings } from '../../shared/domain/sections/memory-settings'

const section = memorySettings.id

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
    const world = await paused()
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
    const world = await paused()
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

describe('what else is said while learning is paused', () => {
  it.each([true, false])('here: learn is %j, and stays so', async (isOn) => {
    const world = await paused()
    const edit = { section, item: selfItemId }
    if (!isOn) await world.handlers.section.edit({ ...edit, patch: { learn: true } })
    valueOf(await world.handlers.section.edit({ ...edit, patch: { learn: isOn } }))
    await world.clock.run(2 * hourMs, minuteMs)
    expect(there(world)).toEqual({ learn: isOn, use: true })
    expect((await shown(world)).pausedUntil).toBeUndefined()
  })

  it('elsewhere: on again ends it, and nothing is written', async () => {
    const world = await paused()
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
