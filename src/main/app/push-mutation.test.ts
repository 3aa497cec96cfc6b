import { describe, expect, it } from 'vitest'
import { ManualClock, MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { asItemId, asMutationId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'
import { memory } from '../../shared/domain/sections/memory'
import { registry } from '../../shared/domain/sections/registry'
import type { Values } from '../../shared/domain/values'
import type { AppError } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { SectionApi } from '../../shared/sync/ports'
import { emptyState, type Mutation, type ServerItem } from '../../shared/sync/state'
import { sectionView } from '../../shared/sync/view'
import { createSyncEngine } from './sync-engine'

const item = asItemId('311')

/** A platform with one record that learns from the first refused delete, as the adapter does. */
function aRefusingPlatform(error: AppError) {
  let canDelete = true
  let reads = 0
  const record = (): ServerItem => ({
    id: item,
    values: { degree: 'MSc' },
    wire: {},
    ...(!canDelete && { can: { delete: false } }),
  })
  const api: SectionApi = {
    pull: () => {
      reads += 1
      return Promise.resolve(ok({ items: [record()], facts: {} }))
    },
    create: () => Promise.resolve(ok(undefined)),
    update: () => Promise.resolve(ok(undefined)),
    remove: () => {
      canDelete = false
      return Promise.resolve(err(error))
    },
  }
  return { api, reads: () => reads }
}

const aDelete: Mutation = {
  id: asMutationId('m1'),
  section: education.id,
  item,
  op: 'delete',
  patch: {},
  base: {},
  title: 'MSc',
  editedAt: 1,
  attempts: 0,
  state: { kind: 'queued' },
}

function anEngineOn(api: SectionApi) {
  const clock = new ManualClock()
  return createSyncEngine(
    emptyState(clock.now()),
    {
      registry,
      clock,
      random: () => 0.5,
      log: new MemoryLog(),
      api: () => Promise.resolve(ok(api)),
      store: {
        append: () => Promise.resolve(ok(undefined)),
        saveSnapshot: () => Promise.resolve(ok(undefined)),
      },
    },
    { onSection: () => undefined, onStatus: () => undefined },
  )
}

async function deleteRefusedWith(error: AppError) {
  const platform = aRefusingPlatform(error)
  const engine = anEngineOn(platform.api)
  await engine.refresh(education.id)
  await engine.dispatch({ type: 'edited', mutation: aDelete })
  await turns(200)
  engine.stop()
  return { reads: platform.reads(), view: sectionView(education, engine.state()) }
}

it('D16: a delete that is not allowed takes the offer away at once, and says why', async () => {
  const { view } = await deleteRefusedWith({ kind: 'forbidden', status: 405 })
  const [shown] = view.items
  expect(shown?.can.delete).toBe(false)
  expect(shown?.error).toMatchObject({ kind: 'forbidden', status: 405 })
})

it('a refusal that teaches nothing is not followed by a read', async () => {
  const { reads } = await deleteRefusedWith({ kind: 'invalid', fields: {} })
  expect(reads).toBe(2)
})

describe('a list of which not all could be read', () => {
  const unread: AppError = { kind: 'forbidden', status: 403 }

  /** A platform that shows its records once, and from then on none of them. */
  async function afterEditing(mutation: Mutation) {
    const writes: string[] = []
    let reads = 0
    const engine = anEngineOn({
      pull: () => {
        reads += 1
        const items = [{ id: item, values: { degree: 'MSc' }, wire: {} }]
        return Promise.resolve(
          ok(reads === 1 ? { items, facts: {} } : { items: [], facts: {}, unread }),
        )
      },
      create: () => Promise.resolve(ok(undefined)),
      update: () => Promise.resolve(ok(undefined)),
      remove: () => {
        writes.push('delete')
        return Promise.resolve(ok(undefined))
      },
    })
    await engine.refresh(education.id)
    await engine.dispatch({ type: 'edited', mutation })
    await turns(200)
    engine.stop()
    return { outbox: engine.state().outbox, writes }
  }

  it('does not tell that a record was deleted: the delete waits for the person', async () => {
    const { outbox, writes } = await afterEditing(aDelete)
    expect(writes).toEqual([])
    expect(outbox).toMatchObject([{ op: 'delete', state: { kind: 'blocked', error: unread } }])
  })
})

it('what was kept of several fields is put back by Undo of the rest', async () => {
  const kept: ServerItem = { id: item, values: { degree: 'MSc', grade: 'old' }, wire: {} }
  const engine = anEngineOn({
    pull: () => Promise.resolve(ok({ items: [kept], facts: {} })),
    create: () => Promise.resolve(ok(undefined)),
    update: () => Promise.resolve(ok({ ...kept, values: { degree: 'PhD', grade: 'old' } })),
    remove: () => Promise.resolve(ok(undefined)),
  })
  await engine.refresh(education.id)
  const patch = { degree: 'PhD', grade: 'new' }
  const base = { degree: 'MSc', grade: 'old' }
  await engine.dispatch({ type: 'edited', mutation: { ...aDelete, op: 'update', patch, base } })
  await turns(200)
  engine.stop()
  expect(engine.state().outbox).toMatchObject([
    { state: { kind: 'blocked', error: { kind: 'not-stored' } }, isUncertain: true },
  ])
})

describe('a new memory whose text the platform says it has', () => {
  const words = 'Wants answers with their sources.'
  const duplicate: AppError = { kind: 'duplicate', status: 409 }
  const aMemory: Mutation = {
    ...aDelete,
    section: memory.id,
    item: asItemId('local:7'),
    op: 'create',
    patch: { content: words },
    title: words,
  }

  /** A platform on which the person's other computer has made one memory already. */
  async function addedBeside(values: Values, whileSending?: Mutation) {
    const deleted: string[] = []
    const engine = anEngineOn({
      pull: () => Promise.resolve(ok({ items: [{ id: item, values, wire: {} }], facts: {} })),
      create: async () => {
        if (whileSending) await engine.dispatch({ type: 'edited', mutation: whileSending })
        return err(duplicate)
      },
      update: () => Promise.resolve(ok(undefined)),
      remove: (_, { id }) => {
        deleted.push(id)
        return Promise.resolve(ok(undefined))
      },
    })
    await engine.refresh(memory.id)
    await engine.dispatch({ type: 'edited', mutation: aMemory })
    await turns(200)
    engine.stop()
    return { outbox: engine.state().outbox, view: sectionView(memory, engine.state()), deleted }
  }

  it('is that memory: nothing is left to do', async () => {
    const { outbox, view } = await addedBeside({ content: words })
    expect(outbox).toEqual([])
    expect(view.items).toHaveLength(1)
  })

  it('is said where the one there is another', async () => {
    const { outbox } = await addedBeside({ content: 'Something else altogether.' })
    expect(outbox).toMatchObject([{ state: { kind: 'blocked', error: duplicate } }])
  })

  it('is left alone when it was deleted here meanwhile', async () => {
    const aDeleteOfIt: Mutation = { ...aDelete, section: memory.id, item: aMemory.item }
    const { deleted } = await addedBeside(
      { content: words },
      { ...aDeleteOfIt, id: asMutationId('m2') },
    )
    expect(deleted).toEqual([])
  })
})
