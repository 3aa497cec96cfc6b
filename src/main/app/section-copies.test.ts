import { expect, it } from 'vitest'
import { ManualClock, MemoryLog } from '../../../tests/fakes/main-clock'
import { aSnapshot } from '../../../tests/fakes/main-records'
import { asMutationId, asSectionId } from '../../shared/domain/ids'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { emptyState } from '../../shared/sync/state'
import { copyingAfter, SectionCopies } from './section-copies'

const basic = asSectionId('basic')
const full: Result<void> = err({ kind: 'storage', reason: 'full' })

function setUp() {
  const clock = new ManualClock()
  const saved: (number | undefined)[] = []
  const at = { upTo: 1, outcome: ok(undefined) as Result<void>, isAllStored: true }
  const copies = new SectionCopies({
    clock,
    log: new MemoryLog(),
    store: {
      saveSnapshot: (snapshot) => {
        saved.push(snapshot.upTo)
        return Promise.resolve(at.outcome)
      },
    },
    isAllStored: () => at.isAllStored,
    state: () => ({
      ...emptyState(0),
      snapshots: new Map([[basic, aSnapshot({ upTo: at.upTo })]]),
    }),
  })
  return { clock, saved, at, copies }
}

it('writes once for many edits, as it is by then', async () => {
  const { clock, saved, at, copies } = setUp()
  for (at.upTo = 1; at.upTo < 5; at.upTo += 1) copies.copy(basic, 'soon')
  await clock.run(1_000)
  expect(saved).toEqual([5])
})

it('writes at once what was read, and not again what waited', async () => {
  const { clock, saved, copies } = setUp()
  copies.copy(basic, 'soon')
  copies.copy(basic, 'now')
  expect(saved).toEqual([1])
  await clock.run(1_000)
  expect(saved).toEqual([1])
})

it('writes at once what was read and new, and soon what only confirms', () => {
  const read = { type: 'pulled', section: basic, pulled: { items: [], facts: {} }, at: 1 } as const
  const accepted = { type: 'accepted', id: asMutationId('m1'), at: 1 } as const
  const before = aSnapshot({ readAt: 1 })
  const same = aSnapshot({ readAt: 2 })
  const other = aSnapshot({ facts: { level: 2 } })
  expect(copyingAfter(read, undefined, same)).toBe('now')
  expect(copyingAfter(read, before, other)).toBe('now')
  expect(copyingAfter(read, before, same)).toBe('soon')
  expect(copyingAfter(accepted, before, other)).toBe('soon')
})

it('writes what was held back once the journal has kept it, and not before', async () => {
  const { clock, saved, at, copies } = setUp()
  at.isAllStored = false
  copies.copy(basic, 'soon')
  await clock.run(1_000)
  copies.copy(basic, 'now')
  expect(saved).toEqual([])
  at.isAllStored = true
  copies.release()
  copies.release()
  expect(saved).toEqual([1])
  await clock.run(1_000)
  expect(saved).toEqual([1])
})

it('lets the journal forget what is written, once', async () => {
  const { clock, copies } = setUp()
  copies.copy(basic, 'now')
  await clock.run(100)
  expect(copies.takeNotes()).toEqual([{ type: 'copied', section: basic, upTo: 1 }])
  expect(copies.takeNotes()).toEqual([])
})

it('lets it forget nothing that the disk has refused', async () => {
  const { clock, at, copies } = setUp()
  at.outcome = full
  copies.copy(basic, 'now')
  await clock.run(100)
  expect(copies.takeNotes()).toEqual([])
})

it('writes nothing once it has stopped', async () => {
  const { clock, saved, copies } = setUp()
  copies.copy(basic, 'soon')
  copies.stop()
  await clock.run(1_000)
  expect([saved, clock.waiting]).toEqual([[], 0])
})
