import { aConnection, aMainWorld, valueOf } from './main-world'
import { asSectionId, selfItemId } from '../../src/shared/domain/ids'

export const basic = asSectionId('basic')
const offline = { kind: 'offline' } as const

/** A workspace that was read once and is offline since: edits stay here. */
export async function offlineWorld() {
  const world = aMainWorld()
  world.platform.items.set('basic', [
    { id: selfItemId, values: { name: 'Noor Haddad', bio: 'old' }, wire: {} },
  ])
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.settle()
  world.platform.failure = offline
  const state = () => {
    const { session } = world.workspaces
    if (!session) throw new Error('nothing is open')
    return session.engine.state()
  }
  const spool = () => [...([...world.folders.stored.values()][0]?.spool.keys() ?? [])]
  const edit = (bio: string) =>
    world.handlers.section.edit({ section: basic, item: selfItemId, patch: { bio } })
  return { ...world, state, spool, edit }
}
