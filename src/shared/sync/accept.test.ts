import { expect, it } from 'vitest'
import { institutions } from '../domain/sections/institutions'
import { asMutationId } from '../domain/ids'
import type { Values } from '../domain/values'
import { aCreate, after, anItem, edited, sending, server } from './testing/made'

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

it('what was typed and is not in a record that was found goes on as an edit of it', () => {
  expect(foundWith({ name: 'Typed' })).toMatchObject([
    { op: 'update', item: server, patch: { name: 'Typed College' } },
  ])
})
