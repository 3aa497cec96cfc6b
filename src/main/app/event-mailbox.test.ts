import { expect, it } from 'vitest'
import { MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { ok } from '../../shared/result'
import type { SyncEvent } from '../../shared/sync/events'
import { EventMailbox } from './event-mailbox'

const read = (at: number): SyncEvent => ({ type: 'restarted', at })

function setUp() {
  const log = new MemoryLog()
  const applied: unknown[] = []
  const disk = { takesSeveral: true, fault: -1 }
  let store: () => void = () => undefined
  const mailbox = new EventMailbox({
    log,
    apply: async (event) => {
      await new Promise<void>((resolve) => (store = resolve))
      if (event.type === 'restarted' && event.at === disk.fault) throw new Error('ours')
      applied.push(event)
      return ok(undefined)
    },
    applyTogether: (events) => {
      if (disk.takesSeveral) applied.push(events)
      return Promise.resolve(disk.takesSeveral)
    },
  })
  const storeAll = async () => {
    for (let count = 0; count < 5; count += 1) {
      await turns()
      store()
    }
    await turns()
  }
  const post = (at: number) => mailbox.post(() => read(at))
  return { log, applied, disk, mailbox, post, storeAll }
}

it('applies what has come during an event together, in order', async () => {
  const { applied, post, storeAll } = setUp()
  const first = post(1)
  await turns()
  const later = [post(2), post(3)]
  expect(applied).toEqual([])
  await storeAll()
  expect(await Promise.all([first, ...later])).toEqual([
    ok(undefined),
    ok(undefined),
    ok(undefined),
  ])
  expect(applied).toEqual([read(1), [read(2), read(3)]])
})

it('applies each alone where they cannot be applied together', async () => {
  const { applied, disk, post, storeAll } = setUp()
  disk.takesSeveral = false
  const all = [post(1), post(2)]
  await storeAll()
  await Promise.all(all)
  expect(applied).toEqual([read(1), read(2)])
})

it('lets a fault of one event cost no other, and goes on', async () => {
  const { applied, disk, log, post, storeAll } = setUp()
  Object.assign(disk, { takesSeveral: false, fault: 2 })
  const all = [post(1), post(2), post(3)].map((posted) => posted.catch(() => 'failed'))
  await storeAll()
  expect(await Promise.all(all)).toEqual([ok(undefined), 'failed', ok(undefined)])
  expect(applied).toEqual([read(1), read(3)])
  expect(log.lines).toMatchObject([{ event: 'sync event' }])
})

it('does other work in turn with the events', async () => {
  const { applied, mailbox, post, storeAll } = setUp()
  const first = post(1)
  const work = mailbox.inTurn(() => Promise.resolve(applied.push('work')))
  await storeAll()
  await Promise.all([first, work])
  expect(applied).toEqual([read(1), 'work'])
})
