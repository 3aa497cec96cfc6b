import { expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fakes/main-clock'
import { aMutation } from '../../../tests/fakes/main-records'
import { registry } from '../../shared/domain/sections/registry'
import { emptyState } from '../../shared/sync/state'
import { createPublisher } from './publisher'

const empty = emptyState(0)
const waiting = { ...empty, outbox: [aMutation()] }

/** The lists of waiting edits the page hears, by length, for each state in turn. */
async function lengthsTold(
  waitingAtFirst: number,
  states: readonly (typeof empty)[],
): Promise<readonly number[]> {
  const clock = new ManualClock()
  const told: number[] = []
  const publisher = createPublisher(
    (group, name, payload) => {
      if (group === 'pending' && name === 'changed') told.push((payload as unknown[]).length)
    },
    { registry, clock, waiting: waitingAtFirst },
  )
  for (const state of states) {
    publisher.onStatus(state, undefined)
    await clock.run(30, 5)
  }
  return told
}

it('tells the list of waiting edits when it fills, changes and empties', async () => {
  expect(await lengthsTold(0, [empty, waiting, waiting, empty, empty])).toEqual([1, 1, 0])
})

it('tells that nothing waits any more when something did at first', async () => {
  expect(await lengthsTold(1, [empty, empty])).toEqual([0])
})

it('tells what changes within moments once, and the last of it', async () => {
  const clock = new ManualClock()
  const told: unknown[] = []
  const publisher = createPublisher(
    (_group, name, payload) => {
      if (name === 'status') told.push(payload)
    },
    { registry, clock, waiting: 0 },
  )
  for (let change = 0; change < 20; change += 1) {
    publisher.onStatus(waiting, undefined)
    await clock.run(1, 1)
  }
  publisher.onStatus(empty, undefined)
  await clock.run(30, 5)
  expect(told).toHaveLength(2)
  expect(told.at(-1)).toMatchObject({ kind: 'saved' })
})
