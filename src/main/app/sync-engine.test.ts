import { expect, it } from 'vitest'
import { MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { asItemId, asMutationId, type ItemId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'
import { registry } from '../../shared/domain/sections/registry'
import { err, ok } from '../../shared/result'
import type { Clock, OutboxStore, SectionApi } from '../../shared/sync/ports'
import { emptyState, type Mutation } from '../../shared/sync/state'
import { createSyncEngine, type SyncPorts } from './sync-engine'

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

const anEngine = (clock: Clock, ports: Partial<SyncPorts>) =>
  createSyncEngine(
    emptyState(clock.now()),
    {
      registry,
      clock,
      random: () => 0.5,
      log: new MemoryLog(),
      api: () => Promise.resolve(err({ kind: 'offline', reason: 'dns' })),
      store: {
        append: () => Promise.resolve(ok(undefined)),
        saveSnapshot: () => Promise.resolve(ok(undefined)),
      },
      ...ports,
    },
    { onSection: () => undefined, onStatus: () => undefined },
  )

const aDelete = (id: string, item: ItemId, notBefore: number): Mutation => ({
  ...{ id: asMutationId(id), section: education.id, item, op: 'delete' },
  ...{ patch: {}, base: {}, title: 'MSc', editedAt: 1, attempts: 0 },
  state: { kind: 'queued', notBefore },
})

it('keeps edits made at once with one write, or each by itself where the disk refuses', async () => {
  const writes: number[] = []
  let isFull = false
  const append: OutboxStore['append'] = (records) => {
    writes.push(records.length)
    return Promise.resolve(isFull ? err({ kind: 'storage', reason: 'full' }) : ok(undefined))
  }
  const saveSnapshot = () => Promise.resolve(ok(undefined))
  const engine = anEngine(aRunningClock(), { store: { append, saveSnapshot } })
  const deleteAll = (ids: readonly string[]) =>
    Promise.all(
      ids.map((id) =>
        engine.dispatch({ type: 'edited', mutation: aDelete(id, asItemId(id), Infinity) }),
      ),
    )
  await deleteAll(['1', '2', '3'])
  expect(writes).toEqual([3])
  isFull = true
  expect((await deleteAll(['4', '5'])).map((kept) => kept.ok)).toEqual([false, false])
  expect(writes).toEqual([3, 2, 1, 1])
  expect(engine.state().outbox.map(({ item }) => item)).toEqual(['1', '2', '3'])
  engine.stop()
})

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
    const engine = anEngine(clock, { api: () => Promise.resolve(ok(api)) })
    const mutation = aDelete('m1', item, clock.now() + dueIn)
    await engine.dispatch({ type: 'edited', mutation })
    await turns()
    clock.fire()
    await turns(100)
    engine.stop()
    expect(removed).toEqual([item])
  },
)
