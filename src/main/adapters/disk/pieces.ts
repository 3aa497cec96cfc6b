import { open, type FileHandle } from 'node:fs/promises'

const pieceBytes = 256 * 1024

/**
 * One buffer is used, one is read ahead into, two have just been given back. New memory for each
 * piece costs several times what reading and sending it does.
 */
const bufferCount = 4

/** Reading has failed, as opposed to what is done with what was read. */
export class SourceError extends Error {}

/** A file's content in pieces; each is good until the next one is asked for. */
export async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    yield* piecesOf(handle)
  } finally {
    await handle.close()
  }
}

/** The same of an open file. All but the last are of one size; the next is read while one is used. */
export async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const buffers: Buffer[] = []
  let position = 0
  const readAhead = (turn: number): Promise<Uint8Array> => {
    const buffer = (buffers[turn % bufferCount] ??= Buffer.allocUnsafe(pieceBytes))
    const reading = fill(buffer, handle, position)
    // Its failure is told when it is that piece's turn.
    reading.catch(() => undefined)
    return reading
  }
  let reading = readAhead(0)
  try {
    for (let turn = 1; ; turn += 1) {
      const piece = await reading
      if (piece.length === 0) return
      position += piece.length
      reading = readAhead(turn)
      yield piece
    }
  } finally {
    // Whoever stops early closes the file.
    await reading.catch(() => undefined)
  }
}

/** Short only at the end of the file. */
async function fill(buffer: Buffer, handle: FileHandle, position: number): Promise<Uint8Array> {
  try {
    for (let filled = 0; ;) {
      const { bytesRead } = await handle.read(
        buffer,
        filled,
        pieceBytes - filled,
        position + filled,
      )
      filled += bytesRead
      if (bytesRead === 0 || filled === pieceBytes) return buffer.subarray(0, filled)
    }
  } catch (cause) {
    throw new SourceError('the file could not be read', { cause })
  }
}
