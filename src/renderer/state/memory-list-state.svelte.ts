import { untrack } from 'svelte'
import type { AnySection } from '../../shared/domain/sections/section'
import { textOf } from '../../shared/domain/values'
import type { AppError } from '../../shared/errors'
import type { ItemView, SectionView } from '../../shared/sync/view'
import type { PageQuery, SectionsState } from './sections-state.svelte'

export type Source = 'all' | 'automatic' | 'by-hand'
export type SortKey = 'content' | 'category' | 'agent' | 'createdAt'

export interface MemoryFilters {
  readonly search: string
  readonly source: Source
  /** Empty: every one. */
  readonly category: string
  /** Empty: any; `everyAgent`: those that belong to no single one. */
  readonly agent: string
  /** Calendar date from which on; empty: any. */
  readonly from: string
}

export interface Sorting {
  readonly key: SortKey
  readonly isDescending: boolean
}

export const everyAgent = 'every-agent'
export const pageRows = 100
const rowsAhead = 60

const noFilters: MemoryFilters = { search: '', source: 'all', category: '', agent: '', from: '' }
const newestFirst: Sorting = { key: 'createdAt', isDescending: true }

type Rows = readonly (ItemView | undefined)[]

/** A long list, of which only the pages in sight are here. Main searches and filters. */
export class MemoryListState {
  readonly #section: AnySection
  readonly #sections: SectionsState
  #filters = $state.raw<MemoryFilters>(noFilters)
  #sorting = $state.raw<Sorting>(newestFirst)
  /** In main's order; what has not come yet is undefined. */
  #rows = $state.raw<Rows>([])
  #error = $state.raw<AppError | undefined>()
  #asked = 0
  #firstShown = 0
  #loading: readonly number[] = []

  readonly #sorted = $derived.by<Rows>(() => {
    if (this.#isNewestFirst || this.#rows.includes(undefined)) return this.#rows
    const { key, isDescending } = this.#sorting
    const ascending = this.#rows
      .filter((row) => row !== undefined)
      .sort((a, b) => sortText(a, key).localeCompare(sortText(b, key)))
    return isDescending ? ascending.reverse() : ascending
  })

  constructor(section: AnySection, sections: SectionsState) {
    this.#section = section
    this.#sections = sections
    const view = sections.view(section.id)
    if (view) this.#rows = padded(view.items, view.total)
  }

  /** Follows what main tells: edits, deletions, a new read. */
  watch(): void {
    $effect(() => {
      if (this.view) untrack(() => void this.reload())
    })
  }

  get view(): SectionView | undefined {
    return this.#sections.view(this.#section.id)
  }

  /** How many there are, whatever the filters. */
  get total(): number {
    return this.view?.total ?? 0
  }

  get rows(): Rows {
    return this.#sorted
  }

  get foundCount(): number {
    return this.#rows.length
  }

  get error(): AppError | undefined {
    return this.#error
  }

  get filters(): MemoryFilters {
    return this.#filters
  }

  get isFiltered(): boolean {
    return this.#filters !== noFilters
  }

  get sorting(): Sorting {
    return this.#sorting
  }

  filter(change: Partial<MemoryFilters>): void {
    const next = { ...this.#filters, ...change }
    const isNone = Object.entries(noFilters).every(
      ([key, value]) => Object.entries(next).find(([name]) => name === key)?.[1] === value,
    )
    this.#filters = isNone ? noFilters : next
    void this.reload()
  }

  clearFilters(): void {
    this.#filters = noFilters
    void this.reload()
  }

  /** By another column, or the other way round. Needs every row. */
  async sortBy(key: SortKey): Promise<void> {
    const isSame = this.#sorting.key === key
    const isDescending = isSame ? !this.#sorting.isDescending : key === 'createdAt'
    this.#sorting = { key, isDescending }
    if (!this.#isNewestFirst) await this.loadAll()
  }

  find(id: string): ItemView | undefined {
    const isIt = (row: ItemView | undefined) => row?.id === id || row?.was === id
    return this.#rows.find(isIt) ?? this.view?.items.find(isIt)
  }

  /** Reads the page in sight anew; the old rows stay until it is here. */
  async reload(): Promise<void> {
    this.#asked += 1
    this.#loading = []
    const asked = this.#asked
    const offset = this.#isNewestFirst ? pageStart(this.#firstShown) : 0
    const page = await this.#sections.page(this.#section.id, this.#query(offset))
    if (asked !== this.#asked) return
    this.#error = page.ok ? undefined : page.error
    if (!page.ok) return
    const { total, items } = page.value
    this.#rows = placed(padded([], total), page.value.offset, items)
    if (this.#isNewestFirst) await this.show(this.#firstShown)
    else await this.loadAll()
  }

  /** The row at the top of what is seen: its page and the ones after it are fetched. */
  async show(first: number): Promise<void> {
    this.#firstShown = Math.max(0, Math.min(first, this.#rows.length - 1))
    const starts = [
      pageStart(this.#firstShown),
      pageStart(Math.min(this.#firstShown + rowsAhead, Math.max(0, this.#rows.length - 1))),
    ]
    await Promise.all(starts.map((start) => this.#load(start)))
  }

  /** Every row that was found, for sorting and for selecting all. */
  async loadAll(): Promise<readonly ItemView[]> {
    for (let start = 0; start < this.#rows.length; start += pageRows) await this.#load(start)
    return this.#rows.filter((row) => row !== undefined)
  }

  get #isNewestFirst(): boolean {
    return this.#sorting.key === newestFirst.key && this.#sorting.isDescending
  }

  async #load(start: number): Promise<void> {
    const isHere = !this.#rows.slice(start, start + pageRows).includes(undefined)
    if (isHere || this.#loading.includes(start)) return
    this.#loading = [...this.#loading, start]
    const asked = this.#asked
    const page = await this.#sections.page(this.#section.id, this.#query(start))
    if (asked !== this.#asked) return
    this.#loading = this.#loading.filter((other) => other !== start)
    if (page.ok) this.#rows = placed(this.#rows, start, page.value.items)
    else this.#error = page.error
  }

  #query(offset: number): PageQuery {
    const { search, source, category, agent, from } = this.#filters
    const filters = {
      ...(source !== 'all' && { isAutomatic: source === 'automatic' }),
      ...(category !== '' && { category }),
      ...(agent !== '' && { agent: agent === everyAgent ? '' : agent }),
      ...(from !== '' && { createdAtFrom: from }),
    }
    return { offset, limit: pageRows, ...(search.trim() !== '' && { search }), filters }
  }
}

const pageStart = (index: number): number => Math.floor(index / pageRows) * pageRows

const padded = (items: readonly ItemView[], total: number): Rows =>
  Array.from({ length: Math.max(total, items.length) }, (_, index) => items[index])

const placed = (rows: Rows, offset: number, items: readonly ItemView[]): Rows =>
  rows.map((row, index) => (index < offset ? row : (items[index - offset] ?? row)))

/** By the name a person reads, where there is one. */
const sortText = (item: ItemView, key: SortKey): string =>
  item.labels[key] ?? textOf(item.values[key])
