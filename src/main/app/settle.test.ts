import { expect, it } from 'vitest'
import { aMutation } from '../../../tests/fakes/main-records'
import { aConnection, aMainWorld, valueOf } from '../../../tests/fakes/main-world'
import { asItemId, asMutationId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'

const values = { institution: '41', degree: 'MSc', fieldOfStudy: 'Hydrology' }

/** Killed after the record came into the copy and before its edit left the journal. */
async function aWorldCutOff(record: { readonly id: string; readonly degree: string }) {
  const world = aMainWorld()
  valueOf(await world.handlers.workspace.connect({ connection: aConnection() }))
  await world.settle()
  await world.workspaces.close()
  const [stored] = [...world.folders.stored.values()]
  stored?.journal.push({
    type: 'mutation',
    mutation: aMutation({
      id: asMutationId('m-create'),
      section: education.id,
      item: asItemId('local:m-create'),
      op: 'create',
      patch: values,
      base: {},
      title: 'MSc',
      attempts: 1,
      state: { kind: 'in-flight', since: 1 },
      isUncertain: true,
      sent: [values],
      sentAt: 1,
      knownIds: [asItemId('1')],
    }),
  })
  const item = { id: asItemId(record.id), values: { ...values, degree: record.degree }, wire: {} }
  stored?.snapshots.set(education.id, {
    section: education.id,
    items: [item],
    facts: {},
    readAt: 1,
  })
  world.platform.failure = { kind: 'offline' }
  const again = world.restart()
  await again.workspaces.openLast()
  const { items } = valueOf(await again.handlers.section.view({ section: education.id }))
  return { ...world, ...again, items }
}

it('shows the record of an edit that was cut off once, and asks for it no more', async () => {
  const world = await aWorldCutOff({ id: '2', degree: 'MSc' })
  expect(world.items.map(({ id }) => id)).toEqual(['2'])
  await world.workspaces.close()
  const later = world.restart()
  await later.workspaces.openLast()
  expect(later.workspaces.session?.engine.state().outbox).toEqual([])
})

it('leaves a record that was there before, or is another, beside the edit', async () => {
  expect((await aWorldCutOff({ id: '1', degree: 'MSc' })).items).toHaveLength(2)
  expect((await aWorldCutOff({ id: '2', degree: 'PhD' })).items).toHaveLength(2)
})
