import { expect, it } from 'vitest'
import { smallPdf } from './small-pdf.mjs'

it('points to each of its objects', () => {
  const text = smallPdf(['One (1)', 'Two']).toString('latin1')
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
  expect(offsets.map((offset) => text.slice(offset, offset + 7))).toEqual(
    offsets.map((_, index) => `${index + 1} 0 obj`),
  )
  expect(text.slice(Number(/startxref\n(\d+)/.exec(text)[1])).startsWith('xref')).toBe(true)
})
