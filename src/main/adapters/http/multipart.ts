import { randomUUID } from 'node:crypto'

/** One part of a form: a text, or a file whose bytes are read while they are sent. */
export type FormPart =
  | { readonly kind: 'text'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly filename: string
      readonly type: string
      readonly size: number
      /** A piece is used before the next is asked for: the socket has taken it by then. */
      readonly stream: () => AsyncIterable<Uint8Array>
    }

export interface FormBody {
  readonly contentType: string
  /** Known before anything is read, so that the server and the progress bar know it too. */
  readonly length: number
  /** Yields the whole form once; `onSent` hears of bytes after the socket has taken them. */
  readonly read: (onSent: (sentBytes: number) => void) => AsyncGenerator<Uint8Array>
}

/** The file could not be read while it was being sent. */
export class FileReadError extends Error {
  override readonly name = 'FileReadError'
}

export function formBody(parts: readonly FormPart[]): FormBody {
  const boundary = `----iblai-profile-${randomUUID()}`
  const encoder = new TextEncoder()
  const heads = parts.map((part) => encoder.encode(head(part, boundary)))
  const end = encoder.encode(`--${boundary}--\r\n`)
  const newLine = encoder.encode('\r\n')
  const contents = parts.map((part) =>
    part.kind === 'text' ? encoder.encode(part.value) : undefined,
  )
  const length = parts.reduce((sum, part, index) => {
    const size = part.kind === 'file' ? part.size : (contents[index]?.length ?? 0)
    return sum + (heads[index]?.length ?? 0) + size + newLine.length
  }, end.length)

  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const [index, part] of parts.entries()) {
      yield heads[index] ?? newLine
      if (part.kind === 'file') yield* filePieces(part.stream())
      else yield contents[index] ?? newLine
      yield newLine
    }
    yield end
  }

  async function* read(onSent: (sentBytes: number) => void): AsyncGenerator<Uint8Array> {
    let sent = 0
    for await (const piece of pieces()) {
      if (piece.length === 0) continue
      yield piece
      sent += piece.length
      onSent(sent)
    }
  }

  return { contentType: `multipart/form-data; boundary=${boundary}`, length, read }
}

async function* filePieces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (cause) {
    throw new FileReadError('the file could not be read', { cause })
  }
}

function head(part: FormPart, boundary: string): string {
  const disposition = `Content-Disposition: form-data; name="${headerText(part.name)}"`
  if (part.kind === 'text') return `--${boundary}\r\n${disposition}\r\n\r\n`
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(part.type) ? part.type : 'application/octet-stream'
  const filename = headerText(part.filename.replace(/[/\\]/g, '_'))
  return `--${boundary}\r\n${disposition}; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`
}

/** A name inside quotes: line breaks and quotes escaped as browsers do, other controls dropped. */
function headerText(text: string): string {
  return (
    text
      .replace(/\r/g, '%0D')
      .replace(/\n/g, '%0A')
      .replace(/"/g, '%22')
      // eslint-disable-next-line no-control-regex -- control characters are what is removed
      .replace(/[\u0000-\u001f\u007f]/g, '')
  )
}
