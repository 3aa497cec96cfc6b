import { describe, expect, it } from 'vitest'
import { turns } from '../../../tests/fakes/main-clock'
import {
  connected,
  forAnHour,
  hourMs,
  killedAndStarted,
  learn,
  minuteMs,
  paused,
  shown,
  there,
  writes,
} from '../../../tests/fakes/pause-world'

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
    const world = await paused()
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
    const world = await paused()
    world.clock.setClock(2 * hourMs)
    world.wake('resumed')
    await world.clock.run(2 * minuteMs, 1_000)
    expect(there(world)).toEqual({ learn: true, use: true })
  })

  it('sees within a minute by itself that it slept', async () => {
    const world = await paused()
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
    const world = await paused()
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
