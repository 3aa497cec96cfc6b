import { valueOf, workspaceAt } from './world.mjs'

/** Nobody answers here, and refuses at once. */
export const nowhere = {
  origin: 'http://127.0.0.1:9',
  org: 'bench',
  username: 'bench',
  token: 'none',
}

const day = 86_400_000

export function memoryOf(index, text = '') {
  const id = String(5000 + index)
  const createdAt = new Date(1_700_000_000_000 - index * day * 0.01).toISOString()
  const content = `Memory number ${index} is about a station of the long series, and is of common length. ${text}`
  const agent = 'a3d5b6c0-41f7-4f0e-9a77-0c2f5be1d7e4'
  const values = { content, agent, category: 'preferences', isAutomatic: true, createdAt }
  const wire = {
    id: Number(id),
    content,
    mentor: agent,
    category: 'preferences',
    created_at: createdAt,
  }
  return { id: `mentor/${agent}/${id}`, values, labels: { agent: 'Water models tutor' }, wire }
}

const records = (count, text) => Array.from({ length: count }, (_, index) => memoryOf(index, text))

/** The section as a read would give it, its texts in the form in which parsing leaves them. */
export const memoriesRead = (count, text) =>
  JSON.parse(JSON.stringify({ items: records(count, text), facts: { agents: [] } }))

/** Leaves a closed workspace in `root`, every section read, `count` memories among them. */
export async function makeWorkspace(parts, { root, target, count }) {
  const { systemClock: clock, uniqueIds: ids } = parts
  const files = valueOf(
    await parts.createWorkspaceFolders(root, { clock, ids }).open(workspaceAt(parts, target).id),
  )
  for (const section of parts.registry.all) {
    const pulled = section.id === 'memory' ? memoriesRead(count) : otherRead(section)
    const snapshot = { section: section.id, ...pulled, readAt: clock.now() }
    valueOf(await files.store.saveSnapshot(snapshot))
  }
  await files.close()
}

function otherRead(section) {
  const values = section.id === 'basic' ? { name: 'Noor', bio: 'Measures water.' } : {}
  return {
    items: section.cardinality === 'one' ? [{ id: 'self', values, wire: {} }] : [],
    facts: {},
  }
}
