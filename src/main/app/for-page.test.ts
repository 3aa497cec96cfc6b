import { expect, it } from 'vitest'
import { aConnection, aMainWorld, valueOf } from '../../../tests/fakes/main-world'
import { basic } from '../../shared/domain/sections/basic'
import { selfItemId } from '../../shared/domain/ids'
import { forPage } from './for-page'

async function aPageOf(org: string) {
  const world = aMainWorld()
  const page = forPage(world.handlers, () => world.workspaces.session?.workspace.id)
  valueOf(await world.workspaces.connect(aConnection({ org }), true))
  await world.settle()
  await page.app.start({})
  const rename = () =>
    page.section.edit({ section: basic.id, item: selfItemId, patch: { name: 'Of the first' } })
  const waiting = () => world.workspaces.session?.engine.state().outbox.length
  return { world, page, rename, waiting }
}

it('does what the page asks in the workspace it shows', async () => {
  const { rename } = await aPageOf('northwind')
  expect((await rename()).ok).toBe(true)
})

it('does nothing in a workspace of which the page has not heard yet', async () => {
  const { world, page, rename, waiting } = await aPageOf('northwind')
  valueOf(await world.workspaces.connect(aConnection({ org: 'delft' }), true))
  const late = { item: selfItemId, values: { name: 'Typed in the first' } }
  expect(await rename()).toEqual({ ok: false, error: { kind: 'cancelled' } })
  expect((await page.section.saveDraft({ section: basic.id, ...late })).ok).toBe(false)
  expect(waiting()).toBe(0)
  expect(world.workspaces.session?.engine.state().drafts.size).toBe(0)
  await page.app.start({})
  expect((await rename()).ok).toBe(true)
})
