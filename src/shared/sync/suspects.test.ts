import { describe, expect, it } from 'vitest'
import { asItemId } from '../domain/ids'
import { education } from '../domain/sections/education'
import { institutions } from '../domain/sections/institutions'
import type { Values } from '../domain/values'
import { planPush } from './plan'
import { situationOf } from './situation'
import { aCreate, after, anItem, edited, failed, pulled, sending } from './testing/made'

const typed: Values = {
  institution: '1',
  degree: 'MSc',
  startDate: '2020-09-01',
  description: 'typed',
  grade: '3.8',
}
const lost = aCreate({ patch: typed, sent: [typed], isUncertain: true, knownIds: [], sentAt: 1 })
const itsTimeIsOver = 60_000

function planWith(...records: readonly Values[]) {
  const items = records.map((values, index) => anItem(values, asItemId(String(7 + index))))
  return planPush(education, lost, situationOf(after([]), lost, { items, now: itsTimeIsOver }))
}

describe('a create whose answer was lost, and a new record with one key field otherwise', () => {
  it('is taken for ours when the rest is as it was sent', () => {
    expect(planWith({ ...typed, degree: 'Master of Science' })).toMatchObject({
      kind: 'done',
      item: { id: '7' },
    })
  })

  it('is asked about, and nothing sent, when more of it is otherwise', () => {
    expect(planWith({ ...typed, degree: 'BSc', description: 'theirs', grade: null })).toEqual({
      kind: 'impossible',
      error: { kind: 'duplicate' },
    })
  })

  it('is asked about when there are two of them', () => {
    const other = { ...typed, degree: 'Master of Science' }
    expect(planWith(other, { ...other, degree: 'M.Sc.' }).kind).toBe('impossible')
  })

  it.each([
    ['two key fields are otherwise', { ...typed, degree: 'BSc', startDate: '2012-01-01' }],
    ['nothing is alike', { institution: '9', degree: 'PhD', startDate: '2001-01-01' }],
  ])('is sent again when %s', (_, there) => {
    expect(planWith(there).kind).toBe('create')
  })

  it.each([
    ['Utrecht', 'impossible'],
    ['UTRECHT UNIVERSITY (NL)', 'impossible'],
    ['Leiden College', 'create'],
  ])('with %s for its only key: %s', (name, kind) => {
    const patch = { name: 'Utrecht University' }
    const made = aCreate({
      section: institutions.id,
      patch,
      sent: [patch],
      isUncertain: true,
      knownIds: [],
      sentAt: 1,
    })
    const items = [anItem({ name }, asItemId('7'))]
    const situation = situationOf(after([]), made, { items, now: itsTimeIsOver })
    expect(planPush(institutions, made, situation).kind).toBe(kind)
  })
})

describe('a create that waits for the person because one like it is there', () => {
  const isLike = anItem({ ...typed, degree: 'BSc', description: 'theirs' }, asItemId('7'))
  const events = [
    edited(aCreate({ patch: typed })),
    sending('m1', 1, typed),
    failed({ kind: 'timeout' }),
    pulled([isLike], education.id),
    failed({ kind: 'duplicate' }),
  ]

  it('is sent on Retry, and what was there then is no suspect any more', () => {
    const state = after([...events, { type: 'retried', id: aCreate().id }])
    const [again] = state.outbox
    if (!again) throw new Error('The edit has gone.')
    expect(again.knownIds).toContain('7')
    const situation = situationOf(state, again, { items: [isLike], now: itsTimeIsOver })
    expect(planPush(education, again, situation).kind).toBe('create')
  })

  it('is not sent by Send now, which means everything', () => {
    const { outbox } = after([...events, { type: 'retried' }])
    expect(outbox).toMatchObject([{ state: { kind: 'blocked', error: { kind: 'duplicate' } } }])
  })

  it('is dropped by Undo once its record was looked for a last time', () => {
    const state = after([
      ...events,
      { type: 'withdrawn', id: aCreate().id, at: 30, canDelete: true },
    ])
    expect(state.outbox).toMatchObject([
      { op: 'create', state: { kind: 'queued' } },
      { op: 'delete', state: { kind: 'queued' } },
    ])
  })
})
