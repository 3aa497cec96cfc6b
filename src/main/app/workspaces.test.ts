import { describe, expect, it } from 'vitest'
import { turns } from '../../../tests/fakes/main-clock'
import {
  aConnection,
  aMainWorld,
  lastView,
  sampleToken,
  valueOf,
  type MainWorld,
} from '../../../tests/fakes/main-world'
import { Credential } from '../credential'
import type { AppError } from '../../shared/errors'
import { asSectionId, selfItemId } from '../../shared/domain/ids'

const locked: AppError = { kind: 'keychain', reason: 'locked' }
const refused = (field: string): unknown =>
  expect.objectContaining({ ok: false, error: expect.objectContaining({ field }) as unknown })

async function connected(world: MainWorld, some: Parameters<typeof aConnection>[0] = {}) {
  const workspace = valueOf(await world.workspaces.connect(aConnection(some), false))
  await world.settle()
  return workspace
}

describe('connecting', () => {
  it('keeps the token in the keychain and the rest in the preferences', async () => {
    const world = aMainWorld()
    const { id } = await connected(world)
    expect([...world.keychain.kept]).toEqual([[id, sampleToken]])
    expect(JSON.stringify(world.preferences.read())).not.toContain(sampleToken)
    expect(lastView(world).current?.personName).toBe('Noor Haddad')
  })

  it.each(['missing', 'locked', 'timeout', 'refused'] as const)(
    'says that the keychain is %s and goes on for this session without asking anew',
    async (reason) => {
      const world = aMainWorld()
      world.keychain.failure = { kind: 'keychain', reason }
      const report = valueOf(await world.workspaces.probe(aConnection()))
      const first = await world.workspaces.connect(aConnection(), false)
      const second = await world.workspaces.connect(aConnection(), true)
      expect(report.keychain).toEqual({ unavailable: reason })
      expect(first).toEqual({ ok: false, error: { kind: 'keychain', reason } })
      expect([second.ok, world.platform.probes]).toEqual([true, 1])
      expect(lastView(world).credential).toBe('session-only')
    },
  )

  it('asks again when the report is old or another token was typed', async () => {
    const world = aMainWorld()
    await world.workspaces.probe(aConnection())
    await world.workspaces.connect(aConnection({ token: 'd'.repeat(64) }), false)
    world.clock.advance(61_000)
    await world.workspaces.connect(aConnection({ token: 'd'.repeat(64) }), false)
    expect(world.platform.probes).toBe(3)
  })

  it.each(['wrong-user error', 'username'])(
    'refuses the token of somebody else by %s, and keeps nothing',
    async (how) => {
      const world = aMainWorld()
      const [lms, ...others] = world.platform.answer.services
      const other =
        how === 'username'
          ? { ...lms, username: 'Samira' }
          : { ...lms, error: { kind: 'wrong-user', actual: 'Samira' } as const }
      const services = [
        { ...other, service: 'lms', host: 'h', isAccepted: true } as const,
        ...others,
      ]
      world.platform.answer = { ...world.platform.answer, services }
      const answer = await world.workspaces.connect(aConnection(), false)
      expect(answer).toEqual({ ok: false, error: { kind: 'wrong-user', actual: 'Samira' } })
      expect([
        world.keychain.kept.size,
        world.preferences.writes,
        world.folders.stored.size,
      ]).toEqual([0, 0, 0])
    },
  )

  it('opens with one host of two, and not with none', async () => {
    const world = aMainWorld()
    const service = { host: 'h', isAccepted: false, error: { kind: 'unauthorized' } } as const
    const dm = { service: 'dm', host: 'h', isAccepted: true } as const
    world.platform.answer = { services: [{ ...service, service: 'lms' }, dm], sections: [] }
    expect((await world.workspaces.connect(aConnection(), false)).ok).toBe(true)
    world.platform.answer = { services: [{ ...service, service: 'dm' }], sections: [] }
    const other = await world.workspaces.connect(aConnection({ org: 'other' }), false)
    expect(other).toEqual({ ok: false, error: { kind: 'unauthorized' } })
  })

  it.each([
    ['org', { org: '' }],
    ['username', { username: '' }],
    ['token', { token: ' ' }],
    ['token', { token: 'two words' }],
    ['token', { token: 'line\nbreak' }],
    ['token', { token: 'tökén' }],
    ['address', { address: 'http://platform.example' }],
    ['address', { address: 'ftp://platform.example' }],
    ['address', { address: 'https://noor:pw@platform.example' }],
    ['address', { address: 'https://platform.example/?x=1' }],
    ['address', { address: 'not an address' }],
    ['lmsAddress', { lmsAddress: 'http://lms.example' }],
    ['dmAddress', { dmAddress: 'javascript:alert(1)' }],
  ])('refuses a bad %s before anything is sent: %j', async (field, input) => {
    const world = aMainWorld()
    expect(await world.workspaces.connect(aConnection(input), false)).toEqual(refused(field))
    expect(world.platform.asked).toEqual([])
  })

  it.each([
    ['https://platform.example/', 'https://platform.example/dm'],
    ['https://platform.example/api/v1/', 'https://platform.example/api/v1/dm'],
    ['https://platform.example/dm', 'https://platform.example/dm'],
    ['platform.example', 'https://platform.example/dm'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/dm'],
    ['', 'https://api.iblai.app/dm'],
  ])('understands the address %j', async (address, dm) => {
    const world = aMainWorld()
    await connected(world, { address })
    expect(world.platform.asked[0]?.target.origins.dm).toBe(dm)
  })

  it('takes two addresses of their own without looking at the common one', async () => {
    const world = aMainWorld()
    const two = { lmsAddress: 'https://lms.example', dmAddress: 'https://dm.example' }
    await connected(world, { address: 'not one', ...two })
    expect(world.platform.asked[0]?.target.origins).toEqual({
      lms: 'https://lms.example',
      dm: 'https://dm.example',
    })
  })

  it('takes the credential out again when the workspace cannot be kept', async () => {
    const world = aMainWorld()
    world.preferences.failure = { kind: 'storage', reason: 'full' }
    const answer = await world.workspaces.connect(aConnection(), false)
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'full' } })
    expect(world.keychain.kept.size).toBe(0)
  })

  it('gives each host its own credential and sends no old one to a new host', async () => {
    const world = aMainWorld()
    await connected(world)
    await connected(world, { address: 'https://evil.example', token: 'e'.repeat(64) })
    const sent = world.platform.asked.filter(({ target }) => target.origins.dm.includes('evil'))
    expect(world.keychain.kept.size).toBe(2)
    expect(sent.map(({ token }) => token)).not.toContain(sampleToken)
  })

  it('sends no token where a changed list of workspaces points', async () => {
    const world = aMainWorld()
    const workspace = await connected(world)
    const origins = { lms: 'https://evil.example/lms', dm: 'https://evil.example/dm' }
    void world.preferences.write({ workspaces: [{ ...workspace, origins }] })
    const { workspaces } = world.restart()
    await world.workspaces.close()
    await workspaces.openLast()
    await workspaces.session?.connection()
    expect(world.platform.asked.every(({ target }) => !target.origins.dm.includes('evil'))).toBe(
      true,
    )
    expect(workspaces.view().credential).toBe('missing')
  })
})

