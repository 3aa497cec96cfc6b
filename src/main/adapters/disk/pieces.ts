import { open, type FileHandle } from 'node:fs/promises'

const pieceBytes = 1024 * 1024

/** Reading has failed, as opposed to what is done with what was read. */
export class SourceError extends Error {}

/** A file's content in large pieces. */
export async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    yield* piecesOf(handle)
  } finally {
    await handle.close()
  }
}

/**
 * A fresh buffer for each piece: the HTTP client may still hold the last one. The next piece is read
 * while this one is used.
 */
export async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  let reading = readAhead(handle, 0)
  try {
    for (let position = 0; ;) {
      const piece = await reading
      if (piece.length === 0) return
      position += piece.length
      reading = readAhead(handle, position)
      yield piece
    }
  } finally {
    // Whoever stops early closes the file.
    await reading.catch(() => undefined)
  }
}

function readAhead(handle: FileHandle, position: number): Promise<Uint8Array> {
  const reading = readAt(handle, position)
  // Its failure is told when it is that piece's turn.
  reading.catch(() => undefined)
  return reading
}

async function readAt(handle: FileHandle, position: number): Promise<Uint8Array> {
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes)
    const { bytesRead } = await handle.read(buffer, 0, pieceBytes, position)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw new SourceError('the file could not be read', { cause })
  }
}
