import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { pieces } from '../../../../tests/fakes/http-profile'
import { FileReadError, formBody, type FormPart } from './multipart'

type FilePart = Extract<FormPart, { kind: 'file' }>

const file = (filename: string, bytes = new Uint8Array([1, 2, 3])): FilePart => ({
  kind: 'file',
  name: 'resume',
  filename,
  type: 'application/pdf',
  size: bytes.length,
  stream: () => pieces(bytes),
})

async function bytesOf(parts: readonly FormPart[]): Promise<Buffer> {
  const read: Uint8Array[] = []
  for await (const piece of formBody(parts).read(() => undefined)) read.push(piece)
  return Buffer.concat(read)
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
    const read: Uint8Array[] = []
    for await (const piece of form.read(() => undefined)) read.push(piece)
    const response = new Response(Buffer.concat(read), {
      headers: { 'content-type': form.contentType },
    })
    const fields = await response.formData()
    expect(fields.get('link_1')).toBe('a\r\nb')
    const sent = fields.get('resume')
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
    const broken = Readable.from([new Uint8Array([1])])
    const part = { ...file('cv.pdf'), stream: () => broken.destroy(new Error('gone')) }
    await expect(bytesOf([part])).rejects.toBeInstanceOf(FileReadError)
  })
})
