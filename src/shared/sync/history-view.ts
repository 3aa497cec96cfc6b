import type { ItemId, SectionId } from '../domain/ids'
import type { SectionRegistry } from '../domain/sections/registry'
import { companionsOf, fieldOf, type AnySection } from '../domain/sections/section'
import { equalField } from '../domain/field-equality'
import { isBlank, textOf, type FieldValue, type Values } from '../domain/values'
import { currentId, withCurrentIds } from './aliases'
import { isTooOld } from './history'
import type { HistoryEntry, HistoryReason } from './history-entry'
import type { SyncState } from './state'
import { sectionView, type ItemView } from './view'

/** What Restore would make: an edit, a record anew, a draft to complete; or nothing to be done. */
export type Restorable = 'edit' | 'record' | 'draft' | 'stands' | 'none'

export interface HistoryField {
  readonly key: string
  readonly before: FieldValue
  readonly after: FieldValue
}

/** One entry as it is shown; long texts are cut. */
export interface HistoryLine {
  readonly id: string
  readonly at: number
  readonly section: string
  readonly title: string
  readonly why: HistoryReason
  readonly fields: readonly HistoryField[]
  /** Names of the records that the values refer to, by id. */
  readonly names: Readonly<Record<string, string>>
  readonly restore: Restorable
}

export interface HistoryPage {
  /** Of the sections asked for. */
  readonly total: number
  readonly offset: number
  readonly lines: readonly HistoryLine[]
}

export interface HistoryQuery {
  /** With it, those of this section and of what is shown with it. */
  readonly section?: SectionId | undefined
  readonly offset: number
  readonly limit: number
  readonly now: number
}

/** Characters of one value that are shown; Restore brings back all of it. */
const longestShown = 1_000
/** Characters of one answer. More would leave the message path that copies once (64 KB). */
const longestAnswer = 40_000

/** The entries not older than thirty days, newest first, one page of them. */
export function historyPage(
  registry: SectionRegistry,
  state: SyncState,
  query: HistoryQuery,
): HistoryPage {
  const { offset, limit, now } = query
  const found = entriesOf(registry, state, query.section)
    .filter((entry) => !isTooOld(entry, now))
    .toReversed()
    .toSorted((a, b) => b.at - a.at)
  const records = new Records(registry, state)
  const lines: HistoryLine[] = []
  let room = longestAnswer
  for (const entry of found.slice(offset, offset + limit)) {
    const line = lineOf(records, state, entry)
    room -= JSON.stringify(line).length
    if (room < 0 && lines.length > 0) break
    lines.push(line)
  }
  return { total: found.length, offset, lines }
}

function entriesOf(
  registry: SectionRegistry,
  { history }: SyncState,
  id: SectionId | undefined,
): readonly HistoryEntry[] {
  const section = id === undefined ? undefined : registry.find(id)
  if (!section) return id === undefined ? history : []
  const wanted = new Set([section.id, ...companionsOf(section)])
  return history.filter((entry) => wanted.has(entry.section))
}

function lineOf(records: Records, state: SyncState, entry: HistoryEntry): HistoryLine {
  const { id, at, section, title, why } = entry
  const before = withCurrentIds(state.aliases, entry.before)
  const after = withCurrentIds(state.aliases, entry.after)
  const descriptor = records.section(section)
  const keys = Object.keys(descriptor?.fields ?? {}).filter(
    (key) => (key in before || key in after) && descriptor?.fields[key]?.kind !== 'shown',
  )
  const isEmptied = (key: string) => isBlank(before[key]) && isBlank(after[key])
  const fields = keys
    .filter((key) => !isEmptied(key) && (before[key] !== false || after[key] !== undefined))
    .map((key) => ({ key, before: shown(before[key]), after: shown(after[key]) }))
  const names = namesOf(records, state, { entry, values: [before, after] })
  return {
    id,
    at,
    section,
    title,
    why,
    fields,
    names,
    restore: restorableOf(records, state, entry),
  }
}

const shown = (value: FieldValue | undefined): FieldValue =>
  typeof value === 'string' && value.length > longestShown
    ? `${value.slice(0, longestShown)}…`
    : (value ?? null)

