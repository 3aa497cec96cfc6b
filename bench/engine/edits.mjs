import { platformWith, valueOf, workspaceAt } from './world.mjs'

const editCount = 500

/** When they were made: long enough ago that nothing is still held back for Undo. */
const madeAt = (now) => now - 3_600_000

/**
 * Leaves a closed workspace in `root` as it is after a day without network: every section read, and
 * five hundred edits waiting. With `pdf`, a path, a résumé waits before them.
 */
export async function prepareQueue(parts, { root, target, pdf }) {
  const workspace = workspaceAt(parts, target)
  const folders = parts.createWorkspaceFolders(root, {
    clock: parts.systemClock,
    ids: parts.uniqueIds,
  })
  const files = valueOf(await folders.open(workspace.id))
  const credential = { first: new parts.Credential(target.token) }
  const connection = await platformWith(parts)(workspace, credential, files.spool)
  const queue = new Queue(parts, files)
  for (const section of parts.registry.all) await queue.read(section, connection.api)
  if (pdf) await queue.addResume(pdf)
  await queue.addMix()
  await connection.close()
  await files.close()
  return { edits: queue.size }
}

class Queue {
  #parts
  #files
  #state
  #now
  #made = 0
  #signal = new AbortController().signal

  constructor(parts, files) {
    this.#parts = parts
    this.#files = files
    this.#now = parts.systemClock.now()
    this.#state = parts.emptyState(this.#now)
  }

  get size() {
    return this.#state.outbox.length
  }

  async read(section, api) {
    const pulled = valueOf(await api.pull(section, this.#signal))
    const event = this.#parts.pulledEvent(section, this.#state, { pulled, at: this.#now })
    await this.#apply({ ...event, confirmations: 0 })
  }

  async addResume(pdf) {
    const limits = { maxBytes: 25 * 1024 * 1024, accept: 'pdf' }
    const { spoolId, name, size, type, sha256 } = valueOf(
      await this.#files.spool.addFile(pdf, limits),
    )
    await this.#update('resume', 'self', { file: { spoolId, name, size, type, sha256 } })
  }

  /** Over the sections as somebody's busy day would be: most of it memories and entries, all kinds of edit. */
  async addMix() {
    const bio = 'Measures water, and what measuring it costs.'
    await this.#update('basic', 'self', { bio, title: 'Hydrologist' })
    await this.#update('social', 'self', { linkedin: 'noor-haddad-measured' })
    const schools = await this.#createAll('institutions', 12, (name) => ({ name }))
    const firms = await this.#createAll('companies', 12, (name) => ({ name }))
    const started = { startDate: '2020-01-01' }
    await this.#createAll('education', 24, (degree, index) => ({
      ...started,
      degree,
      institution: schools[index % schools.length],
    }))
    await this.#createAll('experience', 24, (title, index) => ({
      ...started,
      title,
      company: firms[index % firms.length],
    }))
    await this.#createAll('memory', 40, (text) => ({ content: `Remember to measure: ${text}` }))
    await this.#each('education', 85, { updates: 65, patch: (text) => ({ description: text }) })
    await this.#each('experience', 85, { updates: 65, patch: (text) => ({ description: text }) })
    const left = editCount - this.#state.outbox.filter(({ section }) => section !== 'resume').length
    await this.#each('memory', left, {
      updates: left - 40,
      patch: (text) => ({ content: `Now differently remembered: ${text}` }),
    })
  }

  async #createAll(id, count, valuesOf) {
    const items = []
    for (let index = 0; index < count; index += 1) {
      const values = valuesOf(this.#text(), index)
      const section = this.#section(id)
      const made = this.#parts.createOf(section, this.#state, values, this.#moment())
      items.push((await this.#edit(made)).item)
    }
    return items
  }

  /** Changes the first `updates` records of a section that can be changed, and deletes the rest. */
  async #each(id, count, { updates, patch }) {
    const items = this.#state.snapshots
      .get(id)
      .items.filter(({ can }) => can?.update !== false)
      .slice(0, count)
    if (items.length < count) throw new Error(`only ${items.length} records in ${id}`)
    for (const [index, { id: item }] of items.entries()) {
      if (index < updates) await this.#update(id, item, patch(this.#text()))
      else
        await this.#edit(this.#parts.deleteOf(this.#section(id), this.#state, item, this.#moment()))
    }
  }

  #update(id, item, patch) {
    const edit = { item, patch }
    return this.#edit(this.#parts.updateOf(this.#section(id), this.#state, edit, this.#moment()))
  }

  async #edit(made) {
    const mutation = valueOf(made)
    await this.#apply({ type: 'edited', mutation })
    return mutation
  }

  async #apply(event) {
    const [next, effects] = this.#parts.step(this.#state, event)
    for (const effect of effects) {
      if (effect.type === 'persist') valueOf(await this.#files.store.append(effect.records))
      if (effect.type === 'save-snapshot')
        valueOf(await this.#files.store.saveSnapshot(effect.snapshot))
    }
    this.#state = next
  }

  #section(id) {
    return this.#parts.registry.all.find((section) => section.id === id)
  }

  #moment() {
    return { now: madeAt(this.#now) + this.#made, unique: this.#parts.uniqueIds() }
  }

  #text() {
    this.#made += 1
    return `Station ${this.#made} of the long series`
  }
}
