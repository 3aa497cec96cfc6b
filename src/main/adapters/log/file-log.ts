import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock, Ids, Log } from '../../../shared/sync/ports'

const maxBytes = 512 * 1024
/** What is dropped when more comes than the disk takes; a flood must not fill the memory. */
const maxWaitingLines = 2_000

export interface FileLog extends Log {
  /** Resolves when everything told so far is written, or could not be. */
  readonly settled: () => Promise<void>
}

/**
 * A log of names, counts and durations in one file and its predecessor, mode 0600. Of an exception
 * only its type and where it was thrown are kept: messages may quote what somebody typed.
 */
export function createFileLog(path: string, { clock, ids }: { clock: Clock; ids: Ids }): FileLog {
  let waiting: string[] = []
  let writing: Promise<void> | undefined

  const writeWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lines = waiting.join('')
      waiting = []
      await append(path, lines).catch(() => undefined)
    }
    writing = undefined
  }

  const write = (entry: Readonly<Record<string, unknown>>): void => {
    if (waiting.length >= maxWaitingLines) return
    waiting.push(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...entry })}\n`)
    writing ??= writeWaiting()
  }

  return {
    info: (event, facts) => {
      write({ event, ...facts })
    },
    error: (event, cause) => {
      const reference = ids().slice(-8)
      write({ event, reference, ...thrown(cause) })
      return reference
    },
    settled: async () => {
      await writing
    },
  }
}

async function append(path: string, lines: string): Promise<void> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size === 0) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if (size > maxBytes) await rename(path, `${path}.1`)
  await appendFile(path, lines, { mode: 0o600 })
}

function thrown(cause: unknown): Readonly<Record<string, unknown>> {
  if (!(cause instanceof Error)) return { thrown: typeof cause }
  return { thrown: cause.name, stack: framesOf(cause) }
}

/** The stack begins with the message, which may itself hold lines that look like frames. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message)
  if (start < 0) return []
  const lines = stack.slice(start + message.length).split('\n')
  return lines
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12)
}
