import { describe, expect, it } from 'vitest'
import { asItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import type { FieldValue } from '../domain/values'
import { fieldsToWrite, isKept } from './kept'
import { onlyNew, planPush, wasIgnored } from './plan'
import { aCreate, aMutation, after, anItem, edited, failed } from './testing/made'
import { situationOf } from './situation'
import type { ServerItem } from './state'

describe('what the server has made of a value', () => {
  it.each<[string, FieldValue, FieldValue]>([
    ['trimmed', ' Engineer ', 'Engineer'],
    ['in another case', 'Noor@Example.org', 'noor@example.org'],
    ['without its slash', 'https://a.example/', 'https://a.example'],
    ['empty instead of nothing', null, ''],
    ['nothing instead of off', false, null],
    ['with hours', '2020-09-01', '2020-09-01T00:00:00Z'],
    ['as a number', '2020', 2020],
    ['in another order', ['en', 'fr'], ['fr', 'en']],
  ])('is what was wanted when it is %s', (_, wanted, there) => {
    expect(isKept(basic, 'title', [wanted, there])).toBe(true)
  })

  it.each<[string, FieldValue, FieldValue]>([
    ['another text', 'Engineer', 'Teacher'],
    ['cut short', 'A long sentence', 'A long'],
    ['gone', 'Engineer', null],
    ['another day', '2020-09-01', '2020-09-02T00:00:00Z'],
    ['on instead of off', false, true],
    ['a list with one less', ['en', 'fr'], ['en']],
    ['a file instead of none', null, { name: 'old.jpg' }],
    ['no file', { name: 'new.jpg' }, null],
  ])('is not when it is %s', (_, wanted, there) => {
    expect(isKept(basic, 'title', [wanted, there])).toBe(false)
  })
})

describe('an update that was answered well', () => {
  const written = (there: FieldValue) =>
    wasIgnored(
      basic,
      { bio: 'mine' },
      { before: anItem({ bio: 'old' }), after: anItem({ bio: there }) },
    )

  it('is not kept when the record has its old value or a third one', () => {
    expect([written('old'), written('a third one')]).toEqual([true, true])
  })

  it('is kept when the server tidied it, or does not tell', () => {
    expect(written('mine ')).toBe(false)
    expect(wasIgnored(basic, { bio: 'mine' }, { before: anItem({}), after: anItem({}) })).toBe(
      false,
    )
  })
})

describe('a record that was made without one of its fields', () => {
  const whole = { institution: '1', degree: 'MSc', startDate: '2020-09-01', description: 'typed' }
  const record = asItemId('7')

  it('is taken by its id, and what is missing is an update that keeps the value', () => {
    const made = anItem({ ...whole, description: null }, record)
    const { outbox } = after([
      edited(aCreate({ patch: whole })),
      { type: 'accepted', id: aCreate().id, at: 9, item: made, notKept: ['description'] },
    ])
    expect(outbox).toMatchObject([{ op: 'update', item: '7', patch: { description: 'typed' } }])
    expect(outbox).toHaveLength(1)
  })

  it.each(['description', 'degree'])('is found after a lost answer without its %s', (dropped) => {
    const lost = aCreate({
      patch: whole,
      sent: [whole],
      isUncertain: true,
      knownIds: [],
      sentAt: 1,
    })
    const items = [anItem({ ...whole, [dropped]: null }, record)]
    const plan = planPush(education, lost, situationOf(after([]), lost, { items, now: 5 }))
    expect(plan).toMatchObject({ kind: 'done', item: { id: '7' } })
  })

  it('is written what it says nothing of: it may have been made by another edit, without that', () => {
    const wanted = { ...whole, fieldOfStudy: 'Law', grade: null }
    const lost = aCreate({ patch: wanted, sent: [wanted], isUncertain: true, sentAt: 1 })
    const item = anItem(whole, record)
    const notKept = fieldsToWrite(education, wanted, item)
    const { outbox } = after([
      edited(lost),
      { type: 'accepted', id: lost.id, at: 9, item, isFound: true, notKept },
    ])
    expect(outbox).toMatchObject([{ op: 'update', item: '7', patch: { fieldOfStudy: 'Law' } }])
    expect(Object.keys(outbox[0]?.patch ?? {})).toEqual(['fieldOfStudy'])
  })

  it('is not taken for one that says something else besides', () => {
    const lost = aCreate({
      patch: whole,
      sent: [whole],
      isUncertain: true,
      knownIds: [],
      sentAt: 1,
    })
    const items = [anItem({ ...whole, degree: null, grade: '3.8' }, record)]
    const plan = planPush(education, lost, situationOf(after([]), lost, { items, now: 5 }))
    expect(plan.kind).toBe('later')
  })

  it('is known by the name of its edit, whatever the server has made of the rest', () => {
    const lost = aCreate({ patch: whole, sent: [whole], isUncertain: true, sentAt: 1 })
    const ours = { ...anItem({ degree: 'Changed' }, record), madeBy: lost.id }
    const planWith = (items: readonly ServerItem[], now: number) =>
      planPush(education, lost, situationOf(after([]), lost, { items, now }))
    expect(planWith([anItem(whole, asItemId('6')), ours], 5)).toMatchObject({ item: { id: '7' } })
    const others = { ...anItem(whole, record), madeBy: 'another edit' }
    expect(planWith([others], 5).kind).toBe('later')
    expect(planWith([others], 60_000).kind).toBe('create')
  })

  it('is the only new one where the server has answered and said no more', () => {
    const made = aCreate({ patch: whole, knownIds: [asItemId('1')] })
    const items = [anItem({}, asItemId('1')), anItem({ degree: 'Changed' }, record)]
    expect(onlyNew(made, { items, now: 5 })?.id).toBe('7')
    expect(onlyNew(made, { items: [...items, anItem({}, asItemId('8'))], now: 5 })).toBe(undefined)
  })

  it('stays with the person when it is refused again', () => {
    const { outbox } = after([edited(aMutation()), failed({ kind: 'not-stored' })])
    expect(outbox).toMatchObject([{ patch: { bio: 'mine' }, state: { kind: 'blocked' } }])
  })
})
