import { describe, expect, it } from 'vitest'
import { joinTexts, wordDiff } from './word-diff'

const changed = (text: string, other: string) =>
  wordDiff(text, other)
    .filter((part) => part.isChanged)
    .map((part) => part.text.trim())

describe('wordDiff', () => {
  it('marks the words the other side does not have', () => {
    expect(changed('Principal data engineer', 'Lead data engineer')).toEqual(['Principal'])
  })

  it('marks nothing in equal texts, and everything against an empty one', () => {
    expect(changed('a b', 'a b')).toEqual([])
    expect(changed('a b', '')).toEqual(['a b'])
  })

  it('marks words that follow each other as one stretch', () => {
    expect(changed('Engineer. I build the pipelines.', 'Engineer and lead. Ask me.')).toEqual([
      'Engineer. I build the pipelines.',
    ])
    expect(changed('data engineer of the basin', 'data scientist of a basin')).toEqual([
      'engineer',
      'the',
    ])
  })

  it('gives the whole text back', () => {
    const text = 'One  two\nthree'
    expect(
      wordDiff(text, 'two four')
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })
})

describe('joinTexts', () => {
  it('adds what only the other side has', () => {
    expect(joinTexts('I build pipelines.', 'Ask me about gauges.')).toBe(
      'I build pipelines. Ask me about gauges.',
    )
  })

  it('says what both say once', () => {
    expect(joinTexts('Hydrologist.', 'Hydrologist.')).toBe('Hydrologist.')
    expect(joinTexts('', 'theirs')).toBe('theirs')
  })
})
