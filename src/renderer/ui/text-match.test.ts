import { describe, expect, it } from 'vitest'
import { filterByText, isSameText, splitMatch } from './text-match'

const marked = (label: string, typed: string) =>
  splitMatch(label, typed)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('')

describe('splitMatch', () => {
  it('marks what was typed whatever its case', () => {
    expect(marked('Aqaba Technical College', 'aqaba tech')).toBe('[Aqaba Tech]nical College')
  })

  it('finds letters under their accents', () => {
    expect(marked('École Normale', 'ecole')).toBe('[École] Normale')
  })

  it('prefers the beginning of a word', () => {
    expect(marked('Cart and Art', 'art')).toBe('Cart and [Art]')
  })

  it('takes signs that mean something in a pattern as they are', () => {
    expect(marked('C++ (basic)', 'c++ (')).toBe('[C++ (]basic)')
  })

  it('leaves the label whole when nothing fits or nothing was typed', () => {
    expect(marked('Amman', 'x')).toBe('Amman')
    expect(marked('Amman', ' ')).toBe('Amman')
  })
})

describe('filterByText', () => {
  const items = ['Old Arabic', 'Arabic', 'English'].map((label) => ({ label }))

  it('puts what begins with the text first', () => {
    expect(filterByText(items, 'ara').map(({ label }) => label)).toEqual(['Arabic', 'Old Arabic'])
  })

  it('keeps everything in order while nothing is typed', () => {
    expect(filterByText(items, '  ')).toBe(items)
  })
})

it('sees the same text through case, accents and outer space', () => {
  expect(isSameText(' Résumé', 'resume ')).toBe(true)
  expect(isSameText('resumes', 'resume')).toBe(false)
})
