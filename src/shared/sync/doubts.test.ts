import { describe, expect, it } from 'vitest'
import { asItemId, asMutationId, selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import { registry } from '../domain/sections/registry'
import type { Values } from '../domain/values'
import { nextLookAt } from './doubts'
import type { SyncEvent } from './events'
import { nextWakeAt } from './schedule'
import { step } from './step'
import { pendingChanges } from './status'
import { aMutation, after, anItem, edited, failed, storedBy } from './testing/made'
import type { Mutation } from './state'

const record = asItemId('7')
const old = { degree: 'old', description: 'first' }
const read = (values: Values, at: number): SyncEvent => ({
  type: 'pulled',
  section: education.id,
  pulled: { items: [anItem(values, record)], facts: {} },
  at,
})
const edit = (some: Partial<Mutation> = {}) =>
  aMutation({
    section: education.id,
    item: record,
    patch: { degree: 'mine' },
    base: { degree: 'old' },
    ...some,
  })
const sent = (id = 'm1', body: Values = { ...old, degree: 'mine' }, editedAt = 1): SyncEvent => ({
  type: 'sending',
  id: asMutationId(id),
  at: 1_000,
  editedAt,
  sent: { degree: 'mine' },
  knownIds: [],
  replaces: { body, before: old },
})
const unanswered = [
  read(old, 900),
  edited(edit()),
  sent(),
  { ...failed({ kind: 'timeout' }), at: 1_100 } as SyncEvent,
]
const confirmed = (values: Values): SyncEvent => ({
  type: 'accepted',
  id: asMutationId('m1'),
  at: 2_000,
  item: anItem(values, record),
})
const resent = [...unanswered, sent(), confirmed({ ...old, degree: 'mine' })]
const theirs = { degree: 'mine', description: 'theirs' }
const lateBody = { degree: 'mine', description: 'first' }

describe('a write that was not answered', () => {
  it('has its record read again after 10 s and after 30 s, and is then done with', () => {
    const doubted = after(resent)
    expect(nextLookAt(doubted)).toBe(11_000)
    expect(nextWakeAt(doubted, 3_000)).toBe(11_000)
    const once = after([...resent, read(theirs, 12_000)])
    expect(nextLookAt(once)).toBe(32_000)
    expect(nextLookAt(after([...resent, read(theirs, 12_000), read(theirs, 33_000)]))).toBe(
      undefined,
    )
  })

  it('is said when it is carried out over a newer value that was seen', () => {
    const { outbox } = after([...resent, read(theirs, 12_000), read(lateBody, 32_500)])
    expect(outbox).toMatchObject([
      {
        op: 'update',
        item: record,
        patch: { description: 'theirs' },
        state: { kind: 'conflict', theirs: { description: 'first' }, cause: 'late-write' },
      },
    ])
  })

  it('is said when the edit that had settled it is taken back', () => {
    const over = edit({
      id: asMutationId('m2'),
      patch: { description: 'mine' },
      base: { description: 'theirs' },
    })
    const settled = [...resent, read(theirs, 12_000), edited(over), read(lateBody, 13_000)]
    expect(after(settled).outbox).toMatchObject([{ id: over.id, state: { kind: 'queued' } }])
    const isSaid = [
      { patch: { description: 'theirs' }, state: { kind: 'conflict', cause: 'late-write' } },
    ]
    const soon = after([...settled, { type: 'withdrawn', id: over.id, at: 14_000 }])
    expect(soon.outbox).toMatchObject(isSaid)
    const old = after([...settled, read(lateBody, 90_000)])
    expect(nextLookAt(old)).toBe(90_000 + 60 * 60_000)
    const late = after([{ type: 'withdrawn', id: over.id, at: 91_000 }], old)
    expect(late.outbox).toMatchObject(isSaid)
    expect(after([read(lateBody, 92_000)], late).doubts).toEqual([])
  })

  it('is remembered as long as an edit of the same list waits, which may have to undo it', () => {
    const section = basic.id
    const item = selfItemId
    const isRead = (languages: readonly string[], at: number): SyncEvent => ({
      type: 'pulled',
      section,
      pulled: { items: [anItem({ languages }, item)], facts: {} },
      at,
    })
    const base = { languages: ['en', 'fr'] }
    const removal = aMutation({ section, item, patch: { languages: ['en'] }, base })
    const lost = after([
      isRead(base.languages, 900),
      edited(removal),
      {
        ...(sent() as Extract<SyncEvent, { type: 'sending' }>),
        sent: { languages: ['en'] },
        replaces: { body: { languages: ['en'] }, before: base },
      },
      { ...failed({ kind: 'timeout' }), at: 1_100 } as SyncEvent,
      isRead(['en'], 12_000),
    ])
    const waits = after([isRead(['en'], 90_000)], lost)
    expect(waits.doubts).toMatchObject([{ body: { languages: ['en'] } }])
    const gone = after([isRead(['en'], 90_000)], { ...lost, outbox: [] })
    expect(gone.doubts).toEqual([])
  })

  it('takes for newer what a later one of them has put there', () => {
    const first = after(unanswered)
    const second = { ...edit({ patch: { degree: 'later' } }), editedAt: 2 }
    const sentLater: SyncEvent = {
      ...sent('m1', { ...old, degree: 'later' }, 2),
      at: 1_200,
      sent: { degree: 'later' },
    } as SyncEvent
    const both = after(
      [edited(second), sentLater, { ...failed({ kind: 'timeout' }), at: 1_300 } as SyncEvent],
      first,
    )
    const { doubts } = after([read({ ...old, degree: 'later' }, 12_000)], both)
    expect(doubts.map(({ body, seen }) => [body['degree'], seen['degree']])).toEqual(
      expect.arrayContaining([
        ['mine', 'later'],
        ['later', undefined],
      ]),
    )
  })

  it('is asked about once where two of them hold the same value', () => {
    const one = after(resent)
    const twice = one.doubts.flatMap((doubt) => [doubt, { ...doubt, id: `${doubt.id} again` }])
    const { outbox } = after([read(theirs, 12_000), read(lateBody, 32_500)], {
      ...one,
      doubts: twice,
    })
    expect(outbox).toMatchObject([
      { patch: { description: 'theirs' }, state: { theirs: { description: 'first' } } },
    ])
  })

  it('of a restart is in the journal before the edit it is told from is stored anew', () => {
    // Nothing of a restart is stored.
    const [again] = step(after([read(old, 900), edited(edit()), sent()]), {
      type: 'restarted',
      at: 1_200,
    })
    const typed = edit({
      patch: { description: null },
      base: { description: 'first' },
      editedAt: 2,
    })
    const [first] = storedBy(step(again, edited(typed)))
    expect(first).toMatchObject({
      type: 'doubt',
      doubt: { item: record, body: { degree: 'mine' } },
    })
  })

  it('stays a question when another read of the record fails meanwhile', () => {
    const asked = [...resent, read(theirs, 12_000), read(lateBody, 32_500)]
    const [question] = after(asked).outbox
    if (!question) throw new Error('Nothing is asked.')
    const { outbox } = after([...asked, failed({ kind: 'server', status: 503 }, question.id)])
    expect(outbox).toEqual([question])
  })

  it('is said when it is carried out over a later edit of the person’s own', () => {
    const own = edit({
      id: asMutationId('m2'),
      patch: { description: 'second' },
      base: { description: 'first' },
      editedAt: 2,
    })
    const { outbox } = after([
      ...resent,
      edited(own),
      {
        type: 'accepted',
        id: asMutationId('m2'),
        at: 4_000,
        item: anItem({ degree: 'mine', description: 'second' }, record),
      },
      read(lateBody, 12_000),
    ])
    expect(outbox).toMatchObject([
      { patch: { description: 'second' }, state: { cause: 'late-write' } },
    ])
  })

  it('is not said where the record is as it was, or as it was wanted', () => {
    for (const values of [old, lateBody, theirs]) {
      expect(after([...resent, read(values, 12_000), read(values, 32_500)]).outbox).toEqual([])
    }
  })

  it('turns the question round where the newer value was in question already', () => {
    const question: SyncEvent = {
      type: 'contested',
      id: asMutationId('m1'),
      theirs: { degree: 'foreign' },
      at: 3_000,
    }
    const { outbox } = after([
      ...unanswered,
      read({ ...old, degree: 'foreign' }, 2_500),
      question,
      read({ ...old, degree: 'mine' }, 12_000),
    ])
    expect(outbox).toMatchObject([
      {
        id: 'm1',
        patch: { degree: 'foreign' },
        state: { theirs: { degree: 'mine' }, cause: 'late-write' },
      },
    ])
  })

  it('leaves alone what a waiting edit wants otherwise', () => {
    const later = edit({
      id: asMutationId('m2'),
      patch: { description: 'wanted' },
      base: { description: 'theirs' },
      editedAt: 2,
    })
    const { outbox } = after([
      ...resent,
      read(theirs, 5_000),
      edited(later),
      read(lateBody, 12_000),
    ])
    expect(outbox).toMatchObject([
      { id: 'm2', patch: { description: 'wanted' }, state: { kind: 'queued' } },
    ])
  })

  it('has what is chosen written over what it has put there, not over what it has replaced', () => {
    const later = edit({
      id: asMutationId('m2'),
      patch: { description: 'wanted' },
      base: { description: 'first' },
      editedAt: 2,
    })
    const asked = [...resent, read(theirs, 5_000), edited(later), read(lateBody, 12_000)]
    expect(after(asked).outbox).toMatchObject([
      { id: 'm2', state: { theirs: { description: 'theirs' }, cause: 'late-write' } },
    ])
    const { outbox } = after([
      ...asked,
      {
        type: 'resolved',
        id: asMutationId('m2'),
        choices: { description: 'wanted' },
        at: 13_000,
      },
    ])
    expect(outbox).toMatchObject([
      {
        id: 'm2',
        patch: { description: 'wanted' },
        base: { description: 'first' },
        state: { kind: 'queued' },
      },
    ])
  })

  it('is doubted over a restart in the middle of it', () => {
    const cut = after([read(old, 900), edited(edit()), sent()])
    const [state] = step(cut, { type: 'restarted', at: 50_000 })
    expect(state.doubts).toMatchObject([{ item: record, sentAt: 50_000, nextAt: 60_000 }])
  })

  it('is looked at later where the read fails', () => {
    const [state] = step(after(resent), {
      type: 'pull-failed',
      section: education.id,
      service: 'dm',
      error: { kind: 'timeout' },
      at: 11_500,
    })
    expect(nextLookAt(state)).toBe(21_500)
  })

  it('is in the list of what needs the person', () => {
    const state = after([...resent, read(theirs, 12_000), read(lateBody, 32_500)])
    expect(pendingChanges(state, registry)).toMatchObject([{ group: 'needs-you' }])
  })
})
