import { setTimeout } from 'node:timers/promises'
import { runCell, type Observed } from './cell'
import { rows } from './faults'
import type { Row } from './row'
import { startLoopback, type Loopback } from './loopback'
import type { Operation } from './operation'
import { operations } from './operations'

export interface MatrixCell {
  readonly row: Row
  readonly operation: Operation
  readonly seen: Observed
}

const only = process.env['FAULT_ROWS']?.split(',')

/** All rows, unless some are named. */
export const chosen = rows.filter(({ id }) => only?.includes(id) !== false)

/** Every fault with every operation, each in a world of its own. */
export async function runMatrix(): Promise<readonly MatrixCell[]> {
  const loopback = await startLoopback()
  const pairs = chosen.flatMap((row) => operations.map((operation) => ({ row, operation })))
  const slow = pairs.filter(({ row }) => row.isSlow === true)
  const fast = pairs.filter(({ row }) => row.isSlow !== true)
  try {
    // One after the other: those that wait for time-outs must not be kept from their sockets.
    const waited = await inLanes(slow, 40, loopback)
    return [...waited, ...(await inLanes(fast, 3, loopback))]
  } finally {
    await loopback.close()
  }
}

/** Those that mostly wait begin one after the other, or none would get a word in. */
const apartMs = 40

/** Of the computer’s own time. */
const longestMs = 150_000

type Pair = Omit<MatrixCell, 'seen'>

async function inLanes(
  pairs: readonly Pair[],
  lanes: number,
  loopback: Loopback,
): Promise<readonly MatrixCell[]> {
  const done: MatrixCell[] = []
  const waiting = [...pairs]
  const lane = async (_: unknown, at: number) => {
    await setTimeout(at * apartMs)
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { row, operation } = next
      const tooLong = setTimeout(longestMs, undefined, { ref: false })
      const seen = await Promise.race([runCell(row, operation, loopback), tooLong])
      if (!seen) throw new Error(`never ends: ${operation.title}, ${row.title}`)
      done.push({ row, operation, seen })
    }
  }
  await Promise.all(Array.from({ length: lanes }).map(lane))
  return done
}
