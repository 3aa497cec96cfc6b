import type { Call } from '../http/route'
import type { JsonRecord } from '../json'
import type { CareerKind, CareerRecord, Person } from '../store/state'
import { KINDS } from './kinds'

export function idOf(id: number, call: Call): number | string {
  return call.settings.idsAsStrings ? String(id) : id
}

export function userInfo(person: Person): JsonRecord {
  return {
    user_id: person.id,
    username: person.username,
    email: person.email,
    name: person.name,
    is_active: true,
    last_active: person.lastLogin,
    date_joined: person.dateJoined,
  }
}

/** The record as the platform shows it: parents embedded, or named by id where the server is set so. */
export function renderRecord(kind: CareerKind, record: CareerRecord, call: Call): JsonRecord {
  const { parent, owned } = KINDS[kind]
  const { parent: parentId, ...fields } = record.fields
  return {
    id: idOf(record.id, call),
    ...(owned ? ownership(record, call) : {}),
    ...(parent === undefined ? {} : renderParent(parent, Number(parentId), call)),
    ...fields,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  }
}

function ownership(record: CareerRecord, call: Call): JsonRecord {
  const owner = call.store.state().people.find(({ username }) => username === record.username)
  return owner === undefined ? {} : { user: owner.id, user_info: userInfo(owner) }
}

function renderParent(
  parent: { readonly kind: CareerKind; readonly name: string; readonly idKey: string },
  id: number,
  call: Call,
): JsonRecord {
  if (!call.settings.nested) return { [parent.idKey]: idOf(id, call) }
  const record = call.store.state().career[parent.kind].find((candidate) => candidate.id === id)
  return { [parent.name]: record === undefined ? null : renderRecord(parent.kind, record, call) }
}

/** One list in the shape this server prefers. */
export function renderList(rows: readonly JsonRecord[], call: Call): unknown {
  switch (call.settings.careerList) {
    case 'envelope':
      return { count: rows.length, next: null, previous: null, results: rows }
    case 'data':
      return { data: rows }
    case 'single':
      return rows.length === 1 ? rows[0] : rows
    case 'array':
      return rows
  }
}