describe('prefill', () => {
  const found = {
    org: 'northwind',
    username: 'noor',
    address: 'https://platform.example',
    hasAddress: true,
    credential: new Credential(sampleToken),
  }

  it('says that there is a token and not which', () => {
    const { workspaces } = aMainWorld({ environment: found })
    expect(workspaces.prefill()).toEqual({
      org: 'northwind',
      username: 'noor',
      address: 'https://platform.example',
      hasToken: true,
      source: 'environment',
    })
  })

  it('connects with the token that was found, and is empty after', async () => {
    const world = aMainWorld({ environment: found })
    await connected(world, { token: '' })
    expect(world.platform.asked[0]?.token).toBe(sampleToken)
    expect(world.workspaces.prefill()).toMatchObject({ hasToken: false, source: 'none', org: '' })
  })

  it('sends it to no other address than the one it came with', async () => {
    const world = aMainWorld({ environment: found })
    const elsewhere = aConnection({ token: '', address: 'https://evil.example' })
    expect(await world.workspaces.connect(elsewhere, false)).toEqual(refused('token'))
    expect(world.platform.asked).toEqual([])
  })
})

describe('workspaces', () => {
  it('opens the last one from its own copy, and asks nothing', async () => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.close()
    const asked = world.platform.asked.length
    const { workspaces } = world.restart()
    await workspaces.openLast()
    expect([workspaces.session?.workspace.org, world.platform.asked.length]).toEqual([
      'northwind',
      asked,
    ])
  })

  it.each(['full', 'read-only', 'denied', 'failed'] as const)(
    'says why the last one cannot be opened: %s',
    async (reason) => {
      const world = aMainWorld()
      await connected(world)
      await world.workspaces.close()
      world.folders.failure = { kind: 'storage', reason }
      const { workspaces } = world.restart()
      await workspaces.openLast()
      expect(workspaces.view()).toMatchObject({ notice: { kind: 'storage', reason } })
      expect(workspaces.view().all).toHaveLength(1)
    },
  )

  it.each(['folder', 'preferences'])('says that the %s was damaged', async (where) => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.close()
    world.folders.wasDamaged = where === 'folder'
    world.preferences.wasDamaged = where === 'preferences'
    const { workspaces } = world.restart()
    await workspaces.openLast()
    expect(workspaces.view().notice).toEqual({ kind: 'storage', reason: 'corrupt' })
  })

  it('leaves the open one be when another cannot be opened', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    await connected(world, { org: 'other' })
    world.folders.failure = { kind: 'storage', reason: 'denied' }
    expect(await world.workspaces.switchTo(first.id)).toMatchObject({ ok: false })
    expect(world.workspaces.session?.workspace.org).toBe('other')
  })

  it('lets no answer to the old one reach the new one', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    const second = await connected(world, { org: 'other' })
    await world.workspaces.switchTo(first.id)
    world.platform.items.set('basic', [item({ name: 'Late Answer' })])
    world.platform.hold()
    const reading = world.workspaces.session?.refreshAll(undefined)
    await turns(60)
    await world.workspaces.switchTo(second.id)
    world.told.length = 0
    await world.platform.release()
    await reading
    await world.settle()
    expect(JSON.stringify(world.told)).not.toContain('Late Answer')
    const copies = [...world.folders.stored.values()].map(({ snapshots }) => [
      ...snapshots.values(),
    ])
    expect(JSON.stringify(copies)).not.toContain('Late Answer')
  })

  it('does two switches at once one after the other', async () => {
    const world = aMainWorld()
    const first = await connected(world)
    const second = await connected(world, { org: 'other' })
    await Promise.all([
      world.workspaces.switchTo(first.id),
      world.workspaces.switchTo(second.id),
      world.workspaces.switchTo(first.id),
    ])
    expect([world.workspaces.session?.workspace.id, [...world.folders.opened]]).toEqual([
      first.id,
      [first.id],
    ])
  })

  it('does not know a workspace that is not there', async () => {
    const world = aMainWorld()
    const { id } = await connected(world)
    await world.workspaces.signOut()
    expect(await world.workspaces.switchTo(id)).toEqual({ ok: false, error: { kind: 'not-found' } })
  })

  it('shows a person in the list under the name that was read last', async () => {
    const world = aMainWorld()
    await connected(world)
    world.platform.items.set('basic', [item({ name: 'Noor H. Haddad' })])
    await world.workspaces.session?.refreshAll(undefined)
    await world.settle()
    expect(world.preferences.read().workspaces[0]?.personName).toBe('Noor H. Haddad')
  })
})

