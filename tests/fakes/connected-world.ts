import { aConnection, valueOf, type MainWorld } from './main-world'
import type { AppError } from '../../src/shared/errors'

export const locked: AppError = { kind: 'keychain', reason: 'locked' }

/** Connects with the token kept in the keychain, and lets everything be read. */
export async function connected(world: MainWorld, some: Parameters<typeof aConnection>[0] = {}) {
  const workspace = valueOf(await world.workspaces.connect(aConnection(some), false))
  await world.settle()
  return workspace
}
