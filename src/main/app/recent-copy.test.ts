import { expect, it } from 'vitest'
import { education } from '../../shared/domain/sections/education'
import { memory } from '../../shared/domain/sections/memory'
import { recentCopy } from './recent-copy'

const stateWith = (section: typeof memory | typeof education) => ({
  snapshots: new Map([[section.id, { section: section.id, items: [], facts: {}, readAt: 10_000 }]]),
})

it.each([
  ['at once', 10_000, true],
  ['after a minute', 70_000, true],
  ['later', 70_001, false],
  ['before the clock was set back', 9_999, false],
])('a copy read %s counts as recent: %s %s', (_, now, isRecent) => {
  expect(recentCopy(memory, stateWith(memory), now) !== undefined).toBe(isRecent)
})

it('is not enough where the platform would take a second one', () => {
  expect(recentCopy(education, stateWith(education), 10_000)).toBeUndefined()
})

it('is none where nothing was ever read', () => {
  expect(recentCopy(memory, { snapshots: new Map() }, 0)).toBeUndefined()
})
