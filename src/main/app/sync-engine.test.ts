import { expect, it } from 'vitest'
import { MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { asItemId, asMutationId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'
import { registry } from '../../shared/domain/sections/registry'
import { ok } from '../../shared/result'
import type { SectionApi } from '../../shared/sync/ports'
import { emptyState, type Mutation } from '../../shared/sync/state'
import { createSyncEngine } from './sync-engine'

const item = asItemId('311')

/** Goes on by a millisecond whenever it is looked at, as a clock may between any two lines. */
function aRunningClock() {
  let now = 0
  const timers: { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => (now += 1),
    after: (delayMs: number, callback: () => void) => {
      const timer = { at: now + delayMs, callback }
      timers.push(timer)
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1)
      }
    },
    fire: () => {
      const [next] = timers.splice(0, 1)
      if (next) now = Math.max(now, next.at)
      next?.callback()
    },
  }
}

it.each(Array.from({ length: 60 }, (_, at) => at + 1))(
  'sends an edit that falls due while others are looked at (after %i ms)',
  async (dueIn) => {
    const clock = aRunningClock()
    const removed: string[] = []
    const api: SectionApi = {
      pull: () => Promise.resolve(ok({ items: [{ id: item, values: {}, wire: {} }], facts: {} })),
      create: () => Promise.resolve(ok(undefined)),
      update: () => Promise.resolve(ok(undefined)),
      remove: (_section, { id }) => {
        removed.push(id)
        return Promise.resolve(ok(undefined))
      },
    }
    const engine = createSyncEngine(
      emptyState(clock.now()),
      {
        registry,
        clock,
        random: () => 0.5,
        log: new MemoryLog(),
        api: () => Promise.resolve(ok(api)),
        store: {
          append: () => Promise.resolve(ok(undefined)),
          saveSnapshot: () => Promise.resolve(ok(undefined)),
        },
      },
      { onSection: () => undefined, onStatus: () => undefined },
    )
    const mutation: Mutation = {
      ...{ id: asMutationId('m1'), section: education.id, item, op: 'delete' },
      ...{ patch: {}, base: {}, title: 'MSc', editedAt: 1, attempts: 0 },
      state: { kind: 'queued', notBefore: clock.now() + dueIn },
    }
    await engine.dispatch({ type: 'edited', mutation })
    await turns()
    clock.fire()
    await turns(100)
    engine.stop()
    expect(removed).toEqual([item])
  },
)
