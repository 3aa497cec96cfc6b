import type { AppError } from '../../src/shared/errors'
import type { Loopback } from './loopback'
import { hostsHit, type Row } from './row'
import { actOnRead } from './read-cell'
import type { Operation } from './operation'
import { openWorld, type World } from './world'
import { actOnWrite } from './write-cell'

/** What was seen when one operation met one fault. */
export interface Observed {
  /** How it went while the fault lasted. */
  readonly word: Word
  readonly error: AppError | undefined
  /** Rules that did not hold; none is right. */
  readonly broken: readonly string[]
  /** The operation's own requests while the fault lasted, and all of them. */
  readonly own: number
  readonly all: number
}

export type Word = 'fine' | 'less' | 'recovers' | 'waits' | 'asks' | 'token' | 'fails' | 'twice'

/** The parts of a cell, and the rules that were broken in it. */
export interface Cell {
  readonly row: Row
  readonly operation: Operation
  readonly loopback: Loopback
  readonly world: World
  readonly check: (rule: string, holds: boolean) => void
}

export async function runCell(
  row: Row,
  operation: Operation,
  loopback: Loopback,
): Promise<Observed> {
  const broken: string[] = []
  const world = await openWorld({ isTls: row.isTls === true })
  const check = (rule: string, holds: boolean) => {
    if (!holds) broken.push(rule)
  }
  const cell: Cell = { row, operation, loopback, world, check }
  try {
    const act = operation.act.kind === 'write' ? actOnWrite : actOnRead
    const seen = await act(cell)
    checkTokens(cell)
    check('no bug', !world.log.lines.some(({ cause }) => cause !== undefined))
    return { ...seen, broken }
  } catch (cause) {
    throw new Error(`${operation.title}, ${row.title}`, { cause })
  } finally {
    await world.close()
  }
}

export function beginFault({ row, operation, loopback, world }: Cell): void {
  const { at } = row
  if (at.kind === 'request') {
    const fault = at.fault(operation, loopback)
    for (const method of operation.methods) {
      const match = { method, path: operation.path }
      world.platform.faults.add({ match, times: row.times ?? Infinity, fault })
    }
    world.network.areUploadsStuck = row.sticksUploads === true
    return
  }
  for (const service of hostsHit(row, operation)) {
    const reach =
      at.kind === 'host' ? at.reach(loopback) : ({ kind: 'lookup', code: 'EAI_AGAIN' } as const)
    world.network.reach.set(`${service}.localhost`, reach)
  }
  world.network.cut()
}

export function endFault({ world }: Cell): void {
  world.platform.faults.clear()
  world.network.reach.clear()
}

/** The token goes to the platform's two addresses and nowhere else. */
function checkTokens({ world, loopback, check }: Cell): void {
  const own = [world.client.hostOf('lms'), world.client.hostOf('dm')]
  const isOwn = (host: string) => own.includes(host)
  check(
    'token to its own origins only',
    world.network.sent.every(({ origin, hasToken }) => !hasToken || isOwn(new URL(origin).host)),
  )
  const media = world.platform.requests.filter(({ path }) => path.startsWith('/media/'))
  check(
    'no token to a file host',
    media.every(({ headers }) => headers['authorization'] === undefined),
  )
  check('no token elsewhere', loopback.elsewhere.credentials.length === 0)
}

/** Requests that are the operation's own. */
export const ownRequests = ({ operation, world }: Cell) =>
  world.network.sent.filter(
    ({ method, path }) => operation.methods.includes(method) && operation.path.test(path),
  )
