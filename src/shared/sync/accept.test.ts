import { expect, it } from 'vitest'
import { institutions } from '../domain/sections/institutions'
import { asMutationId } from '../domain/ids'
import type { Values } from '../domain/values'
import { recordsIn } from './events'
import { emptyState } from './state'
import { step } from './step'
import { aCreate, after, anItem, edited, local, m2, sending, server } from './testing/made'

const typed: Values = { name: 'Typed College', institutionType: null, location: null }

const foundWith = (values: Values) =>
  after([
    edited(aCreate({ section: institutions.id, patch: typed })),
    sending('m1', 1, typed),
    {
      type: 'accepted',
      id: asMutationId('m1'),
      service: 'dm',
      at: 30,
      item: anItem({ ...typed, ...values }, server),
      isFound: true,
    },
  ]).outbox

it('what nobody filled in and the server did is no question about a record that was found', () => {
  expect(foundWith({ institutionType: 'university' })).toEqual([])
})

it('a new record and what was typed behind it are one record of the journal', () => {
  const created = aCreate({ state: { kind: 'in-flight', since: 1 }, isUncertain: true })
  const behind = m2({ section: created.section, item: local, patch: { degree: 'PhD' } })
  const state = { ...emptyState(0), outbox: [created, behind] }
  const item = anItem(created.patch, server)
  const [, effects] = step(state, { type: 'accepted', id: created.id, at: 2, item })
  const records = recordsIn(effects)
  expect(records).toMatchObject([
    {
      type: 'together',
      records: [
        { type: 'history' },
        { type: 'alias' },
        { type: 'mutation' },
        { type: 'mutation-gone' },
      ],
    },
  ])
})

it('what was typed and is not in a record that was found goes on as an edit of it', () => {
  expect(foundWith({ name: 'Typed' })).toMatchObject([
    { op: 'update', item: server, patch: { name: 'Typed College' } },
  ])
})