function namesOf(
  records: Records,
  { history, outbox }: SyncState,
  { entry, values }: { readonly entry: HistoryEntry; readonly values: readonly Values[] },
): Readonly<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const [key, field] of Object.entries(records.section(entry.section)?.fields ?? {})) {
    if (field.kind !== 'reference') continue
    for (const id of values.map((side) => textOf(side[key]))) {
      const name =
        textOf(records.item(field.to, id)?.values['name']) ||
        textOf(outbox.find(({ item, op }) => op === 'create' && item === id)?.patch['name']) ||
        entry.names?.[id] ||
        history.findLast(({ section, item }) => section === field.to && item === id)?.title
      if (id !== '' && name !== undefined) names[id] = name
    }
  }
  return names
}

/** What can be brought back: not files, whose bytes are gone, nor what only the platform says. */
export function restorableValues(
  section: AnySection,
  { aliases }: SyncState,
  { before }: Pick<HistoryEntry, 'before'>,
): Values {
  const kept = Object.entries(withCurrentIds(aliases, before)).filter(([key]) => {
    const kind = fieldOf(section, key)?.kind
    return kind !== undefined && kind !== 'file' && kind !== 'shown'
  })
  return Object.fromEntries(kept)
}

/** The entry that holds the whole of a record that has gone. */
export const recordEntry = (state: SyncState, entry: HistoryEntry): HistoryEntry | undefined =>
  state.history.findLast(
    ({ section, item, isRecord }) =>
      isRecord === true &&
      section === entry.section &&
      currentId(state.aliases, item) === currentId(state.aliases, entry.item),
  )

/** The record as it was made anew by an earlier Restore, under another id. */
export function successorOf(
  section: AnySection,
  state: SyncState,
  { entry, items }: { readonly entry: HistoryEntry; readonly items: readonly ItemView[] },
): ItemView | undefined {
  const record = entry.isRecord === true ? entry : recordEntry(state, entry)
  const values = record ? restorableValues(section, state, record) : {}
  return Object.keys(values).length > 0
    ? items.find((item) => holds(section, item, values))
    : undefined
}

const holds = (section: AnySection, item: ItemView, values: Values): boolean =>
  Object.keys(values).every((key) => equalField(section, key, [values[key], item.values[key]]))

function restorableOf(records: Records, state: SyncState, entry: HistoryEntry): Restorable {
  const section = records.section(entry.section)
  const values = section ? restorableValues(section, state, entry) : {}
  if (!section || Object.keys(values).length === 0) return 'none'
  const item =
    records.item(section.id, currentId(state.aliases, entry.item)) ??
    successorOf(section, state, { entry, items: records.items(section.id) })
  if (item || section.cardinality === 'one') {
    if (item && holds(section, item, values)) return 'stands'
    return section.allows.update && item?.can.update !== false ? 'edit' : 'none'
  }
  if (!section.allows.create) return 'none'
  return entry.isRecord === true || recordEntry(state, entry) ? 'record' : 'draft'
}

/** The records of each section as they are seen now, each section looked through once. */
class Records {
  readonly #registry: SectionRegistry
  readonly #state: SyncState
  readonly #bySection = new Map<SectionId, ReadonlyMap<string, ItemView>>()

  constructor(registry: SectionRegistry, state: SyncState) {
    this.#registry = registry
    this.#state = state
  }

  section(id: SectionId): AnySection | undefined {
    return this.#registry.find(id)
  }

  item(id: SectionId, item: ItemId | string): ItemView | undefined {
    return this.#of(id).get(item)
  }

  items(id: SectionId): readonly ItemView[] {
    return [...this.#of(id).values()]
  }

  #of(id: SectionId): ReadonlyMap<string, ItemView> {
    const known = this.#bySection.get(id)
    if (known) return known
    const section = this.#registry.find(id)
    const items = section ? sectionView(section, this.#state).items : []
    const byId = new Map(items.map((item) => [item.id as string, item]))
    this.#bySection.set(id, byId)
    return byId
  }
}
