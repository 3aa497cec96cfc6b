import { describe, expect, it } from 'vitest'
import { aMainWorld, sampleToken } from '../../../tests/fakes/main-world'
import { connected, locked } from '../../../tests/fakes/connected-world'

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
