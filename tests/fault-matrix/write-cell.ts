import type { AppError } from '../../src/shared/errors'
import { replay } from '../../src/shared/sync/replay'
import type { Mutation } from '../../src/shared/sync/state'
import { beginFault, endFault, ownRequests, type Cell, type Observed, type Word } from './cell'
import { startNeighbour } from './neighbour'
import { checkSentence } from './sentence'
import { recordCount } from './world'

const lastsMs = 3 * 60_000
const slowLastsMs = 75_000
/** An hour is the longest anybody waits for a server. */
const longMs = 2 * 60 * 60_000
const mostWrites = 10
const mostRequests = 260

/** Edits while the fault lasts, and sees what becomes of it afterwards. */
export async function actOnWrite(cell: Cell): Promise<Omit<Observed, 'broken'>> {
  const { world, operation, row, check } = cell
  const { act, section } = operation
  if (act.kind !== 'write') throw new Error('no write')
  const neighbour = await startNeighbour(cell)
  check('reads before', await world.read(section))
  const records = recordCount(world.platform.read())
  const from = { all: world.network.sent.length, failures: world.failures.length }
  beginFault(cell)
  if (row.at.kind === 'offline') await hint(cell, false)
  const id = await world.edit(section, act.edit)
  await neighbour.edit()
  const find = () => world.engine.state().outbox.find((mutation) => mutation.id === id)
  const rests = () => {
    const { kind = 'gone' } = find()?.state ?? {}
    return ['gone', 'blocked', 'conflict'].includes(kind) && neighbour.isDone()
  }
  await world.pass(row.isSlow === true ? slowLastsMs : lastsMs, rests)
  const kept = find()
  const failures = world.failures.slice(from.failures)
  const error = failures.find((failure) => failure.section === section)?.error
  const word = wordFor(cell, kept, error)
  const seen = { own: ownRequests(cell).length, all: world.network.sent.length - from.all }
  check('the neighbour goes on', neighbour.mayStand || neighbour.isDone())
  check('few writes', seen.own <= mostWrites)
  check('few requests', seen.all <= mostRequests)
  checkKept(cell, kept)
  if (word !== 'fine' && error) checkSentence(cell, error, 'send')
  const told = toldOf(kept)
  if (told) checkSentence(cell, told, 'send')
  check('whoever is asked is told why', word !== 'asks' || told !== undefined)

  endFault(cell)
  await recover(cell, kept)
  await world.pass(longMs, () => find() === undefined && neighbour.isDone())
  // A request that was carried out very late shows only now.
  await world.pass(2 * 60_000, () => false)
  const state = world.platform.read()
  const grown = recordCount(state) - records - act.grows - neighbour.grows
  check('goes through in the end', find() === undefined && act.isDone(state))
  check('the neighbour is stored', neighbour.isStored())
  check('nothing twice', grown === 0 || (row.mayDouble === true && grown === 1))
  if (word !== 'asks') checkGaps(cell)
  return { word: grown > 0 ? 'twice' : word, error: error ?? told, ...seen }
}

function wordFor(
  { world: { engine }, operation }: Cell,
  mutation: Mutation | undefined,
  error: AppError | undefined,
): Word {
  if (!mutation) {
    return error ? 'recovers' : 'fine'
  }
  if (mutation.state.kind === 'blocked' || mutation.state.kind === 'conflict') return 'asks'
  return engine.state().access[operation.service] === 'refused' ? 'token' : 'waits'
}

const toldOf = (mutation: Mutation | undefined): AppError | undefined =>
  mutation?.state.kind === 'blocked' || mutation?.state.kind === 'waiting'
    ? mutation.state.error
    : undefined

/** What was typed stands in the journal for as long as it is not on the platform. */
function checkKept({ world, operation: { act }, check }: Cell, kept: Mutation | undefined): void {
  if (act.kind !== 'write') return
  const durable = replay(world.journal).outbox.find(({ id }) => id === kept?.id)
  check('nothing typed is lost', kept !== undefined || act.isDone(world.platform.read()))
  check('it is in the journal', JSON.stringify(durable?.patch) === JSON.stringify(kept?.patch))
  if (!kept || act.edit.op === 'file' || act.edit.op === 'delete') return
  const typed = act.edit.op === 'create' ? act.edit.values : act.edit.patch
  const isWhole = Object.entries(typed).every(([key, value]) => kept.patch[key] === value)
  check('what was typed is whole', isWhole)
}

/** The person's part, where one is needed: a new token, or another try. */
async function recover(cell: Cell, kept: Mutation | undefined): Promise<void> {
  const { world, row } = cell
  if (row.at.kind === 'offline') await hint(cell, true)
  if (world.engine.state().access[cell.operation.service] === 'refused') {
    await world.engine.dispatch({ type: 'credential-renewed' })
    world.engine.wake()
  }
  if (kept?.state.kind === 'blocked') await world.engine.dispatch({ type: 'retried', id: kept.id })
}

async function hint({ world }: Cell, isOnline: boolean): Promise<void> {
  await world.engine.dispatch({ type: 'connectivity', isOnline, at: world.clock.now() })
  if (isOnline) world.engine.wake()
}

/** A create that may have been carried out is looked for first, for half a minute. */
function checkGaps(cell: Cell): void {
  const { operation, row, check } = cell
  const { act } = operation
  if (act.kind !== 'write' || act.edit.op !== 'create' || row.isAmbiguous !== true) return
  const times = ownRequests(cell).map(({ at }) => at)
  const isSoon = times.some((at, index) => at - (times[index - 1] ?? -Infinity) < 30_000)
  check('no blind second create', !isSoon)
}
