import { isLocalId, type ItemId } from '../domain/ids'
import { textOf, type Values } from '../domain/values'
import type { ServerItem } from './state'

/** What decides where a row stands. */
export interface Place {
  readonly id: ItemId
  readonly rank: string
  /** Of those of one rank: a record that is not on the platform yet, where there is an order at all. */
  readonly isFirst: boolean
  /** Where it stood before sorting; rows that are not in the copy come first. */
  readonly at: number
}

export interface CopyRow extends Place {
  readonly item: ServerItem
}

/** The copy of a section: each part is worked out when it is first asked for, and kept. */
export interface OrderedCopy {
  /** In the order in which they are shown. */
  readonly rows: () => readonly CopyRow[]
  readonly of: (id: ItemId) => readonly CopyRow[]
}

type SortKeys = readonly string[] | undefined

/** Sorting ten thousand records for each page of a hundred would take longer than all the rest. */
const ordered = new WeakMap<
  readonly ServerItem[],
  { readonly keys: SortKeys; readonly copy: OrderedCopy }
>()

/** The same copy gives the same answers, so they are worked out once. */
export function orderedCopy(items: readonly ServerItem[], keys: SortKeys): OrderedCopy {
  const known = ordered.get(items)
  if (known && known.keys === keys) return known.copy
  const rowOf = (item: ServerItem, at: number): CopyRow => ({ item, ...placeOf(item, keys, at) })
  let rows: readonly CopyRow[] | undefined
  let byId: Index | undefined
  const copy: OrderedCopy = {
    rows: () => (rows ??= items.map(rowOf).sort(inOrder)),
    of: (id) => {
      byId ??= indexed(items)
      return (byId.get(id) ?? []).map(([item, at]) => rowOf(item, at))
    },
  }
  ordered.set(items, { keys, copy })
  return copy
}

type Index = ReadonlyMap<ItemId, readonly (readonly [item: ServerItem, at: number])[]>

function indexed(items: readonly ServerItem[]): Index {
  const byId = new Map<ItemId, (readonly [ServerItem, number])[]>()
  items.forEach((item, at) => {
    const same = byId.get(item.id)
    if (same) same.push([item, at])
    else byId.set(item.id, [[item, at]])
  })
  return byId
}

/** Empty dates count as newest: an entry without one is being worked on. */
export function placeOf(
  { id, values }: { readonly id: ItemId; readonly values: Values },
  keys: SortKeys,
  at: number,
): Place {
  if (!keys) return { id, rank: '', isFirst: false, at }
  const rank = keys.map((key) => textOf(values[key]) || '9999').join(' ')
  return { id, rank, isFirst: isLocalId(id), at }
}

/** Newest first. */
export function inOrder(a: Place, b: Place): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? 1 : -1
  return Number(b.isFirst) - Number(a.isFirst) || a.at - b.at
}

/**
 * Rows from `start` to before `end` of both lists together, each in order; rows of the copy that
 * `isReplaced` names are left out.
 */
export function sliceOf<Changed extends Place>(
  lists: {
    readonly copy: readonly CopyRow[]
    readonly changed: readonly Changed[]
    readonly isReplaced: (id: ItemId) => boolean
  },
  start: number,
  end: number,
): readonly (CopyRow | Changed)[] {
  const { copy, changed, isReplaced } = lists
  const found: (CopyRow | Changed)[] = []
  let [inCopy, inChanged] = [0, 0]
  for (let place = 0; place < end; place += 1) {
    let a = copy[inCopy]
    while (a && isReplaced(a.id)) a = copy[(inCopy += 1)]
    const b = changed[inChanged]
    const isFromCopy = a !== undefined && (b === undefined || inOrder(a, b) < 0)
    const next = isFromCopy ? a : b
    if (next === undefined) break
    if (isFromCopy) inCopy += 1
    else inChanged += 1
    if (place >= start) found.push(next)
  }
  return found
}
