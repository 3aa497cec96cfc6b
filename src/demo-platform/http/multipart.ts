export interface Part {
  readonly name: string
  readonly filename: string | undefined
  readonly contentType: string
  readonly content: Buffer
}

const HEADER_END = Buffer.from('\r\n\r\n')

/** Undefined when the body is not well-formed multipart with the boundary its type declares. */
export function parseMultipart(contentType: string, body: Buffer): readonly Part[] | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const name = boundary?.[1] ?? boundary?.[2]
  if (name === undefined) return undefined
  const separator = Buffer.from(`--${name}`)
  const parts: Part[] = []
  let at = body.indexOf(separator)
  while (at !== -1) {
    const start = at + separator.length
    if (body.toString('latin1', start, start + 2) === '--') return parts
    const next = body.indexOf(separator, start)
    const part = next === -1 ? undefined : parsePart(body.subarray(start + 2, next - 2))
    if (part === undefined) return undefined
    parts.push(part)
    at = next
  }
  return undefined
}

function parsePart(chunk: Buffer): Part | undefined {
  const end = chunk.indexOf(HEADER_END)
  if (end === -1) return undefined
  const headers = parseHeaders(chunk.toString('utf8', 0, end))
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) return undefined
  return {
    name,
    filename: parameter(disposition, 'filename'),
    contentType: headers.get('content-type') ?? 'text/plain',
    content: chunk.subarray(end + HEADER_END.length),
  }
}

function parseHeaders(block: string): ReadonlyMap<string, string> {
  const pairs = block.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  })
  return new Map(pairs)
}

export function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[;\\s])${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)
  if (found?.[1] !== undefined) return unescapeName(found[1])
  return new RegExp(`(?:^|[;\\s])${name}=([^;\\s"]+)`, 'i').exec(disposition)?.[1]
}

/** Browsers percent-encode only these three; older clients put a backslash before a quote. */
function unescapeName(text: string): string {
  return text
    .replaceAll('%22', '"')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replace(/\\(["\\])/g, '$1')
}
