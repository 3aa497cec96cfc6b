import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoriesRead } from '../engine/made-workspace.mjs'
import { valueOf } from '../engine/world.mjs'
import { bundleParts } from '../lib/bundle-parts.mjs'
import { repeated } from '../lib/figure.mjs'
import { appPage } from '../lib/page-scripts.mjs'
import { slopeOf } from '../lib/statistics.mjs'
import { startOnce } from './start.mjs'

const sizes = [10, 100, 1_000, 10_000]

/**
 * How the time of a cold start grows with the number of memories on this computer. The platform is
 * out of reach, or its own memories would take their place.
 */
export async function measureStartGrowth({ session, pairs, onPair }) {
  const { start, relay } = await session.interruptibleApp()
  await relay.cut()
  const parts = await import(
    await bundleParts(['engine', 'parts.mjs'], join(session.folder, 'start-growth-code'))
  )
  const starts = []
  for (const count of sizes) starts.push(await withMemories(parts, { start, count }))
  let late = 0
  const rounds = []
  for (let index = 0; index <= pairs; index += 1) {
    const times = []
    for (const sized of starts)
      times.push((await startOnce({ ...sized, page: appPage }, () => (late += 1))).ms)
    if (index > 0) rounds.push(times)
    onPair(index, pairs)
  }
  return [
    repeated({
      name: 'growth: cold start',
      unit: '',
      values: rounds.map((times) => slopeOf(sizes, times)),
      columns: Object.fromEntries(
        sizes.map((size, place) => [`${size}: ms`, rounds.map((times) => times[place])]),
      ),
      limits: { target: 0.1, never: 0.25 },
      detail: { watchedLate: late },
    }),
  ]
}

/** A copy of the data folder, with so many memories in it. @returns how to start the app on it. */
async function withMemories({ createWorkspaceFolders, systemClock, uniqueIds }, { start, count }) {
  const userData = `${start.userData}-${count}`
  cpSync(start.userData, userData, { recursive: true })
  const root = join(userData, 'workspaces')
  const [id] = readdirSync(root)
  const ports = { clock: systemClock, ids: uniqueIds }
  const { store, close } = valueOf(await createWorkspaceFolders(root, ports).open(id))
  const snapshot = { section: 'memory', ...memoriesRead(count), readAt: systemClock.now() }
  valueOf(await store.saveSnapshot(snapshot))
  await close()
  return { ...start, userData }
}
