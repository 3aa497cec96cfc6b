import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

/** Enough for any list the platform has; a larger answer is an attack or a mistake. */
export const maxAnswerBytes = 16 * 1024 * 1024

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: limited(promisify(gunzip)),
  'x-gzip': limited(promisify(gunzip)),
  deflate: limited(promisify(inflate)),
  br: limited(promisify(brotliDecompress)),
}

type Decompress = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number },
) => Promise<Uint8Array>

/** The limit holds for what comes out, so that a small bomb cannot fill the memory. */
function limited(decompress: Decompress) {
  return (bytes: Uint8Array) => decompress(bytes, { maxOutputLength: maxAnswerBytes })
}

/** The answer's body as text: decompressed, UTF-8, without a byte order mark. */
export async function answerText(bytes: Uint8Array, encoding: string): Promise<string> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  let decoded = bytes
  // Encodings are listed in the order in which they were applied.
  for (const name of names.reverse()) {
    const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined
    if (decode && decoded.length > 0) decoded = await decode(decoded)
  }
  return new TextDecoder().decode(decoded)
}
