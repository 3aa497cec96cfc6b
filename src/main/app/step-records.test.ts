import { expect, it } from 'vitest'
import { ManualClock, MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { aMutation } from '../../../tests/fakes/main-records'
import { asMutationId } from '../../shared/domain/ids'
import { err, ok } from '../../shared/result'
import type { SyncEvent } from '../../shared/sync/events'
import type { JournalRecord } from '../../shared/sync/ports'
import { emptyState } from '../../shared/sync/state'
import { StepRecords } from './step-records'

const id = asMutationId('m1')
const accepted: SyncEvent = { type: 'accepted', id, at: 1 }
const pulled: SyncEvent = {
  type: 'pulled',
  section: aMutation().section,
  pulled: { items: [], facts: {} },
  at: 1,
}
const retried: SyncEvent = { type: 'retried' }
const gone: JournalRecord = { type: 'mutation-gone', id }
const waiting: JournalRecord = { type: 'mutation', mutation: aMutation() }
const state = emptyState(0)

function setUp() {
  const clock = new ManualClock()
  const appended: (readonly JournalRecord[])[] = []
  const disk = { isFull: false }
  let turn = Promise.resolve<unknown>(undefined)
  const records = new StepRecords({
    clock,
    log: new MemoryLog(),
    store: {
      append: (batch) => {
        if (disk.isFull) return Promise.resolve(err({ kind: 'storage', reason: 'full' }))
        appended.push(batch)
        return Promise.resolve(ok(undefined))
      },
    },
    copies: { takeNotes: () => [], release: () => undefined },
    inTurn: (work) => {
      turn = turn.then(work)
    },
  })
  return { clock, appended, disk, records }
}

it('lets what is accepted share the flush of the next record, before which it goes', async () => {
  const { clock, appended, records } = setUp()
  await records.keep([{ records: [gone], event: accepted, state }])
  expect([appended, records.isAllStored]).toEqual([[], false])
  await records.keep([{ records: [waiting], event: retried, state }])
  await clock.run(1_000)
  expect([appended, records.isAllStored]).toEqual([[[gone, waiting]], true])
})

it('stores it by itself when nothing comes', async () => {
  const { clock, appended, records } = setUp()
  await records.keep([{ records: [gone], event: accepted, state }])
  clock.advance(20)
  await turns()
  expect(appended).toEqual([[gone]])
})

it('stores it with what is read, whose copy must not know more', async () => {
  const { appended, records } = setUp()
  await records.keep([{ records: [gone], event: accepted, state }])
  await records.keep([{ records: [], event: retried, state }])
  expect(appended).toEqual([])
  await records.keep([{ records: [], event: pulled, state }])
  expect(appended).toEqual([[gone]])
})

it('stores it when work ends', async () => {
  const { clock, appended, records } = setUp()
  await records.keep([{ records: [gone], event: accepted, state }])
  records.stop()
  await clock.run(1_000)
  expect(appended).toEqual([[gone]])
})

it('stores at once that a file has arrived, whose copy goes with it', async () => {
  const { appended, records } = setUp()
  const file = { spoolId: 's1', name: 'cv.pdf', size: 1, type: 'application/pdf' }
  const outbox = [aMutation({ id, patch: { file } })]
  await records.keep([{ records: [gone], event: accepted, state: { ...state, outbox } }])
  expect(appended).toEqual([[gone]])
})

it('stores several at once, in their order, with one write', async () => {
  const { appended, disk, records } = setUp()
  const steps = [
    { records: [waiting], event: retried, state },
    { records: [gone], event: accepted, state },
  ]
  disk.isFull = true
  expect((await records.keep(steps)).ok).toBe(false)
  expect(records.isAllStored).toBe(true)
  disk.isFull = false
  await records.keep(steps)
  expect(appended).toEqual([[waiting, gone]])
})

it('owes what the disk refuses of an answer, and only that', async () => {
  const { appended, disk, records } = setUp()
  disk.isFull = true
  const refused = err({ kind: 'storage', reason: 'full' })
  expect(await records.keep([{ records: [gone], event: pulled, state }])).toEqual(refused)
  expect(await records.keep([{ records: [waiting], event: retried, state }])).toEqual(refused)
  disk.isFull = false
  await records.keep([{ records: [waiting], event: retried, state }])
  expect(appended).toEqual([[gone, waiting]])
})
