import { describe, expect, it } from 'vitest'
import { asItemId, asMutationId, localItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import type { SyncEvent } from './events'
import { planPush } from './plan'
import { foundCreates, situationOf } from './situation'
import type { Doubt, ServerItem } from './state'
import { aCreate, aMutation, after, anItem, edited, failed, local } from './testing/made'
import { sectionView } from './view'

const values = aCreate().patch
const sent = (id: string, editedAt: number): SyncEvent => ({
  type: 'sending',
  id: asMutationId(id),
  at: 10,
  editedAt,
  sent: values,
  knownIds: [asItemId('5')],
})
const isLost: readonly SyncEvent[] = [edited(aCreate()), sent('m1', 1), failed({ kind: 'timeout' })]
const others = anItem({ ...values, degree: 'BSc' }, asItemId('6'))
const ours = anItem(values, asItemId('7'))

const readingOf = (items: readonly ServerItem[], confirmations = 0): SyncEvent => {
  const state = after(isLost)
  return {
    type: 'pulled',
    section: education.id,
    pulled: { items, facts: {} },
    at: 50,
    confirmations,
    found: foundCreates(education, state, { items, now: 50 }),
  }
}

describe('a read that holds the record of a create whose answer was lost', () => {
  it('settles it, whoever asked: one row, no edit', () => {
    const state = after([...isLost, readingOf([others, ours])])
    expect(state.outbox).toEqual([])
    expect(state.aliases.get(local)).toBe('7')
    expect(sectionView(education, state).items).toMatchObject([
      { id: '6', isNew: false },
      { id: '7', isNew: false },
    ])
  })

  it('gives a record to one of two equal creates only', () => {
    const second = aCreate({ id: asMutationId('m2'), item: localItemId('2'), editedAt: 2 })
    const state = after([
      ...isLost,
      edited(second),
      sent('m2', 2),
      failed({ kind: 'timeout' }, 'm2'),
    ])
    const found = foundCreates(education, state, { items: [ours], now: 50 })
    expect(found.map(({ id }) => id)).toEqual(['m1'])
  })

  it('is not shown beside the edit that made it while the answer is still to come', () => {
    const marked = { ...ours, madeBy: 'm1' }
    const shownAfter = (events: readonly SyncEvent[]) =>
      sectionView(education, after(events)).items.map(({ id }) => id)
    const underWay = [edited(aCreate()), sent('m1', 1)]
    const read: SyncEvent = {
      type: 'pulled',
      section: education.id,
      pulled: { items: [others, marked], facts: {} },
      at: 50,
    }
    expect(shownAfter([...underWay, read])).toEqual([local, '6'])
    expect(shownAfter([read])).toEqual(['6', '7'])
  })

  it('says nothing when it began before the last confirmation', () => {
    expect(after([...isLost, readingOf([ours], 7)]).outbox).toHaveLength(1)
  })

  it('says nothing of a record that another create has got meanwhile', () => {
    const state = after(isLost)
    const taken = { ...state, aliases: new Map([[localItemId('9'), asItemId('7')]]) }
    expect(after([readingOf([ours])], taken).outbox).toHaveLength(1)
  })
})

it('takes an entry that an unanswered write of ours has put back into a list for nobody’s', () => {
  const state = after([])
  const added = aMutation({
    section: basic.id,
    patch: { languages: ['en', 'es'] },
    base: { languages: ['en'] },
  })
  const items = [anItem({ languages: ['en', 'de'] }, added.item)]
  const doubt = {
    id: 'm0:1',
    section: basic.id,
    item: added.item,
    title: 'Basic',
    body: { languages: ['en', 'de'] },
    before: { languages: ['en'] },
    seen: {},
    sentAt: 1,
    nextAt: 2,
  }
  const written = (doubts: readonly Doubt[]) => {
    const plan = planPush(
      basic,
      added,
      situationOf({ ...state, doubts }, added, { items, now: 50 }),
    )
    return plan.kind === 'update' && plan.toWrite
  }
  expect(written([doubt])).toEqual({ languages: ['en', 'es'] })
  expect(written([])).toEqual({ languages: ['en', 'de', 'es'] })
  expect(written([{ ...doubt, item: asItemId('another') }])).toEqual({
    languages: ['en', 'de', 'es'],
  })
})
