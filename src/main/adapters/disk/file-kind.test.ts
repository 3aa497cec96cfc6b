import { expect, it } from 'vitest'
import { crc32c } from './crc32c'
import { fileKind } from './file-kind'

it.each([
  ['%PDF-1.7', 'application/pdf'],
  ['junk before %PDF-1.4', 'application/pdf'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['\u0089PNG', 'image/png'],
  ['GIF89a', 'image/gif'],
  ['PK\u0003\u0004 %PDF-', 'other'],
  ['<svg', 'other'],
  ['{\\rtf1', 'other'],
  ['\u0000\u0001', 'other'],
  ['', 'other'],
])('judges %j by its first bytes', (text, type) => {
  expect(fileKind(Buffer.from(text, 'latin1')).type).toBe(type)
})

// RFC 3720, appendix B.4.
it.each([
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
  ['check', Buffer.from('123456789'), 0xe3069283],
] as const)('computes CRC-32C of %s', (_name, bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum)
})
