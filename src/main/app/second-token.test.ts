import { describe, expect, it } from 'vitest'
import {
  aConnection,
  aMainWorld,
  lastView,
  sampleToken,
  valueOf,
  type MainWorld,
} from '../../../tests/fakes/main-world'
import type { AppError } from '../../shared/errors'
import { asSectionId, selfItemId } from '../../shared/domain/ids'

const locked: AppError = { kind: 'keychain', reason: 'locked' }
const jwt = `eyJ${'x'.repeat(60)}`
const lms = {
  service: 'lms',
  host: 'platform.example',
  isAccepted: true,
  username: 'noor',
} as const
const dm = { service: 'dm', host: 'platform.example', isAccepted: true } as const

async function connected() {
  const world = aMainWorld()
  const { id } = valueOf(await world.workspaces.connect(aConnection(), false))
  await world.settle()
  return { ...world, id }
}

const add = ({ workspaces }: MainWorld, isSessionOnly = false) =>
  workspaces.renewToken({ token: jwt, service: 'lms', isSessionOnly })

/** What the platform is asked with from now on. */
async function asked({ workspaces, platform }: MainWorld) {
  await workspaces.session?.connection()
  const { token, own } = platform.asked.at(-1) ?? {}
  return { token, own }
}

async function restarted(world: MainWorld) {
  await world.workspaces.close()
  const again = { ...world, ...world.restart() }
  await again.workspaces.openLast()
  return again
}

describe('adding a second token', () => {
  it('keeps it beside the first and uses it for its host', async () => {
    const world = await connected()
    expect(await add(world)).toEqual({ ok: true })
    expect([...world.keychain.kept]).toEqual([
      [world.id, sampleToken],
      [`${world.id}:lms`, jwt],
    ])
    expect(await asked(world)).toEqual({ token: sampleToken, own: { lms: jwt } })
    expect(lastView(world).ownTokens).toEqual({ lms: 'stored' })
  })

  it('is verified at its host, and the other is not asked', async () => {
    const world = await connected()
    await add(world)
    expect(world.platform.probed.at(-1)).toEqual(['lms'])
  })

  it('is found again after a restart', async () => {
    const world = await connected()
    await add(world)
    const again = await restarted(world)
    expect(await asked(again)).toEqual({ token: sampleToken, own: { lms: jwt } })
    expect(again.workspaces.view().ownTokens).toEqual({ lms: 'stored' })
  })

  it('tells the page where it is, never what it is', async () => {
    const world = await connected()
    await add(world)
    const told = JSON.stringify([world.told, await world.handlers.app.start({})])
    expect(told).toContain('"ownTokens":{"lms":"stored"}')
    expect(told).not.toContain(jwt)
    expect(JSON.stringify(world.preferences.read())).not.toContain(jwt)
  })

  it('reads what its host has, and nothing else', async () => {
    const world = await connected()
    const readAt = (id: string) =>
      world.workspaces.session?.engine.state().snapshots.get(asSectionId(id))?.readAt ?? 0
    const before = [readAt('basic'), readAt('education')]
    world.clock.advance(5_000)
    await add(world)
    await world.settle()
    expect(readAt('basic')).toBeGreaterThan(before[0] ?? 0)
    expect(readAt('education')).toBe(before[1])
  })

  it('lets the edits go on that waited for it', async () => {
    const world = await connected()
    world.platform.failure = { kind: 'unauthorized', service: 'lms', status: 401 }
    await world.handlers.section.edit({
      section: asSectionId('basic'),
      item: selfItemId,
      patch: { bio: 'Waits.' },
    })
    await world.settle()
    expect(world.platform.writes).toEqual([])
    world.platform.failure = undefined
    await add(world)
    await world.settle()
    expect(world.platform.writes).toEqual([{ section: 'basic', values: { bio: 'Waits.' } }])
  })

  it.each<readonly [string, MainWorld['platform']['answer']['services'], object]>([
    [
      'the host refuses',
      [{ ...lms, isAccepted: false, error: { kind: 'unauthorized', status: 401 } }],
      { kind: 'unauthorized' },
    ],
    ['is somebody else’s', [{ ...lms, username: 'sam' }], { kind: 'wrong-user', actual: 'sam' }],
    [
      'does not open the own account',
      [{ ...lms, isUnproven: true }],
      { kind: 'refused-input', field: 'token' },
    ],
  ])('refuses one that %s, and changes nothing', async (_what, services, error) => {
    const world = await connected()
    world.platform.answer = { services, sections: [] }
    expect(await add(world)).toMatchObject({ ok: false, error })
    expect([...world.keychain.kept.keys()]).toEqual([world.id])
    expect(await asked(world)).toEqual({ token: sampleToken, own: {} })
  })

  it('asks nobody with a text that is no token', async () => {
    const world = await connected()
    const given = { token: 'two words', service: 'lms', isSessionOnly: false } as const
    expect(await world.workspaces.renewToken(given)).toMatchObject({
      error: { kind: 'refused-input', field: 'token' },
    })
    expect(world.platform.probed).toHaveLength(1)
  })

  it('can be kept for the session only, and is gone after it', async () => {
    const world = await connected()
    world.keychain.failure = locked
    expect(await add(world)).toEqual({ ok: false, error: locked })
    expect(await add(world, true)).toEqual({ ok: true })
    expect(lastView(world).ownTokens).toEqual({ lms: 'session-only' })
    world.keychain.failure = undefined
    expect(await asked(world)).toEqual({ token: sampleToken, own: { lms: jwt } })
    const again = await restarted(world)
    expect(await asked(again)).toEqual({ token: sampleToken, own: {} })
  })

  it('does not hold up who works without a keychain', async () => {
    const world = aMainWorld()
    world.keychain.failure = { kind: 'keychain', reason: 'missing' }
    await world.workspaces.connect(aConnection(), true)
    await add(world, true)
    expect(await asked(world)).toEqual({ token: sampleToken, own: { lms: jwt } })
    expect(lastView(world)).toMatchObject({
      credential: 'session-only',
      ownTokens: { lms: 'session-only' },
    })
  })

  it('keeps nothing once the person has signed out meanwhile', async () => {
    const world = await connected()
    world.platform.hold()
    const adding = add(world)
    await world.settle()
    await world.handlers.workspace.signOut({ discard: [] })
    await world.platform.release()
    expect(await adding).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(world.keychain.kept.size).toBe(0)
  })

  it('is not for the demo', async () => {
    const world = aMainWorld()
    await world.workspaces.openDemo()
    expect(await add(world)).toEqual({ ok: false, error: { kind: 'not-found' } })
    expect(await world.workspaces.removeToken('lms')).toMatchObject({ ok: false })
  })
})

