/** What a file starts like, in words for a person, judged by its first bytes and never by its name. */
export interface FileKind {
  readonly type: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/gif' | 'other'
  readonly words: string
}

const signatures: readonly (FileKind & { readonly magic: readonly number[] })[] = [
  { magic: [0xff, 0xd8, 0xff], type: 'image/jpeg', words: 'a JPEG picture' },
  { magic: [0x89, 0x50, 0x4e, 0x47], type: 'image/png', words: 'a PNG picture' },
  { magic: [0x47, 0x49, 0x46, 0x38], type: 'image/gif', words: 'a GIF picture' },
  { magic: [0x50, 0x4b, 0x03, 0x04], type: 'other', words: 'a Word or ZIP file' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], type: 'other', words: 'an old Word file' },
  { magic: [0x7b, 0x5c, 0x72, 0x74], type: 'other', words: 'an RTF text' },
  { magic: [0x4d, 0x5a], type: 'other', words: 'a Windows program' },
  { magic: [0x7f, 0x45, 0x4c, 0x46], type: 'other', words: 'a program' },
  { magic: [0x3c], type: 'other', words: 'a web page' },
]

/** How many first bytes are looked at. PDF readers accept the mark anywhere in the first 1 024. */
export const sniffedBytes = 1_024

/** A file that begins as something else is that, even where a PDF's mark follows further on. */
export function fileKind(head: Uint8Array): FileKind {
  const found = signatures.find(({ magic }) => magic.every((byte, at) => head[at] === byte))
  if (found) return { type: found.type, words: found.words }
  if (Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes('%PDF-')) {
    return { type: 'application/pdf', words: 'a PDF' }
  }
  const isText = head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)
  return { type: 'other', words: isText ? 'plain text' : 'something else' }
}