describe('signing out', () => {
  it('removes credential, copies and entry, and opens what is left', async () => {
    const world = aMainWorld()
    await connected(world)
    const second = await connected(world, { org: 'other' })
    expect(await world.workspaces.signOut()).toEqual({ ok: true })
    expect(world.keychain.kept.has(second.id)).toBe(false)
    expect(world.folders.stored.has(second.id)).toBe(false)
    expect(lastView(world)).toMatchObject({ current: { org: 'northwind' } })
    expect(lastView(world).all).toHaveLength(1)
  })

  it('tells the page when nothing is left', async () => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.signOut()
    expect(lastView(world)).toEqual({ all: [], credential: 'missing' })
  })

  it('removes nothing while a locked keychain keeps the credential', async () => {
    const world = aMainWorld()
    await connected(world)
    world.keychain.failure = locked
    expect(await world.workspaces.signOut()).toEqual({ ok: false, error: locked })
    expect(world.workspaces.session?.workspace.org).toBe('northwind')
  })

  it.each(['missing', 'timeout'] as const)(
    'ends a session whose token was in memory only, the keychain being %s',
    async (reason) => {
      const world = aMainWorld()
      world.keychain.failure = { kind: 'keychain', reason }
      await world.workspaces.connect(aConnection(), true)
      expect(await world.workspaces.signOut()).toEqual({ ok: true })
      expect(world.workspaces.session).toBeUndefined()
    },
  )
})

