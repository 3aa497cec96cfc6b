import { expect, it } from 'vitest'
import { plainFileName } from './plain-file-name'

it.each([
  ['cv.pdf', 'cv.pdf'],
  ['Lebenslauf – Noor.pdf', 'Lebenslauf – Noor.pdf'],
  ['../../.ssh/authorized_keys', 'authorized_keys'],
  ['/etc/passwd', 'passwd'],
  ['C:\\Windows\\cv.pdf', 'cv.pdf'],
  ['.bashrc', 'bashrc'],
  ['cv\u202Efdp.exe', 'cvfdp.exe'],
  ['a\r\nb.pdf', 'ab.pdf'],
  ['a:b*c?.pdf', 'a_b_c_.pdf'],
  ['CON', '_CON'],
  ['nul.pdf', '_nul.pdf'],
  ['', '_'],
  ['..', '_'],
  ['x'.repeat(400), 'x'.repeat(200)],
  [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(196)}.pdf`],
  [`${'漢'.repeat(100)}.pdf`, `${'漢'.repeat(65)}.pdf`],
  [`x.${'y'.repeat(400)}`, `x.${'y'.repeat(198)}`],
])('suggests %j as %j', (name, plain) => {
  expect(plainFileName(name)).toBe(plain)
})
