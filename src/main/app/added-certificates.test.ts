import { expect, it } from 'vitest'
import { selfItemId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import { aConnection, aMainWorld, valueOf, type MainWorld } from '../../../tests/fakes/main-world'

async function aConnected() {
  const world = aMainWorld()
  const { workspace } = world.handlers
  valueOf(await workspace.connect({ connection: aConnection() }))
  await world.settle()
  return world
}

function withFile(world: MainWorld, text = 'Office Root,Branch') {
  world.desktop.files.set('/home/noor/office.pem', text)
  world.desktop.chosen = '/home/noor/office.pem'
  return world.handlers.network
}

it('trusts a chosen file, tells its name and never its folder, and forgets it again', async () => {
  const world = aMainWorld()
  const network = withFile(world)
  const chosen = { file: 'office.pem', names: ['Office Root', 'Branch'] }
  expect(valueOf(await network.chooseCertificates({}))).toEqual(chosen)
  expect(valueOf(await world.restart().handlers.network.certificates({}))).toEqual(chosen)
  expect(valueOf(await network.removeCertificates({}))).toEqual({ names: [] })
  expect(valueOf(await network.certificates({}))).toEqual({ names: [] })
})

it('refuses a bad file and keeps the good one', async () => {
  const world = aMainWorld()
  const network = withFile(world)
  await network.chooseCertificates({})
  world.desktop.files.set('/home/noor/bad.pem', '')
  world.desktop.chosen = '/home/noor/bad.pem'
  const refused = await network.chooseCertificates({})
  expect(refused).toEqual({ ok: false, error: { kind: 'file', reason: 'no-certificate' } })
  expect(valueOf(await network.certificates({})).file).toBe('office.pem')
})

it('says why a kept file adds nothing any more', async () => {
  const world = aMainWorld()
  const network = withFile(world)
  await network.chooseCertificates({})
  world.desktop.files.clear()
  const problem = { kind: 'file', reason: 'not-found' }
  expect(valueOf(await network.certificates({}))).toEqual({
    file: 'office.pem',
    names: [],
    problem,
  })
})

it('changes nothing when the dialog was closed', async () => {
  const { handlers } = aMainWorld()
  expect(await handlers.network.chooseCertificates({})).toMatchObject({
    error: { kind: 'cancelled' },
  })
})

it('connects anew under the new trust', async () => {
  const world = await aConnected()
  const before = world.platform.asked.length
  await withFile(world).chooseCertificates({})
  await world.settle()
  expect(world.platform.asked.length).toBe(before + 1)
})

it('sends what only the missing trust has kept back', async () => {
  const world = await aConnected()
  world.platform.failure = { kind: 'offline', reason: 'tls', certificate: 'unknown-issuer' }
  const patch = { bio: 'Written behind a gate.' }
  valueOf(await world.handlers.section.edit({ section: basic.id, item: selfItemId, patch }))
  await world.settle()
  expect(world.workspaces.session?.engine.state().outbox).toMatchObject([
    { state: { kind: 'blocked' } },
  ])
  world.platform.failure = undefined
  await withFile(world).chooseCertificates({})
  await world.settle()
  expect(world.workspaces.session?.engine.state().outbox).toEqual([])
})
