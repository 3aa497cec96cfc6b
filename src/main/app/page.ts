import { textOf } from '../../shared/domain/values'
import type { PageOfItems } from '../../shared/ipc/contract'
import type { ItemView, SectionRows } from '../../shared/sync/view'

export interface PageQuery {
  readonly offset: number
  readonly limit: number
  readonly search?: string | undefined
  readonly filters?: Readonly<Record<string, string | boolean>> | undefined
}

/** The rows that match, one page of them. Searching ignores case and accents. */
export function pageOf(rows: Pick<SectionRows, 'total' | 'slice'>, query: PageQuery): PageOfItems {
  const words = folded(query.search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  const filters = Object.entries(query.filters ?? {})
  const { offset, limit } = query
  if (words.length === 0 && filters.length === 0)
    return { total: rows.total, offset, items: rows.slice(offset, offset + limit) }
  const found = rows
    .slice(0, rows.total)
    .filter((item) => matches(item, filters) && holds(item, words))
  return {
    total: found.length,
    offset,
    items: found.slice(offset, offset + limit),
  }
}

function matches(
  item: ItemView,
  filters: readonly (readonly [string, string | boolean])[],
): boolean {
  return filters.every(([key, wanted]) => {
    const value = item.values[key]
    if (typeof wanted === 'boolean') return value === wanted
    if (key.endsWith('From')) return textOf(item.values[key.slice(0, -4)]) >= wanted
    return textOf(value) === wanted
  })
}

function holds(item: ItemView, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = folded(
    [...Object.values(item.values).map(textOf), ...Object.values(item.labels)].join(' '),
  )
  return words.every((word) => text.includes(word))
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
