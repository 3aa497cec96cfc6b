import { describe, expect, it } from 'vitest'
import { asMutationId, asSectionId, localItemId } from '../domain/ids'
import { education } from '../domain/sections/education'
import { registry } from '../domain/sections/registry'
import type { SyncEvent } from './events'
import { refusalToWithdraw } from './in-use'
import { planPush } from './plan'
import { sendable } from './schedule'
import { pendingChanges } from './status'
import type { Mutation } from './state'
import { step } from './step'
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
import { sectionView } from './view'

describe('an edit of a record with an edit', () => {
  it('joins the waiting one and keeps its base', () => {
    const { outbox } = after([
      edited(aMutation()),
      edited(m2({ patch: { bio: 'newer' }, base: { bio: 'other' } })),
    ])
    expect(outbox).toMatchObject([{ id: 'm1', patch: { bio: 'newer' }, base: { bio: 'old' } }])
  })

  it('does not join that of another section, though both are called self', () => {
    const social = m2({ section: asSectionId('social'), patch: { x: 'noor' }, base: { x: null } })
    expect(after([edited(aMutation()), edited(social)]).outbox).toHaveLength(2)
  })

  it('vanishes when the field is put back to its base', () => {
    expect(after([edited(aMutation()), edited(m2({ patch: { bio: 'old' } }))]).outbox).toEqual([])
  })

  it('stays though put back to its base when the record is gone: nothing else shows it', () => {
    const others = education.id
    const edit = (id: string, patch: object) =>
      edited(
        aMutation({
          id: asMutationId(id),
          section: others,
          item: server,
          base: { degree: 'old' },
          patch: { ...patch },
        }),
      )
    const state = after([
      pulled([anItem({ degree: 'old' }, server)], others),
      edit('m1', { degree: 'mine' }),
      pulled([], others),
      failed({ kind: 'not-found' }),
      edit('m2', { degree: 'old' }),
    ])
    expect(state.outbox).toMatchObject([{ patch: { degree: 'old' }, state: { kind: 'queued' } }])
    expect(sectionView(education, state).items).toMatchObject([{ values: { degree: 'old' } }])
  })

  it('stands behind one in flight, and takes its result for its base', () => {
    const state = after([
      edited(aMutation()),
      sending(),
      edited(m2({ patch: { bio: 'newer' } })),
      { type: 'accepted', id: asMutationId('m1'), at: 30, item: anItem({ bio: 'mine' }) },
    ])
    expect(state.outbox).toMatchObject([
      { id: 'm2', patch: { bio: 'newer' }, base: { bio: 'mine' } },
    ])
  })

  it('stays though put back to what the one in flight is just replacing', () => {
    const { outbox } = after([
      edited(aMutation()),
      sending(),
      edited(m2({ patch: { title: 'too' }, base: { title: null } })),
      edited(m2({ id: asMutationId('m3'), patch: { bio: 'old' }, base: { bio: 'old' } })),
    ])
    expect(outbox).toMatchObject([{ id: 'm1' }, { id: 'm2', patch: { title: 'too', bio: 'old' } }])
  })

  it('stays though put back to what an uncertain one before it may have replaced', () => {
    const killed = after([
      edited(aMutation({ patch: { bio: 'mine' }, base: { bio: 'old' } })),
      sending(),
      edited(m2({ patch: { name: 'Noor' }, base: { name: 'N' } })),
    ])
    const [again] = step(killed, { type: 'restarted', at: 1_200 })
    const back = m2({ id: asMutationId('m3'), patch: { bio: 'old' }, base: { bio: 'old' } })
    const [{ outbox }] = step(again, edited(back))
    expect(outbox.at(-1)?.patch).toEqual({ name: 'Noor', bio: 'old' })
  })

  it('joins one that failed meanwhile, and is tried anew where that was refused', () => {
    const events = [edited(aMutation()), sending(), edited(m2({ patch: { bio: 'newer' } }))]
    const waiting = after([...events, failed({ kind: 'timeout' })])
    expect(waiting.outbox).toMatchObject([
      { id: 'm1', patch: { bio: 'newer' }, base: { bio: 'old' }, state: { kind: 'waiting' } },
    ])
    const refused = after([...events, failed({ kind: 'invalid', fields: {}, status: 400 })])
    expect(refused.outbox).toMatchObject([{ patch: { bio: 'newer' }, state: { kind: 'queued' } }])
  })

  it('does not settle what both sides changed', () => {
    const contested: SyncEvent = {
      type: 'contested',
      id: asMutationId('m1'),
      theirs: { bio: 'theirs' },
      at: 9,
    }
    const state = after([
      edited(aMutation()),
      contested,
      edited(m2({ patch: { bio: 'again', title: 't' }, base: { bio: 'theirs', title: null } })),
    ])
    expect(state.outbox).toMatchObject([
      {
        patch: { bio: 'again', title: 't' },
        base: { bio: 'old' },
        state: { kind: 'conflict', theirs: { bio: 'theirs' } },
      },
    ])
    const agreed = after([edited(m2({ id: asMutationId('m3'), patch: { bio: 'theirs' } }))], state)
    expect(agreed.outbox).toMatchObject([{ state: { kind: 'queued' } }])
  })

  it('reaches its record by the local id of an old view', () => {
    const state = after([
      edited(aCreate()),
      sending('m1', 1, aCreate().patch),
      { type: 'accepted', id: asMutationId('m1'), at: 30, item: anItem(aCreate().patch, server) },
      edited(
        m2({
          section: education.id,
          item: local,
          patch: { degree: 'PhD' },
          base: { degree: null },
        }),
      ),
    ])
    expect(state.outbox).toMatchObject([{ item: '7', patch: { degree: 'PhD' } }])
  })
})

