import { describe, expect, it } from 'vitest'
import {
  aConnection,
  aMainWorld,
  lastView,
  sampleToken,
  valueOf,
} from '../../../tests/fakes/main-world'
import { Credential } from '../credential'
import { connected } from '../../../tests/fakes/connected-world'

const refused = (field: string): unknown =>
  expect.objectContaining({ ok: false, error: expect.objectContaining({ field }) as unknown })

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
