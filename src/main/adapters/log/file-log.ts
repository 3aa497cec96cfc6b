import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock, Ids, Log } from '../../../shared/sync/ports'

const maxBytes = 512 * 1024

/**
 * A log of names, counts and durations in one file and its predecessor, mode 0600. Of an exception
 * only its type and where it was thrown are kept: messages may quote what somebody typed.
 */
export function createFileLog(path: string, { clock, ids }: { clock: Clock; ids: Ids }): Log {
  let writing: Promise<void> = Promise.resolve()
  const write = (entry: Readonly<Record<string, unknown>>): void => {
    const line = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...entry })}\n`
    writing = writing.then(() => append(path, line)).catch(() => undefined)
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
  }
}

async function append(path: string, line: string): Promise<void> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size === 0) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if (size > maxBytes) await rename(path, `${path}.1`)
  await appendFile(path, line, { mode: 0o600 })
}

function thrown(cause: unknown): Readonly<Record<string, unknown>> {
  if (!(cause instanceof Error)) return { thrown: typeof cause }
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { thrown: cause.name, stack: frames.slice(0, 12).map((line) => line.trim()) }
}
