import { targetOf } from '../core/access'
import { type Answer, empty, json, notFound } from '../http/answer'
import { type Call, type Handler, jsonBody, type Route } from '../http/route'
import { type JsonRecord, shown } from '../json'
import type { Settings } from '../options'
import type { CareerKind, CareerRecord } from '../store/state'
import { judge } from './fields'
import { KINDS } from './kinds'
import { renderList, renderRecord } from './render'

const NAMES = ['education', 'experience', 'institutions', 'companies'] as const

export function careerRoutes(settings: Settings): readonly Route[] {
  return NAMES.map((kind): Route => {
    const methods: Record<string, Handler> = {
      GET: (call) => list(kind, call),
      POST: (call) => create(kind, call),
      PUT: (call) => replace(kind, call),
    }
    if (settings.careerDelete) methods['DELETE'] = (call) => remove(kind, call)
    return { service: 'dm', path: `/dm/api/career/orgs/{org}/${kind}/users/{username}/`, methods }
  })
}

/** The records a path covers: the person's own, or the organisation's where they are shared. */
function visible(kind: CareerKind, call: Call): readonly CareerRecord[] {
  const all = call.store.state().career[kind].filter(({ org }) => org === call.param('org'))
  return KINDS[kind].shared
    ? all
    : all.filter(({ username }) => username === call.param('username'))
}

function list(kind: CareerKind, call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const rows = visible(kind, call).map((record) => renderRecord(kind, record, call))
  return json(200, renderList(rows, call))
}

type Fields =
  | { readonly ok: true; readonly fields: Record<string, unknown> }
  | { readonly ok: false; readonly answer: Answer }

/** The parent is kept under one name for all kinds; its id must exist. */
function readFields(kind: CareerKind, sent: JsonRecord, call: Call): Fields {
  const judged = judge(KINDS[kind].fields, sent)
  if (!judged.ok) return { ok: false, answer: json(400, judged.errors) }
  const { parent } = KINDS[kind]
  if (parent === undefined) return { ok: true, fields: judged.values }
  const { [parent.idKey]: id, ...fields } = judged.values
  if (visible(parent.kind, call).some((record) => record.id === id)) {
    return { ok: true, fields: { parent: id, ...fields } }
  }
  const message = `Invalid pk "${String(id)}" - object does not exist.`
  return { ok: false, answer: json(400, { [parent.idKey]: [message] }) }
}

function create(kind: CareerKind, call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const read = readFields(kind, body.value, call)
  if (!read.ok) return read.answer
  const at = call.timestamp()
  const record: CareerRecord = {
    id: call.store.newId(),
    org: target.org,
    username: target.person.username,
    fields: read.fields,
    createdAt: at,
    updatedAt: at,
  }
  call.store.state().career[kind].push(record)
  return json(call.settings.careerCreated, renderRecord(kind, record, call))
}

function replace(kind: CareerKind, call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const body = jsonBody(call)
  if (!body.ok) return body.answer
  const found = findRecord(kind, body.value['id'], call)
  if (!found.ok) return found.answer
  const read = readFields(kind, body.value, call)
  if (!read.ok) return read.answer
  found.record.fields = read.fields
  found.record.updatedAt = call.timestamp()
  return json(200, renderRecord(kind, found.record, call))
}

type Found =
  | { readonly ok: true; readonly record: CareerRecord }
  | { readonly ok: false; readonly answer: Answer }

function findRecord(kind: CareerKind, inBody: unknown, call: Call): Found {
  const inQuery = call.query.get('id')
  const { idPlace } = call.settings
  const fromQuery = idPlace === 'body' ? undefined : (inQuery ?? undefined)
  const id = fromQuery ?? (idPlace === 'query' ? undefined : inBody)
  if (id === undefined) {
    return { ok: false, answer: json(400, { id: ['This field is required.'] }) }
  }
  const record = visible(kind, call).find((candidate) => String(candidate.id) === shown(id))
  return record === undefined ? { ok: false, answer: notFound() } : { ok: true, record }
}

function remove(kind: CareerKind, call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const found = findRecord(kind, undefined, call)
  if (!found.ok) return found.answer
  const { career } = call.store.state()
  const id = found.record.id
  if (isReferenced(kind, id, career)) {
    return json(400, { detail: 'This record is referenced by others and cannot be deleted.' })
  }
  career[kind] = career[kind].filter((record) => record.id !== id)
  return empty(204)
}

function isReferenced(
  kind: CareerKind,
  id: number,
  career: Readonly<Record<CareerKind, readonly CareerRecord[]>>,
): boolean {
  return NAMES.some(
    (child) =>
      KINDS[child].parent?.kind === kind &&
      career[child].some((record) => record.fields['parent'] === id),
  )
}
