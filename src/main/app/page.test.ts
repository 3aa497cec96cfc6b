import { expect, it } from 'vitest'
import { asItemId } from '../../shared/domain/ids'
import type { Values } from '../../shared/domain/values'
import type { ItemView } from '../../shared/sync/view'
import { pageOf } from './page'

const row = (id: number, values: Values): ItemView => ({
  id: asItemId(String(id)),
  values,
  saved: values,
  labels: { agent: 'Tutor' },
  marks: {},
  isNew: false,
  can: { update: true, delete: true },
})

const items = [
  row(1, { content: 'Prefers café over tea', isAutomatic: true, createdAt: '2026-01-05' }),
  row(2, { content: 'Studies in Lyon', isAutomatic: false, createdAt: '2026-03-05' }),
  row(3, { content: 'Has a cat', isAutomatic: true, createdAt: '2026-05-05' }),
]
const rows = { total: items.length, slice: (start: number, end: number) => items.slice(start, end) }
const all = { offset: 0, limit: 100 }
const idsOf = (query: Parameters<typeof pageOf>[1]) => pageOf(rows, query).items.map(({ id }) => id)

it.each([
  ['CAFE', ['1']],
  ['café  tea', ['1']],
  ['tutor', ['1', '2', '3']],
  ['nothing', []],
  ['', ['1', '2', '3']],
])('finds %j whatever its case and accents', (search, expected) => {
  expect(idsOf({ ...all, search })).toEqual(expected)
})

it('filters by value and by date', () => {
  expect(idsOf({ ...all, filters: { isAutomatic: true } })).toEqual(['1', '3'])
  expect(idsOf({ ...all, filters: { createdAtFrom: '2026-03-01' } })).toEqual(['2', '3'])
})

it('gives one page and the number of all that match', () => {
  const { total, items } = pageOf(rows, { offset: 1, limit: 1 })
  expect([total, items.map(({ id }) => id)]).toEqual([3, ['2']])
  expect(pageOf(rows, { offset: 9, limit: 1 })).toMatchObject({ total: 3, items: [] })
})
