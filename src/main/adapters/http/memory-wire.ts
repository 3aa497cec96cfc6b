import { asItemId, type ItemId } from '../../../shared/domain/ids'
import type { FieldValue, Json, JsonObject } from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'
import { arrayIn, booleanIn, idText, isArray, isObject, own, textIn } from './json-read'
import { listPage, type ListPage } from './pages'

/** Where a memory lives, which its item id tells: the stores number their records apart. */
export type MemoryHome =
  | { readonly store: 'mentor'; readonly mentor: string; readonly id: string }
  | { readonly store: 'global'; readonly id: string }
  | { readonly store: 'legacy'; readonly id: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function itemIdOf(home: MemoryHome): ItemId {
  const id = encodeURIComponent(home.id)
  return asItemId(
    home.store === 'mentor'
      ? `mentor:${encodeURIComponent(home.mentor)}:${id}`
      : `${home.store}:${id}`,
  )
}

export function homeOf(itemId: string): MemoryHome | undefined {
  const [store, ...parts] = itemId.split(':').map(decodeURIComponent)
  const [first = '', second = ''] = parts
  if (store === 'mentor' && first !== '' && second !== '') {
    return { store, mentor: first, id: second }
  }
  if (store === 'global' && first !== '') return { store, id: first }
  // A category's name in this place would delete the whole category.
  return store === 'legacy' && uuid.test(first) ? { store, id: first } : undefined
}

/** Lists of memories also come grouped by category; the category is then copied down. */
export function memoryPage(json: Json | undefined): ListPage | undefined {
  const page = listPage(json)
  return page ? { ...page, entries: page.entries.flatMap(ungrouped) } : bySlug(json)
}

function ungrouped(entry: JsonObject): readonly JsonObject[] {
  if (!isArray(own(entry, 'memories'))) return [entry]
  const category = own(entry, 'category') ?? null
  return arrayIn(entry, 'memories')
    .filter(isObject)
    .map((memory) => ({ category, ...memory }))
}

function bySlug(json: Json | undefined): ListPage | undefined {
  const isListOfRecords = (list: Json) => isArray(list) && list.every(isObject)
  if (!isObject(json) || !Object.values(json).every(isListOfRecords)) return undefined
  const entries = Object.entries(json).flatMap(([category]) =>
    arrayIn(json, category)
      .filter(isObject)
      .map((memory) => ({ category, ...memory })),
  )
  return { entries, hasNext: false }
}

/** The mentor's id stands under one of two names, as text or as an object. */
export function mentorOf(memory: JsonObject): string | undefined {
  const mentor = own(memory, 'mentor_id') ?? own(memory, 'mentor')
  if (!isObject(mentor)) return idText(mentor)
  return idText(own(mentor, 'unique_id') ?? own(mentor, 'id'))
}

export const recordIdOf = (memory: JsonObject): string | undefined =>
  idText(own(memory, 'id') ?? own(memory, 'unique_id'))

/** An administrator's token lists other people's memories too; those are not shown. */
export function isOwnMemory(memory: JsonObject, username: string): boolean {
  const owner = textIn(memory, 'username')
  return owner === undefined || owner.toLowerCase() === username.toLowerCase()
}

export interface MemoryNames {
  readonly agents: ReadonlyMap<string, string>
}

/** `undefined` for a record without an id: it cannot be told from others. */
export function itemFromMemory(
  memory: JsonObject,
  origin: { readonly store: MemoryHome['store']; readonly mentor?: string },
  names: MemoryNames,
): ServerItem | undefined {
  const id = recordIdOf(memory)
  if (id === undefined) return undefined
  const mentor = origin.store === 'global' ? undefined : (mentorOf(memory) ?? origin.mentor)
  const home = homeFor(origin.store, id, mentor)
  const values: Record<string, FieldValue> = {
    content: textIn(memory, 'content') ?? textIn(memory, 'value') ?? null,
    ...agentIn(origin.store, mentor),
    category: categoryOf(memory),
    isAutomatic: booleanIn(memory, 'is_auto_generated') ?? null,
    createdAt: textIn(memory, 'created_at') ?? textIn(memory, 'inserted_at') ?? null,
  }
  const labels = labelsOf(memory, mentor, names)
  return {
    id: home ? itemIdOf(home) : asItemId(`unknown:${id}`),
    values,
    ...(Object.keys(labels).length > 0 && { labels }),
    wire: memory,
    ...canOf(home),
  }
}

/** The older generation is told an agent's unique id and may show its row number, or nothing. */
function agentIn(store: MemoryHome['store'], mentor: string | undefined) {
  const isOwnNumber = store === 'legacy' && (mentor === undefined || /^\d+$/.test(mentor))
  return isOwnNumber ? {} : { agent: mentor ?? null }
}

function homeFor(
  store: MemoryHome['store'],
  id: string,
  mentor: string | undefined,
): MemoryHome | undefined {
  if (store === 'global') return { store, id }
  if (store === 'legacy') return uuid.test(id) ? { store, id } : undefined
  return mentor === undefined ? undefined : { store, mentor, id }
}

/** Memories for every agent can be deleted and added, not edited. */
function canOf(home: MemoryHome | undefined): Pick<ServerItem, 'can'> {
  if (!home) return { can: { update: false, delete: false } }
  return home.store === 'global' ? { can: { update: false } } : {}
}

function categoryOf(memory: JsonObject): string | null {
  const category = own(memory, 'category')
  if (isObject(category)) return textIn(category, 'slug') ?? null
  return typeof category === 'string' && category !== '' ? category : null
}

function labelsOf(
  memory: JsonObject,
  mentor: string | undefined,
  { agents }: MemoryNames,
): Record<string, string> {
  const category = own(memory, 'category')
  const categoryName = isObject(category) ? textIn(category, 'name') : undefined
  const agentName = mentor === undefined ? undefined : agents.get(mentor)
  // The older generation's heading of a memory; no field of ours.
  const key = textIn(memory, 'key')
  return {
    ...(agentName !== undefined && { agent: agentName }),
    ...(categoryName !== undefined && { category: categoryName }),
    ...(key !== undefined && { key }),
  }
}

/** The older generation keeps entries inside named memories; owner and agent are copied down. */
export function legacyEntries(rows: readonly JsonObject[]): readonly JsonObject[] {
  return rows.flatMap((row) =>
    arrayIn(row, 'entries')
      .filter(isObject)
      .map((entry) => ({
        category: own(row, 'category') ?? null,
        username: own(row, 'username') ?? null,
        mentor: own(row, 'mentor') ?? null,
        is_auto_generated: own(row, 'is_auto_generated') ?? null,
        ...entry,
      })),
  )
}
