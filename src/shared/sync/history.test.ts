import { describe, expect, it } from 'vitest'
import { asMutationId, selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import type { SyncEvent } from './events'
import type { Mutation } from './state'
import {
  aCreate,
  aMutation,
  after,
  anItem,
  edited,
  failed,
  local,
  m2,
  pulled,
  sending,
  server,
} from './testing/made'
import { accepted, m1 } from './testing/history-events'

const contested = (theirs: Mutation['patch']): SyncEvent => ({
  type: 'contested',
  id: m1,
  theirs,
  at: 20,
})

const resolved = (choices: Mutation['patch'], at = 25): SyncEvent => ({
  type: 'resolved',
  id: m1,
  choices,
  at,
})

const withdrawn = (id = m1): SyncEvent => ({ type: 'withdrawn', id, canDelete: true, at: 40 })

const record = { institution: '1', degree: 'MSc', startDate: '2020-09-01' }

const aDelete = (some: Partial<Mutation> = {}) =>
  m2({ section: education.id, item: server, op: 'delete', patch: {}, base: record, ...some })

const inConflict = [
  edited(aMutation({ patch: { bio: 'mine', title: 'T' }, base: { bio: 'old', title: 'old' } })),
  contested({ bio: 'theirs', title: 'their T' }),
]

describe('an edit that is confirmed', () => {
  it('leaves the value it has replaced', () => {
    const { history } = after([edited(aMutation()), sending(), accepted(anItem({ bio: 'mine' }))])
    expect(history).toMatchObject([
      { why: 'saved', at: 30, title: 'Basic', before: { bio: 'old' }, after: { bio: 'mine' } },
    ])
  })

  it('is told once, also when its answer comes again after a crash', () => {
    const kept = after([edited(aMutation()), sending(), accepted()]).history
    const again = { ...after([edited(aMutation()), sending()]), history: kept }
    expect(after([accepted(undefined, 99)], again).history).toEqual(kept)
  })

  it('is not told when nothing of it was new', () => {
    const same = aMutation({ patch: { bio: 'old' }, sent: [{ bio: 'other' }] })
    expect(after([edited(same), accepted()]).history).toEqual([])
  })

  it('tells of a set what stands now, with what others added', () => {
    const edit = aMutation({ patch: { languages: ['ar', 'en'] }, base: { languages: ['ar'] } })
    const { history } = after([edited(edit), accepted(anItem({ languages: ['ar', 'en', 'fr'] }))])
    expect(history).toMatchObject([
      { before: { languages: ['ar'] }, after: { languages: ['ar', 'en', 'fr'] } },
    ])
  })

  it('tells a new record under the id the platform has given', () => {
    const { history } = after([edited(aCreate()), sending(), accepted(anItem(record, server))])
    expect(history).toMatchObject([{ why: 'added', item: server, before: {} }])
  })

  it('tells a new record once that a read has found after its answer was lost', () => {
    const item = anItem(record, server)
    const found: SyncEvent = {
      type: 'pulled',
      section: education.id,
      pulled: { items: [item], facts: {} },
      at: 70,
      found: [{ id: m1, editedAt: 1, item }],
    }
    const lost = [edited(aCreate()), sending('m1', 1, record), failed({ kind: 'timeout' })]
    expect(after([...lost, found, found]).history).toMatchObject([
      { why: 'added', at: 70, item: server },
    ])
  })

  it('forgets the private copy of a file, and keeps its name', () => {
    const file = { name: 'cv.pdf', size: 5, spoolId: 's1', sha256: 'x' }
    const { history } = after([edited(aMutation({ patch: { photo: file } })), accepted()])
    expect(history[0]?.after).toEqual({ photo: { name: 'cv.pdf', size: 5 } })
  })
})

describe('a decision between both sides', () => {
  it('keeps mine where theirs is taken', () => {
    const { history, outbox } = after([
      ...inConflict,
      resolved({ bio: 'theirs', title: 'their T' }),
    ])
    expect(outbox).toEqual([])
    expect(history).toMatchObject([
      {
        why: 'took-theirs',
        at: 25,
        before: { bio: 'mine', title: 'T' },
        after: { bio: 'theirs', title: 'their T' },
      },
    ])
  })

  it('keeps theirs where mine stays, and does not tell it again when mine is confirmed', () => {
    const { history } = after([
      ...inConflict,
      resolved({ bio: 'mine', title: 'T' }),
      sending('m1', 25),
      accepted(anItem({ bio: 'mine', title: 'T' })),
    ])
    expect(history).toMatchObject([
      { why: 'kept-mine', before: { bio: 'theirs', title: 'their T' }, after: { bio: 'mine' } },
    ])
  })

  it('keeps both where they were joined', () => {
    const { history } = after([
      ...inConflict,
      resolved({ bio: 'mine and theirs', title: 'their T' }),
    ])
    expect(history.map(({ why, before }) => [why, before])).toEqual([
      ['took-theirs', { title: 'T' }],
      ['joined', { bio: 'mine' }],
      ['joined', { bio: 'theirs' }],
    ])
    expect(new Set(history.map(({ id }) => id)).size).toBe(3)
  })

  it('tells only of fields that were chosen', () => {
    const { history } = after([...inConflict, resolved({ bio: 'theirs' })])
    expect(history.map(({ before }) => before)).toEqual([{ bio: 'mine' }])
  })
})

describe('what is taken back', () => {
  it('keeps the words of an edit that was refused', () => {
    const { history } = after([
      edited(aMutation()),
      failed({ kind: 'invalid', fields: {} }),
      withdrawn(),
    ])
    expect(history).toMatchObject([
      { why: 'taken-back', at: 40, before: { bio: 'mine' }, after: { bio: 'old' } },
    ])
  })

  it('keeps them also where the platform may have them and is asked to go back', () => {
    const state = after([edited(aMutation()), sending(), failed({ kind: 'timeout' }), withdrawn()])
    expect(state.outbox).toHaveLength(1)
    expect(state.history).toMatchObject([{ why: 'taken-back', before: { bio: 'mine' } }])
    // That the old value is written again is no loss.
    expect(after([accepted(undefined, 50)], state).history).toHaveLength(1)
  })

  it('keeps a new record whole, with what was typed over it, once', () => {
    const change = m2({ section: education.id, item: local, patch: { degree: 'PhD' }, base: {} })
    const sent = [edited(aCreate()), sending(), edited(change), failed({ kind: 'timeout' })]
    const { history, outbox } = after([...sent, withdrawn()])
    expect(history).toMatchObject([
      { why: 'taken-back', isRecord: true, before: { ...record, degree: 'PhD' }, after: {} },
    ])
    const undo = outbox.find(({ op }) => op === 'delete')
    if (!undo) throw new Error('nothing is undone')
    const end = after([...sent, withdrawn(), { type: 'never-made', id: undo.id, at: 60 }])
    expect(end).toMatchObject({ outbox: [], history: [{ why: 'taken-back' }] })
  })

  it('tells nothing of a delete: its record is there again', () => {
    expect(after([edited(aDelete()), withdrawn(asMutationId('m2'))]).history).toEqual([])
  })

  it('tells nothing of an edit that is being sent', () => {
    expect(after([edited(aMutation()), sending(), withdrawn()]).history).toEqual([])
  })
})

describe('a delete that is confirmed', () => {
  const before = [
    pulled([{ ...anItem(record, server), labels: { institution: 'Jordan' } }], education.id),
    edited(
      aMutation({
        section: education.id,
        item: server,
        patch: { grade: '3.9' },
        base: { grade: null },
      }),
    ),
    {
      type: 'draft-saved',
      draft: { section: education.id, item: server, values: { degree: 'Dr' }, savedAt: 1 },
    },
    edited(aDelete()),
  ] satisfies readonly SyncEvent[]

  it('keeps the record as it was last seen, unsent words and draft included', () => {
    const { history, outbox } = after([...before, accepted(undefined, 30, asMutationId('m2'))])
    expect(outbox).toEqual([])
    expect(history).toMatchObject([
      {
        why: 'deleted',
        isRecord: true,
        before: { ...record, grade: '3.9' },
        names: { 1: 'Jordan' },
      },
      { why: 'discarded', before: { degree: 'Dr' } },
    ])
  })

  it('keeps one that never left this computer', () => {
    const remove = m2({ section: education.id, item: local, op: 'delete', patch: {}, base: {} })
    const { history } = after([
      edited(aCreate()),
      edited(remove),
      { type: 'never-made', id: remove.id, at: 50 },
    ])
    expect(history).toMatchObject([{ why: 'deleted', at: 50, before: record }])
  })
})

describe('a draft', () => {
  const draft = { section: basic.id, item: selfItemId, values: { bio: 'typing' }, savedAt: 7 }
  const dropped = { type: 'draft-dropped', section: basic.id, item: selfItemId } as const

  it('is kept when the person throws it away', () => {
    const discarded = { at: 9, title: 'Basic' }
    const { history } = after([
      { type: 'draft-saved', draft: { ...draft, base: { bio: 'old' } } },
      { ...dropped, discarded },
    ])
    expect(history).toMatchObject([
      { why: 'discarded', at: 9, before: { bio: 'typing' }, after: { bio: 'old' } },
    ])
  })

  it('is not kept when it went because its words were saved or taken out again', () => {
    expect(after([{ type: 'draft-saved', draft }, dropped]).history).toEqual([])
  })
})
