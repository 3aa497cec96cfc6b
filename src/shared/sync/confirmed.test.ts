import { expect, it } from 'vitest'
import { asItemId, asSectionId } from '../domain/ids'
import { confirmedIn, restoredCopies, type Confirmed } from './confirmed'
import type { JournalRecord } from './ports'
import type { Snapshot } from './state'

const section = asSectionId('memory')
const itemOf = (id: string, content: string) => ({
  ...{ id: asItemId(id), values: { content }, wire: {} },
})
const aConfirmed = (number: number, id: string, content?: string): Confirmed => ({
  ...{ type: 'confirmed', section, id: asItemId(id), number },
  ...(content !== undefined && { item: itemOf(id, content) }),
})
const aCopy = (upTo?: number): Snapshot => ({
  ...{ section, items: [itemOf('a', 'old'), itemOf('b', 'old')], facts: {}, readAt: 1 },
  ...(upTo !== undefined && { upTo }),
})
const shown = (copy: Snapshot, records: readonly JournalRecord[]) => {
  const { snapshots, confirmedCount } = restoredCopies([copy], confirmedIn(records))
  const items = snapshots.get(section)?.items ?? []
  return { items: items.map(({ id, values }) => [id, values['content']]), confirmedCount }
}

it('puts what was confirmed into a copy of before', () => {
  const records = [aConfirmed(1, 'a', 'new'), aConfirmed(2, 'b'), aConfirmed(3, 'c', 'made')]
  expect(shown(aCopy(), records)).toEqual({
    items: [
      ['a', 'new'],
      ['c', 'made'],
    ],
    confirmedCount: 3,
  })
})

it('leaves a copy alone that was written later', () => {
  expect(shown(aCopy(2), [aConfirmed(1, 'a', 'not any more'), aConfirmed(2, 'b')])).toEqual({
    items: [
      ['a', 'old'],
      ['b', 'old'],
    ],
    confirmedCount: 2,
  })
})

it('counts on from the copy when the journal has forgotten', () => {
  expect(shown(aCopy(7), []).confirmedCount).toBe(7)
})

it('keeps the last of each record until a copy has it, also of records written together', () => {
  const records: readonly JournalRecord[] = [
    aConfirmed(1, 'a', 'first'),
    { type: 'together', records: [aConfirmed(2, 'a', 'second'), aConfirmed(3, 'b', 'third')] },
    { type: 'copied', section, upTo: 2 },
    { type: 'copied', section: asSectionId('education'), upTo: 9 },
  ]
  expect(confirmedIn(records)).toEqual([aConfirmed(3, 'b', 'third')])
})
