import { selfItemId } from '../../src/shared/domain/ids'
import { memorySettings } from '../../src/shared/domain/sections/memory-settings'
import { toggles } from '../../src/shared/domain/toggles'
import type { Values } from '../../src/shared/domain/values'
import { toggleView, type ToggleView } from '../../src/shared/sync/toggle-view'
import { aConnection, aMainWorld, valueOf, type MainWorld } from './main-world'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const learn = { toggle: 'memory-learn' } as const
export const forAnHour = { ...learn, length: 'hour' } as const
const [descriptor] = toggles
const section = memorySettings.id

/** Connected, with everything read, and learning as given. */
export async function connected(values: Values = { learn: true, use: true }): Promise<MainWorld> {
  const world = aMainWorld()
  setThere(world, values)
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.handlers.section.refresh({ section })
  await world.settle()
  world.platform.writes.length = 0
  return world
}

/** Connected, and learning paused for an hour by an edit the platform has. */
export async function paused(): Promise<MainWorld> {
  const world = await connected()
  valueOf(await world.handlers.toggle.pause(forAnHour))
  await world.settle()
  return world
}

export const setThere = ({ platform }: MainWorld, values: Values): void => {
  platform.items.set(section, [{ id: selfItemId, values, wire: {} }])
}
export const there = ({ platform }: MainWorld) => platform.items.get(section)?.[0]?.values
export const writes = ({ platform }: MainWorld) => platform.writes.map(({ values }) => values)

export async function shown({ handlers }: MainWorld): Promise<ToggleView> {
  if (!descriptor) throw new Error('no switch')
  return toggleView(valueOf(await handlers.section.view({ section })), descriptor)
}

/** Without the app's doing anything more: what is not on the disk is gone. */
export async function killedAndStarted(
  world: MainWorld,
  meanwhile: () => void = () => undefined,
): Promise<MainWorld> {
  world.workspaces.session?.engine.stop()
  world.folders.opened.clear()
  meanwhile()
  const next = { ...world, ...world.restart() }
  await next.workspaces.openLast()
  next.wake('network')
  await next.settle()
  return next
}
