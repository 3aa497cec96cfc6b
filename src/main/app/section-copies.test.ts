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
  const at = { upTo: 1, outcome: ok(undefined) as Result<void> }
  const copies = new SectionCopies({
    clock,
    log: new MemoryLog(),
    store: {
      saveSnapshot: (snapshot) => {
        saved.push(snapshot.upTo)
        return Promise.resolve(at.outcome)
      },
    },
    state: () => ({
      ...emptyState(0),
      snapshots: new Map([[basic, aSnapshot({ upTo: at.upTo })]]),
    }),
  })
  return { clock, saved, at, copies }
}

it('writes once for many edits, as it is by then', async () => {
  const { clock, saved, at, copies } = setUp()
  for (at.upTo = 1; at.upTo < 5; at.upTo += 1) copies.saveSoon(basic)
  await clock.run(1_000)
  expect(saved).toEqual([5])
})

it('writes at once what was read, and not again what waited', async () => {
  const { clock, saved, copies } = setUp()
  copies.saveSoon(basic)
  copies.save(basic)
  await clock.run(1_000)
  expect(saved).toEqual([1])
})

it('knows no more than the journal would keep of what was read', () => {
  const read = { type: 'pulled', section: basic, pulled: { items: [], facts: {} }, at: 1 } as const
  const accepted = { type: 'accepted', id: asMutationId('m1'), at: 1 } as const
  expect([copyingAfter(read, true), copyingAfter(read, false)]).toEqual(['now', 'once-kept'])
  expect([copyingAfter(accepted, true), copyingAfter(accepted, false)]).toEqual(['soon', 'now'])
})

it('writes what was held back once the journal has kept it', async () => {
  const { clock, saved, copies } = setUp()
  copies.copy(basic, 'once-kept')
  await clock.run(1_000)
  expect(saved).toEqual([])
  copies.release()
  copies.release()
  await clock.run(1_000)
  expect(saved).toEqual([1])
})

it('lets the journal forget what is written, once', async () => {
  const { clock, copies } = setUp()
  copies.save(basic)
  await clock.run(100)
  expect(copies.takeNotes()).toEqual([{ type: 'copied', section: basic, upTo: 1 }])
  expect(copies.takeNotes()).toEqual([])
})

it('lets it forget nothing that the disk has refused', async () => {
  const { clock, at, copies } = setUp()
  at.outcome = full
  copies.save(basic)
  await clock.run(100)
  expect(copies.takeNotes()).toEqual([])
})

it('writes nothing once it has stopped', async () => {
  const { clock, saved, copies } = setUp()
  copies.saveSoon(basic)
  copies.stop()
  await clock.run(1_000)
  expect(saved).toEqual([])
})
