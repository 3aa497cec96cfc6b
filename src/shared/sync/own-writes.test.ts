import { describe, expect, it } from 'vitest'
import { asMutationId, selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { planPush } from './plan'
import type { SyncEvent } from './events'
import { education } from '../domain/sections/education'
import {
  aCreate,
  aMutation,
  after,
  anItem,
  edited,
  local,
  m2,
  pulled,
  sending,
  server,
} from './testing/made'

const accepted = (id: string, bio: string): SyncEvent => ({
  type: 'accepted',
  id: asMutationId(id),
  at: 30,
  item: anItem({ bio }),
})

const firstIsThrough = [
  pulled([anItem({ bio: 'old' })]),
  edited(aMutation()),
  sending(),
  accepted('m1', 'mine'),
]

describe('an edit typed before an earlier one of its field was confirmed', () => {
  it('takes the confirmed value for its base, so that nobody is asked about their own words', () => {
    const { outbox } = after([
      ...firstIsThrough,
      edited(m2({ patch: { bio: 'newer' }, base: { bio: 'old' } })),
    ])
    expect(outbox).toMatchObject([{ id: 'm2', base: { bio: 'mine' } }])
    const [edit] = outbox
    const plan = edit && planPush(basic, edit, { items: [anItem({ bio: 'mine' })], now: 40 })
    expect(plan).toMatchObject({ kind: 'update', toWrite: { bio: 'newer' } })
  })

  it('keeps its base where somebody else has put back what was there', () => {
    const { outbox } = after([
      ...firstIsThrough,
      pulled([anItem({ bio: 'old' })]),
      edited(m2({ patch: { bio: 'newer' }, base: { bio: 'old' } })),
    ])
    expect(outbox).toMatchObject([{ base: { bio: 'old' } }])
  })

  it('keeps a base that was never ours', () => {
    const { outbox } = after([
      ...firstIsThrough,
      edited(m2({ patch: { bio: 'newer' }, base: { bio: 'another' } })),
    ])
    expect(outbox).toMatchObject([{ base: { bio: 'another' } }])
  })

  it('follows several', () => {
    const second = m2({ patch: { bio: 'second' }, base: { bio: 'mine' } })
    const { outbox } = after([
      ...firstIsThrough,
      edited(second),
      sending('m2', 2, { bio: 'second' }),
      accepted('m2', 'second'),
      edited(aMutation({ id: asMutationId('m3'), patch: { bio: 'third' }, base: { bio: 'old' } })),
    ])
    expect(outbox).toMatchObject([{ id: 'm3', base: { bio: 'second' } }])
  })
})

describe('an edit of a new record, typed before the record was known', () => {
  const made = anItem({ degree: 'MSc' }, server)
  const known: SyncEvent = { type: 'accepted', id: asMutationId('m1'), at: 30, item: made }
  const typed = m2({
    section: education.id,
    item: local,
    patch: { degree: 'PhD' },
    base: { degree: null },
  })

  it('has what the create wrote for its base', () => {
    const events = [pulled([], education.id), edited(aCreate()), known, edited(typed)]
    expect(after(events).outbox).toMatchObject([{ item: server, base: { degree: 'MSc' } }])
  })

  it('has it also where a restart has given it the id before', () => {
    const renamed = { ...typed, item: server }
    const { outbox } = after([edited(aCreate()), edited(renamed), known])
    expect(outbox).toMatchObject([{ item: server, base: { degree: 'MSc' } }])
  })
})

describe('a draft typed before an earlier edit of its field was confirmed', () => {
  const draft = {
    section: basic.id,
    item: selfItemId,
    values: { bio: 'typed' },
    base: { bio: 'old' },
    savedAt: 3,
  }
  const saved: SyncEvent = { type: 'draft-saved', draft }
  const bases = (events: readonly SyncEvent[]) =>
    [...after(events).drafts.values()].map(({ base }) => base)

  it('has the confirmed value for its base, on the disk too', () => {
    const isThrough = accepted('m1', 'mine')
    const events = [pulled([anItem({ bio: 'old' })]), edited(aMutation()), sending(), saved]
    expect(bases([...events, isThrough])).toEqual([{ bio: 'mine' }])
  })

  it('has it also when the form sends it later', () => {
    expect(bases([...firstIsThrough, saved])).toEqual([{ bio: 'mine' }])
  })
})