describe('credential of the open workspace', () => {
  it('is missing when the keychain has none', async () => {
    const world = aMainWorld()
    await connected(world)
    await world.workspaces.close()
    world.keychain.kept.clear()
    const { workspaces } = world.restart()
    await workspaces.openLast()
    await workspaces.session?.connection()
    expect(workspaces.view().credential).toBe('missing')
  })

  it.each([
    ['refuses to look', false],
    ['finds nothing', true],
  ])(
    'is unavailable while a locked keychain %s, and comes back by retrying',
    async (_how, hides) => {
      const world = aMainWorld()
      await connected(world)
      await world.workspaces.close()
      world.keychain.failure = locked
      world.keychain.hidesItsLock = hides
      const { workspaces } = world.restart()
      await workspaces.openLast()
      await workspaces.session?.connection()
      expect(workspaces.view().credential).toEqual({ unavailable: 'locked' })
      world.keychain.failure = undefined
      expect(await workspaces.retryKeychain()).toEqual({ ok: true, value: 'stored' })
    },
  )

  it('can be renewed, also for this session only', async () => {
    const world = aMainWorld()
    await connected(world)
    const token = 'e'.repeat(64)
    world.keychain.failure = locked
    expect(await world.workspaces.renewToken({ token, isSessionOnly: false })).toEqual({
      ok: false,
      error: locked,
    })
    expect(await world.workspaces.renewToken({ token, isSessionOnly: true })).toEqual({ ok: true })
    await world.workspaces.session?.connection()
    expect([world.platform.asked.at(-1)?.token, world.workspaces.view().credential]).toEqual([
      token,
      'session-only',
    ])
  })

  it('is not replaced by the token of somebody else', async () => {
    const world = aMainWorld()
    const { id } = await connected(world)
    const services = [{ service: 'lms', host: 'h', isAccepted: true, username: 'sam' } as const]
    world.platform.answer = { services, sections: [] }
    expect(
      await world.workspaces.renewToken({ token: 'e'.repeat(64), isSessionOnly: false }),
    ).toMatchObject({
      error: { kind: 'wrong-user', actual: 'sam' },
    })
    expect(world.keychain.kept.get(id)).toBe(sampleToken)
  })
})

describe('demo', () => {
  it('needs no keychain', async () => {
    const world = aMainWorld()
    world.keychain.failure = { kind: 'keychain', reason: 'missing' }
    expect((await world.workspaces.openDemo()).ok).toBe(true)
    await world.workspaces.session?.connection()
    expect(lastView(world)).toMatchObject({ credential: 'stored', current: { kind: 'demo' } })
  })

  it('is reset while it is open, without its old edits', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    world.platform.failure = { kind: 'offline' }
    await world.handlers.section.edit({
      section: asSectionId('basic'),
      item: selfItemId,
      patch: { bio: 'mine' },
    })
    expect(await world.workspaces.resetDemo()).toEqual({ ok: true })
    expect(world.workspaces.session?.workspace.kind).toBe('demo')
    expect(world.workspaces.session?.engine.state().outbox).toEqual([])
  })

  it('stays open with its edits when resetting fails', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    world.demo.failure = { kind: 'offline' }
    expect(await world.workspaces.resetDemo()).toEqual({ ok: false, error: { kind: 'offline' } })
    expect(world.workspaces.session?.workspace.kind).toBe('demo')
  })

  it('is found again when its platform ended and has another address', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    await world.workspaces.session?.connection()
    world.demo.end()
    await world.settle()
    await world.workspaces.session?.connection()
    expect(world.platform.asked.map(({ token }) => token)).toContain('demo-token-3')
  })
})

function item(values: Readonly<Record<string, string>>) {
  return { id: selfItemId, values, wire: {} }
}