describe('a delete', () => {
  const remove = m2({
    op: 'delete',
    section: education.id,
    item: local,
    patch: {},
    base: {},
    state: { kind: 'queued', notBefore: 100 },
  })

  it('hides its record and brings it back with its edits when it is taken back', () => {
    const deleted = after([edited(aCreate()), edited(remove)])
    expect(sectionView(education, deleted)).toMatchObject({ items: [], unsent: 1 })
    expect(sendable(deleted, registry, { now: 50, claimed: new Set() })).toEqual([])
    const back = after([{ type: 'withdrawn', id: remove.id }], deleted)
    expect(sectionView(education, back).items).toMatchObject([
      { id: local, values: { degree: 'MSc' } },
    ])
  })

  it('of a record that never left this computer ends there', () => {
    const deleted = after([edited(aCreate()), edited(remove)])
    const due = sendable({ ...deleted, connectivity: { isOnline: false, since: 0 } }, registry, {
      now: 200,
      claimed: new Set(),
    })
    expect(due).toMatchObject([{ id: 'm2' }])
    expect(after([{ type: 'never-made', id: remove.id }], deleted).outbox).toEqual([])
  })

  it('waits for a create that may have happened', () => {
    const deleted = after([
      edited(aCreate()),
      sending('m1', 1, aCreate().patch),
      failed({ kind: 'timeout' }),
      edited(remove),
    ])
    const due = sendable(deleted, registry, { now: 10_000, claimed: new Set() })
    expect(due).toMatchObject([{ id: 'm1' }])
  })
})

describe('a record that has gone while it was edited', () => {
  const before = anItem({ institution: '1', degree: 'MSc', startDate: '2020-09-01' }, server)
  const edit = aMutation({
    section: education.id,
    item: server,
    patch: { degree: 'PhD' },
    base: { degree: 'MSc' },
  })

  it('is still shown whole, with what was typed', () => {
    const state = after([pulled([before], education.id), edited(edit), pulled([], education.id)])
    expect(sectionView(education, state).items).toMatchObject([
      {
        id: '7',
        isNew: false,
        values: { institution: '1', degree: 'PhD', startDate: '2020-09-01' },
      },
    ])
    expect(planPush(education, edit, { items: [], now: 0 })).toEqual({
      kind: 'impossible',
      error: { kind: 'not-found' },
    })
  })
})

describe('taking back', () => {
  it('is refused for a new record that another edit refers to', () => {
    const parent = aCreate({ section: asSectionId('institutions'), patch: { name: 'New school' } })
    const child = aCreate({
      id: asMutationId('m2'),
      item: localItemId('2'),
      patch: { institution: local },
    })
    const state = after([edited(parent), edited(child)])
    expect(refusalToWithdraw(state.outbox, parent.id)).toMatchObject({
      kind: 'refused-input',
      field: 'institution',
    })
    expect(planPush(education, child, { items: [], now: 0 })).toMatchObject({
      kind: 'impossible',
      error: { field: 'institution' },
    })
    const stuck = {
      ...state,
      outbox: state.outbox.map((entry) =>
        entry.id === parent.id
          ? { ...entry, state: { kind: 'blocked', error: { kind: 'forbidden' } } as const }
          : entry,
      ),
    }
    expect(pendingChanges(stuck, registry)[1]).toMatchObject({
      waitsFor: { needsYou: true },
    })
  })

  it('is listed with what its one field becomes, where that is a text to read', () => {
    const listed = (mutation: Mutation) => pendingChanges(after([edited(mutation)]), registry)
    expect(listed(aMutation())).toMatchObject([{ fields: ['About'], becomes: 'mine' }])
    const settings = asSectionId('memory-settings')
    const flip = aMutation({ section: settings, base: { learn: true }, patch: { learn: false } })
    expect(listed(flip)).toMatchObject([{ becomes: 'Turned off' }])
    const two = aMutation({ patch: { bio: 'a', email: 'b@example.org' } })
    expect(listed(two)[0]?.becomes).toBeUndefined()
  })

  it('writes the base again where an attempt may have been carried out', () => {
    const tried = [edited(aMutation()), sending(), failed({ kind: 'timeout' })]
    const once = after([...tried, { type: 'withdrawn', id: asMutationId('m1') }])
    expect(once.outbox).toMatchObject([{ patch: { bio: 'old' } }])
    expect(after([{ type: 'withdrawn', id: asMutationId('m1') }], once).outbox).toEqual([])
  })

  it('goes on putting back what an attempt may have changed, though it was typed back', () => {
    const { outbox } = after([
      edited(aMutation()),
      sending(),
      failed({ kind: 'timeout' }),
      edited(m2({ patch: { bio: 'old' } })),
      { type: 'withdrawn', id: asMutationId('m1') },
    ])
    expect(outbox).toMatchObject([{ patch: { bio: 'old' }, sent: [{ bio: 'mine' }] }])
  })

  it('drops an edit that was clearly refused', () => {
    const refused = [edited(aMutation()), sending(), failed({ kind: 'forbidden', status: 403 })]
    expect(after([...refused, { type: 'withdrawn', id: asMutationId('m1') }]).outbox).toEqual([])
  })
})
