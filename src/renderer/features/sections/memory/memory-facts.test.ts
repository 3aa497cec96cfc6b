import { expect, it } from 'vitest'
import { memoryFacts } from './memory-facts'

it('lists the agents and what each files under', () => {
  const facts = memoryFacts({
    agents: [{ id: 'a1', name: 'GIS exam coach' }, 'odd'],
    categories: { a1: [{ slug: 'learning_goals', name: '' }] },
  })
  expect(facts.agents).toEqual([{ value: 'a1', label: 'GIS exam coach' }])
  expect(facts.categoriesOf('a1')).toEqual([{ value: 'learning_goals', label: 'Learning goals' }])
  expect(facts.categoriesOf('a2')).toEqual([])
})

it('falls back to the older platform’s categories', () => {
  expect(memoryFacts({ legacyCategories: ['help_requests'] }).categories).toEqual([
    { value: 'help_requests', label: 'Help requests' },
  ])
})

it('tells that the organization switched memory off only when it said so', () => {
  expect(memoryFacts({}).isOff).toBe(false)
  expect(memoryFacts({ gate: false }).isOff).toBe(true)
})
