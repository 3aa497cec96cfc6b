import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { asItemId } from '../domain/ids'
import { inOrder, orderedCopy, placeOf, sliceOf, type Place } from './rows'
import type { ServerItem } from './state'

const keys = ['startDate']
const item = (id: string, startDate: string | null): ServerItem => ({
  id: asItemId(id),
  values: { startDate },
  wire: {},
})

describe('the rows of a section', () => {
  it('puts the newest first, and one without a date before them', () => {
    const { rows } = orderedCopy(
      [item('1', '2020-01'), item('2', null), item('3', '2024-05')],
      keys,
    )
    expect(rows().map(({ id }) => id)).toEqual(['2', '3', '1'])
  })

  it('leaves rows as they came where a section has no order', () => {
    const items = [item('2', '2020-01'), item('1', '2024-01')]
    const rows = orderedCopy(items, undefined).rows()
    expect(rows.map(({ id }) => id)).toEqual(['2', '1'])
  })

  it('gives any part as sorting everything and cutting it would', () => {
    const date = fc.constantFrom(null, '2020-01', '2021-01', '2022-01')
    const arbitrary = fc.record({
      dates: fc.array(date, { maxLength: 12 }),
      changes: fc.array(fc.record({ of: fc.nat(14), date, isHidden: fc.boolean() }), {
        maxLength: 6,
      }),
      start: fc.nat(14),
      length: fc.nat(14),
    })
    fc.assert(
      fc.property(arbitrary, ({ dates, changes, start, length }) => {
        const items = dates.map((startDate, index) => item(String(index), startDate))
        const copy = orderedCopy(items, keys)
        const replaced = new Map(changes.map((change) => [asItemId(String(change.of)), change]))
        const changed = [...replaced]
          .filter(([, { isHidden }]) => !isHidden)
          .map(([id, change]): Place => {
            const at = copy.of(id)[0]?.at ?? -1 - change.of
            return placeOf({ id, values: { startDate: change.date } }, keys, at)
          })
          .sort(inOrder)
        const whole = [...copy.rows().filter(({ id }) => !replaced.has(id)), ...changed].sort(
          inOrder,
        )
        const lists = { copy: copy.rows(), changed, isReplaced: replaced.has.bind(replaced) }
        expect(sliceOf(lists, start, start + length)).toEqual(whole.slice(start, start + length))
      }),
    )
  })
})
