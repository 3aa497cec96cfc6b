import { crc32c } from './crc32c'

const headerBytes = 8
const maxRecordBytes = 16 * 1024 * 1024

/**
 * One journal record on disk: length and CRC-32C of the body, both 32 bits little endian, then JSON.
 * `undefined` for a record that reading would take for damage because of its size.
 */
export function encodeFrame(record: unknown): Buffer | undefined {
  const json = JSON.stringify(record)
  const length = Buffer.byteLength(json, 'utf8')
  if (length > maxRecordBytes) return undefined
  const frame = Buffer.allocUnsafe(headerBytes + length)
  frame.write(json, headerBytes, 'utf8')
  frame.writeUInt32LE(length, 0)
  frame.writeUInt32LE(crc32c(frame.subarray(headerBytes)), 4)
  return frame
}

export interface Decoded {
  readonly records: readonly unknown[]
  /** Bytes up to the end of the last good record; what follows is damaged. */
  readonly goodBytes: number
}

/** Reads records up to the first that is torn or damaged. */
export function decodeFrames(bytes: Buffer): Decoded {
  const records: unknown[] = []
  let offset = 0
  while (offset + headerBytes <= bytes.length) {
    const length = bytes.readUInt32LE(offset)
    const end = offset + headerBytes + length
    if (length === 0 || length > maxRecordBytes || end > bytes.length) break
    const body = bytes.subarray(offset + headerBytes, end)
    if (crc32c(body) !== bytes.readUInt32LE(offset + 4)) break
    const parsed = parseJson(body)
    if (parsed === undefined) break
    records.push(parsed)
    offset = end
  }
  return { records, goodBytes: offset }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
