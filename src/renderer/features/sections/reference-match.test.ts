import { describe, expect, it } from 'vitest'
import { matchName } from './reference-match'

describe('matchName', () => {
  it.each([
    ['Aqaba Technical College', 'aqaba tech', true],
    ['University of Jordan', 'Univercity of Jordan', true],
    ['Université de Genève', 'universite de geneve', false],
    ['University of Jordan', 'Jordan', false],
  ])('tells whether %s is likely what %j means: %s', (name, typed, isAlike) => {
    expect(matchName(name, typed)?.isNearDuplicate).toBe(isAlike)
  })

  it('finds nothing where nothing is alike', () => {
    expect(matchName('University of Jordan', 'Delft')).toBeUndefined()
  })

  it('puts the exact name before all others', () => {
    expect(matchName('Delft', 'delft')?.rank).toBe(0)
  })
})
