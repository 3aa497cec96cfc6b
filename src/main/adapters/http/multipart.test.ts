import { describe, expect, it } from 'vitest'
import { FileReadError, formBody, type FormPart } from './multipart'

const file = (filename: string, bytes = new Uint8Array([1, 2, 3])): FormPart => ({
  kind: 'file',
  name: 'resume',
  filename,
  type: 'application/pdf',
  size: bytes.length,
  stream: async function* () {
    yield bytes
  },
})

async function bytesOf(parts: readonly FormPart[]): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of formBody(parts).read(() => undefined)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a form', () => {
  it('is as long as it says', async () => {
    const parts: FormPart[] = [{ kind: 'text', name: 'user', value: 'nóor' }, file('cv.pdf')]
    expect((await bytesOf(parts)).length).toBe(formBody(parts).length)
  })

  it('is what other implementations read', async () => {
    const parts: FormPart[] = [
      { kind: 'text', name: 'link_1', value: 'a\r\nb' },
      file('Léb "x".pdf'),
    ]
    const form = formBody(parts)
    const pieces: Uint8Array[] = []
    for await (const piece of form.read(() => undefined)) pieces.push(piece)
    const response = new Response(Buffer.concat(pieces), {
      headers: { 'content-type': form.contentType },
    })
    const read = await response.formData()
    expect(read.get('link_1')).toBe('a\r\nb')
    const sent = read.get('resume')
    expect(sent).toMatchObject({ name: 'Léb "x".pdf', type: 'application/pdf', size: 3 })
  })

  it.each(['a"; x="b.pdf', 'a\r\nX-Evil: 1\r\n\r\nb.pdf', 'a\u0000\u007f.pdf'])(
    'cannot be extended by the file name %j',
    async (filename) => {
      const text = (await bytesOf([file(filename)])).toString('latin1')
      const [head = ''] = text.split('\r\n\r\n')
      expect(head.split('\r\n')).toHaveLength(3)
      expect(head.split('\r\n')[1]).toMatch(
        /^Content-Disposition: form-data; name="resume"; filename="[^"]*"$/,
      )
    },
  )

  it('cannot be extended by a file type', async () => {
    const part = { ...file('a.pdf'), type: 'x/y\r\nX-Evil: 1' }
    expect((await bytesOf([part])).toString('latin1')).not.toContain('X-Evil')
  })

  it('reports bytes only after they were taken', async () => {
    const sent: number[] = []
    const parts = [file('cv.pdf', new Uint8Array(700_000))]
    const form = formBody(parts)
    let yielded = 0
    for await (const piece of form.read((bytes) => sent.push(bytes))) {
      expect(sent.at(-1) ?? 0).toBe(yielded)
      yielded += piece.length
    }
    expect(sent.at(-1)).toBe(form.length)
  })

  it('says that its file cannot be read', async () => {
    const part: FormPart = {
      ...file('cv.pdf'),
      stream: async function* () {
        yield new Uint8Array([1])
        throw new Error('gone')
      },
    }
    await expect(bytesOf([part])).rejects.toBeInstanceOf(FileReadError)
  })
})
