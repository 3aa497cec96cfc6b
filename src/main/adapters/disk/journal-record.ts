import * as v from 'valibot'
import { itemId, mutationId, sectionId } from '../../../shared/domain/ids'
import type { JournalRecord } from '../../../shared/sync/ports'

/** As far as the app would break on it; the checksum vouches for the rest. */
const state = v.looseObject({
  kind: v.picklist(['queued', 'in-flight', 'waiting', 'blocked', 'conflict']),
})

/**
 * By form alone: a value of the server's, kept as the base of an edit, may be longer than what is
 * taken from a person.
 */
const values = v.record(
  v.string(),
  v.union([
    v.null(),
    v.boolean(),
    v.number(),
    v.string(),
    v.array(v.string()),
    v.looseObject({ name: v.string() }),
  ]),
)

const single = v.variant('type', [
  v.looseObject({
    type: v.literal('mutation'),
    mutation: v.looseObject({
      id: mutationId,
      section: sectionId,
      item: itemId,
      op: v.picklist(['create', 'update', 'delete']),
      patch: values,
      base: values,
      title: v.string(),
      editedAt: v.number(),
      attempts: v.number(),
      state,
    }),
  }),
  v.looseObject({ type: v.literal('mutation-gone'), id: mutationId }),
  v.looseObject({
    type: v.literal('draft'),
    draft: v.looseObject({
      section: sectionId,
      item: itemId,
      values,
      base: v.optional(values),
      savedAt: v.number(),
    }),
  }),
  v.looseObject({ type: v.literal('draft-gone'), section: sectionId, item: itemId }),
  v.looseObject({ type: v.literal('alias'), local: itemId, server: itemId }),
  v.looseObject({
    type: v.literal('history'),
    entry: v.looseObject({
      id: v.string(),
      at: v.number(),
      section: sectionId,
      item: itemId,
      title: v.string(),
      why: v.string(),
      before: values,
      after: values,
      size: v.number(),
    }),
  }),
  v.looseObject({
    type: v.literal('doubt'),
    doubt: v.looseObject({
      id: v.string(),
      section: sectionId,
      item: itemId,
      title: v.string(),
      body: values,
      before: values,
      seen: values,
      sentAt: v.number(),
      nextAt: v.number(),
    }),
  }),
  v.looseObject({ type: v.literal('doubt-gone'), id: v.string() }),
  v.looseObject({
    type: v.literal('pause'),
    pause: v.looseObject({
      id: mutationId,
      section: sectionId,
      item: itemId,
      field: v.string(),
      title: v.string(),
      startedAt: v.number(),
      until: v.number(),
    }),
  }),
  v.looseObject({ type: v.literal('pause-over') }),
  v.looseObject({ type: v.literal('history-gone'), ids: v.array(v.string()) }),
  v.looseObject({
    type: v.literal('confirmed'),
    section: sectionId,
    id: itemId,
    number: v.number(),
    item: v.optional(v.looseObject({ id: itemId, values, wire: v.looseObject({}) })),
  }),
  v.looseObject({ type: v.literal('copied'), section: sectionId, upTo: v.number() }),
])

const record = v.union([
  single,
  v.looseObject({ type: v.literal('together'), records: v.array(single) }),
])

/** A record as it was written; `undefined` for one that this version does not know. */
export function parseRecord(value: unknown): JournalRecord | undefined {
  return v.is(record, value) ? (value as JournalRecord) : undefined
}
