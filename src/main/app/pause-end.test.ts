import { describe, expect, it } from 'vitest'
import { ManualClock, turns } from '../../../tests/fakes/main-clock'
import { err, ok } from '../../shared/result'
import type { SyncEvent } from '../../shared/sync/events'
import { emptyState, type SyncState } from '../../shared/sync/state'
import { aPause } from '../../shared/sync/testing/made'
import { PauseEnd } from './pause-end'

const minuteMs = 60_000

function watched(lengthMs: number) {
  const clock = new ManualClock()
  const stopping = new AbortController()
  const pause = aPause({ startedAt: clock.now(), until: clock.now() + lengthMs })
  const world = {
    clock,
    pause,
    told: [] as string[],
    looks: 0,
    isDiskFull: false,
    state: { ...emptyState(0), pause } as SyncState,
    stop: () => stopping.abort(),
  }
  const dispatch = async (event: SyncEvent) => {
    await turns(2)
    world.told.push(event.type)
    if (world.isDiskFull) return err({ kind: 'storage', reason: 'full' } as const)
    if (event.type === 'pause-ended') world.state = { ...world.state, pause: undefined }
    end.schedule()
    return ok(undefined)
  }
  const onLook = () => {
    world.looks += 1
  }
  const end = new PauseEnd({
    clock,
    state: () => world.state,
    dispatch,
    onLook,
    signal: stopping.signal,
  })
  end.schedule()
  return { ...world, world, end }
}

describe('the end of a pause', () => {
  it('comes when its time is over, and once', async () => {
    const { world, clock } = watched(5 * minuteMs)
    await clock.run(5 * minuteMs - 1_000, 1_000)
    expect([world.told, world.looks]).toEqual([['pause-moved'], 4])
    await clock.run(10 * minuteMs, 1_000)
    expect([world.told, clock.waiting]).toEqual([['pause-moved', 'pause-ended'], 0])
  })

  it('comes within a minute of a clock set forward, however long the timer was', async () => {
    const { world, clock, pause } = watched(8 * 60 * minuteMs)
    world.state = { ...world.state, pause: { ...pause, until: clock.now() + 1 } }
    await clock.run(minuteMs, 1_000)
    expect(world.told).toContain('pause-ended')
  })

  it('is tried again in a minute while the disk takes nothing', async () => {
    const { world, clock } = watched(minuteMs)
    await clock.run(1_000, 100)
    world.isDiskFull = true
    await clock.run(3 * minuteMs + 1_000, 500)
    expect(world.told.filter((type) => type === 'pause-ended')).toHaveLength(3)
    world.isDiskFull = false
    await clock.run(minuteMs, 500)
    expect(world.state.pause).toBeUndefined()
  })

  it('stores where a clock that was set has moved it to', async () => {
    const { world, clock, pause, end } = watched(60 * minuteMs)
    await clock.run(1_000, 100)
    world.state = { ...world.state, pause: { ...pause, until: pause.until - minuteMs } }
    end.schedule()
    await turns()
    expect(world.told).toEqual(['pause-moved', 'pause-moved'])
  })

  it('plans nothing once the workspace is closed', async () => {
    const { clock, stop, end } = watched(minuteMs)
    await clock.run(minuteMs / 2, 1_000)
    stop()
    end.stop()
    end.schedule()
    expect(clock.waiting).toBe(0)
  })
})