describe('the first token beside a second', () => {
  it('is renewed alone', async () => {
    const world = await connected()
    await add(world)
    const token = 'e'.repeat(64)
    expect(await world.workspaces.renewToken({ token, isSessionOnly: false })).toEqual({ ok: true })
    expect(await asked(world)).toEqual({ token, own: { lms: jwt } })
  })

  it('is not replaced by one that only the host of the second accepts', async () => {
    const world = await connected()
    await add(world)
    const refusal = { kind: 'unauthorized', status: 401 } as const
    world.platform.answer = {
      services: [lms, { ...dm, isAccepted: false, error: refusal }],
      sections: [],
    }
    const given = { token: 'e'.repeat(64), isSessionOnly: false }
    expect(await world.workspaces.renewToken(given)).toEqual({ ok: false, error: refusal })
    expect(world.keychain.kept.get(world.id)).toBe(sampleToken)
  })
})

describe('removing a second token', () => {
  it('gives its host the first one again', async () => {
    const world = await connected()
    await add(world)
    expect(await world.workspaces.removeToken('lms')).toEqual({ ok: true })
    expect([...world.keychain.kept.keys()]).toEqual([world.id])
    expect(await asked(world)).toEqual({ token: sampleToken, own: {} })
    expect(lastView(world).ownTokens).toBeUndefined()
  })

  it('changes nothing while the keychain is locked', async () => {
    const world = await connected()
    await add(world)
    world.keychain.failure = locked
    expect(await world.workspaces.removeToken('lms')).toEqual({ ok: false, error: locked })
    expect(lastView(world).ownTokens).toEqual({ lms: 'stored' })
  })

  it('comes with signing out', async () => {
    const world = await connected()
    await add(world)
    expect(await world.handlers.workspace.signOut({ discard: [] })).toEqual({ ok: true })
    expect(world.keychain.kept.size).toBe(0)
  })

  it('is said when a locked keychain keeps it at sign-out', async () => {
    const world = await connected()
    await add(world)
    world.keychain.failure = locked
    expect(await world.handlers.workspace.signOut({ discard: [] })).toEqual({
      ok: false,
      error: locked,
    })
    expect(world.keychain.kept.size).toBe(2)
  })
})

describe('a keychain that cannot be asked for the second', () => {
  it('is told, rather than a host asked with the wrong token', async () => {
    const world = await connected()
    await add(world)
    world.keychain.failure = locked
    const again = await restarted(world)
    const asking = again.platform.asked.length
    await again.workspaces.session?.connection()
    expect(again.platform.asked).toHaveLength(asking)
    expect(again.workspaces.view().credential).toEqual({ unavailable: 'locked' })
  })
})

describe('the border', () => {
  it('hands host and token on, and removes', async () => {
    const world = await connected()
    const { renewToken, removeToken } = world.handlers.workspace
    expect(await renewToken({ token: jwt, service: 'lms' })).toEqual({ ok: true })
    expect(world.keychain.kept.get(`${world.id}:lms`)).toBe(jwt)
    expect(await removeToken({ service: 'lms' })).toEqual({ ok: true })
    expect(world.keychain.kept.has(`${world.id}:lms`)).toBe(false)
  })
})
