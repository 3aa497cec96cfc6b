import type { Cell } from './cell'
import { hostsHit } from './row'
import type { Operation } from './operation'
import { neighbours } from './operations'

/** An edit elsewhere, made while the fault lasts: it has to get through. */
export async function startNeighbour(cell: Cell) {
  const { row, operation, world } = cell
  const isHostHit = hostsHit(row, operation).includes('dm') || row.stopsHost === true
  const of: Operation =
    isHostHit && operation.service === 'dm' ? neighbours.afar : neighbours.nearby(operation)
  const { act } = of
  if (act.kind !== 'write') throw new Error('a neighbour writes')
  await world.read(of.section)
  let id: string | undefined
  const isDone = () =>
    id !== undefined && !world.engine.state().outbox.some((mutation) => mutation.id === id)
  return {
    isDone,
    /** Without any host nobody gets through. */
    mayStand: row.at.kind === 'offline',
    grows: act.grows,
    isStored: () => act.isDone(world.platform.read()),
    edit: async () => {
      id = await world.edit(of.section, act.edit)
    },
    recover: () => world.pass(60 * 60_000, isDone),
  }
}
