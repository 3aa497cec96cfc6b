import { describe, expect, it } from 'vitest'
import { historyWords } from './history'

describe('historyWords', () => {
  it('says who won, and whose the values are', () => {
    expect(historyWords('took-theirs', 'northwind')).toEqual({
      what: 'Changed on both sides, the one on northwind was kept',
      before: 'Yours',
      after: 'On northwind, kept',
    })
    expect(historyWords('kept-mine', 'northwind')).toMatchObject({
      before: 'On northwind',
      after: 'Yours, kept',
    })
  })
})
