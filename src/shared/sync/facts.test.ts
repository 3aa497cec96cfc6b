import { expect, it } from 'vitest'
import { factsAfter } from './facts'

const before = {
  agents: [
    { id: 'a1', name: 'Tutor' },
    { id: 'a2', name: 'Coach' },
  ],
  categories: { a1: [{ slug: 'goals' }], a2: [{ slug: 'habits' }] },
  legacyCategories: ['goals'],
  hasGlobal: true,
}

it('takes what was read in full as it is', () => {
  const facts = { agents: [], categories: {}, hasGlobal: false }
  expect(factsAfter(before, { facts })).toEqual(facts)
  expect(factsAfter(undefined, { facts, addsTo: ['agents'] })).toEqual(facts)
})

it('keeps of the last copy what could not be read this time', () => {
  const facts = { agents: [{ id: 'a1', name: 'New name' }], categories: { a1: [] } }
  const addsTo = ['agents', 'categories', 'legacyCategories']
  expect(factsAfter(before, { facts, addsTo })).toEqual({
    agents: [
      { id: 'a1', name: 'New name' },
      { id: 'a2', name: 'Coach' },
    ],
    categories: { a1: [], a2: [{ slug: 'habits' }] },
    legacyCategories: ['goals'],
  })
})
