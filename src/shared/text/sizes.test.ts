import { expect, it } from 'vitest'
import { progressText, sizeText } from './sizes'

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [412_000, '412 KB'],
  [1_234_567, '1.2 MB'],
  [26_214_400, '26.2 MB'],
])('shows %d bytes as %s', (bytes, words) => {
  expect(sizeText(bytes)).toBe(words)
})

it('shows progress in the unit of the whole', () => {
  expect(progressText(264_000, 412_000)).toBe('264 of 412 KB')
  expect(progressText(0, 5_000_000)).toBe('0.0 of 5.0 MB')
})
