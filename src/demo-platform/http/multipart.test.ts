import { describe, expect, it } from 'vitest'
import { parseMultipart } from './multipart'

const TYPE = 'multipart/form-data; boundary=X'
const body = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'))

describe('reading a form', () => {
  it('gives names, filenames, types and exact bytes', () => {
    const form = body(
      '--X',
      'Content-Disposition: form-data; name="user"',
      '',
      'noor',
      '--X',
      'content-type: application/pdf',
      'CONTENT-DISPOSITION: form-data; name="resume"; filename="a;b.pdf"',
      '',
      'line\r\n\r\n-X-\n',
      '--X--',
      '',
    )
    expect(parseMultipart(TYPE, form)).toEqual([
      {
        name: 'user',
        filename: undefined,
        contentType: 'text/plain',
        content: Buffer.from('noor'),
      },
      {
        name: 'resume',
        filename: 'a;b.pdf',
        contentType: 'application/pdf',
        content: Buffer.from('line\r\n\r\n-X-\n'),
      },
    ])
  })

  it.each([
    ['a%22b.pdf', 'a"b.pdf'],
    ['a\\"b.pdf', 'a"b.pdf'],
    ['é.pdf', 'é.pdf'],
  ])('reads the filename %s as %s', (sent, read) => {
    const form = body(
      '--X',
      `Content-Disposition: form-data; name="f"; filename="${sent}"`,
      '',
      '',
      '--X--',
    )
    expect(parseMultipart(TYPE, form)?.[0]?.filename).toBe(read)
  })

  it('takes a quoted boundary', () => {
    expect(parseMultipart('multipart/form-data; boundary="X"', body('--X--'))).toEqual([])
  })

  it.each([
    ['no boundary', 'multipart/form-data', body('--X--')],
    ['another boundary', TYPE, body('--Y--')],
    ['no end', TYPE, body('--X', 'Content-Disposition: form-data; name="f"', '', 'x')],
    ['a part without a name', TYPE, body('--X', 'Content-Type: text/plain', '', 'x', '--X--')],
  ])('refuses a form with %s', (_what, type, form) => {
    expect(parseMultipart(type, form)).toBeUndefined()
  })
})
