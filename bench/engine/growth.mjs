import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeWorkspace, memoriesRead, memoryOf, nowhere } from './made-workspace.mjs'
import { createWorld, valueOf } from './world.mjs'

/** One record in so many has an edit that waits while the section is merged. */
const editedShare = 10

/**
 * Makes a workspace of each size once.
 * @returns `{ round }`: measures everything at each size, and answers ms by what and by size.
 */
export async function openGrowth(parts, { root, sizes }) {
  const worlds = []
  for (const count of sizes)
    worlds.push(await SizedWorld.make(parts, join(root, `${count}`), count))
  return {
    round: async () => {
      const times = {}
      for (const world of worlds) {
        for (const [name, { repeat, work }] of Object.entries(world.works())) {
          times[name] ??= []
          times[name].push(await medianMs(repeat, work))
        }
      }
      return times
    },
  }
}

/** `work` answers how long the part of it took that counts. */
async function medianMs(repeat, work) {
  const times = []
  for (let index = 0; index < repeat; index += 1) times.push(await work())
  return times.sort((a, b) => a - b)[Math.floor(repeat / 2)]
}

async function timed(work) {
  const startedAt = performance.now()
  const value = await work()
  return { ms: performance.now() - startedAt, value }
}

class SizedWorld {
  #parts
  #root
  #count
  #world
  #typed = 0

  static async make(parts, root, count) {
    const made = new SizedWorld()
    made.#parts = parts
    made.#root = root
    made.#count = count
    rmSync(root, { recursive: true, force: true })
    await makeWorkspace(parts, { root, target: nowhere, count })
    made.#world = made.#newWorld()
    await made.#world.workspaces.openLast()
    return made
  }

  works() {
    return {
      edit: { repeat: 21, work: () => this.#edit() },
      start: { repeat: 5, work: () => this.#start() },
      open: { repeat: 11, work: () => this.#open() },
      merge: { repeat: 5, work: () => this.#merge() },
      compact: { repeat: 3, work: () => this.#compact() },
    }
  }

  #newWorld() {
    return createWorld(this.#parts, { root: this.#root, target: nowhere, section: 'memory' })
  }

  /** From the question of the page to the answer that it is on the disk, in the middle of the section. */
  async #edit() {
    this.#typed += 1
    const { id } = memoryOf(Math.floor(this.#count / 2))
    const patch = { content: `What is remembered now was typed ${this.#typed} times in a row` }
    const question = { section: 'memory', item: id, patch }
    const { ms, value } = await timed(() => this.#world.handlers.section.edit(question))
    valueOf(value)
    // What is told to the page afterwards is not to be in the next one.
    await new Promise((resolve) => setTimeout(resolve, 2))
    return ms
  }

  /** The workspace is closed for it, and opened by itself: restored state and the first answer. */
  async #start() {
    await this.#world.workspaces.close()
    this.#world = this.#newWorld()
    const { ms, value } = await timed(async () => {
      await this.#world.workspaces.openLast()
      return this.#world.handlers.app.start()
    })
    valueOf(value)
    return ms
  }

  async #open() {
    const { section } = this.#world.handlers
    const { ms, value } = await timed(async () => {
      valueOf(await section.view({ section: 'memory' }))
      return section.page({ section: 'memory', offset: 0, limit: 100 })
    })
    if (valueOf(value).total !== this.#count) throw new Error('not all records are there')
    return ms
  }

  /** A read in which every record has changed, over edits of some: into the copy, and field by field. */
  async #merge() {
    const { step, emptyState, pulledEvent, mergeFields, registry } = this.#parts
    const section = registry.all.find(({ id }) => id === 'memory')
    const state = this.#edited(emptyState(1))
    const pulled = memoriesRead(this.#count, 'Changed elsewhere.')
    const { ms } = await timed(() => {
      const event = pulledEvent(section, state, { pulled, at: 2 })
      const [next] = step(state, { ...event, confirmations: 0 })
      const items = new Map(next.snapshots.get(section.id).items.map((item) => [item.id, item]))
      for (const { item, base, patch: local } of next.outbox)
        mergeFields(section, { base, local, remote: items.get(item).values })
    })
    return ms
  }

  #edited(state) {
    const { items, facts } = memoriesRead(this.#count)
    const outbox = items
      .filter((_, index) => index % editedShare === 0)
      .map((item, index) => ({
        ...{ id: `m-${index}`, section: 'memory', item: item.id, op: 'update', title: 'A memory' },
        ...{ patch: { content: 'Edited here' }, base: { content: item.values.content } },
        ...{ editedAt: 1, attempts: 0, state: { kind: 'queued' } },
      }))
    const snapshot = { section: 'memory', items, facts, readAt: 1 }
    return { ...state, outbox, snapshots: new Map([['memory', snapshot]]) }
  }

  /** Half of what the journal holds is dead; erasing makes it be written anew at once. */
  async #compact() {
    const path = join(this.#root, 'journal-to-compact')
    rmSync(path, { force: true })
    const { journal } = valueOf(await this.#parts.openJournal(path, 1))
    const { outbox } = this.#edited(this.#parts.emptyState(1))
    const live = Array.from({ length: this.#count }, (_, index) => ({
      type: 'mutation',
      mutation: { ...outbox[0], id: `m-${index}` },
    }))
    valueOf(await journal.append([...live, ...live]))
    const erase = { type: 'history-gone', ids: ['none'], isErased: true }
    const { ms, value } = await timed(() => journal.append([erase]))
    valueOf(value)
    await journal.close()
    return ms
  }
}
