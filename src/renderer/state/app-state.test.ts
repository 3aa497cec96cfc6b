import { describe, expect, it, vi } from 'vitest'
import { aStartedApp } from '../../../tests/fakes/fake-app'
import {
  FakeMain,
  aPendingChange,
  aSectionView,
  aStartView,
  aWorkspace,
} from '../../../tests/fakes/fake-main'
import { asWorkspaceId } from '../../shared/domain/ids'

const delft = aWorkspace({ id: asWorkspaceId('delft'), org: 'delft' })
const workspaces = aStartView().workspaces

describe('AppState', () => {
  it('opens the section main names, in one question and one message', async () => {
    const { app, main } = await aStartedApp(new FakeMain(aStartView({ open: 'social' })))
    expect(app.section?.id).toBe('social')
    expect(main.calls.map((call) => call.name)).toEqual(['app.start', 'section.opened'])
  })

  it('puts section, organization and app into the title', async () => {
    const { app } = await aStartedApp()
    expect(app.title).toBe('Basic – northwind – ibl.ai Profile')
    app.navigate('settings')
    expect(app.title).toBe('Settings – northwind – ibl.ai Profile')
  })

  it('ignores a section it does not know', async () => {
    const { app } = await aStartedApp()
    app.navigate('nowhere')
    expect(app.section?.id).toBe('basic')
  })

  it('asks for a file when the menu wants to add a résumé', async () => {
    const { app, main } = await aStartedApp()
    main.emit('app.show', { section: 'resume', act: 'choose-file' })
    expect(app.section?.id).toBe('resume')
    expect(main.inputOf('resume.choose')).toEqual({})
  })

  it('keeps the word about a file given from outside when there is nothing more to take', async () => {
    const { app, main } = await aStartedApp()
    main.fail('resume.takeHanded', { kind: 'file', reason: 'not-a-file' })
    main.emit('app.show', { section: 'resume', act: 'take-handed' })
    await vi.waitFor(() => {
      expect(app.resumeUpload.error).toMatchObject({ reason: 'not-a-file' })
    })
    main.fail('resume.takeHanded', { kind: 'cancelled' })
    main.emit('app.show', { section: 'resume', act: 'take-handed' })
    await vi.waitFor(() => {
      expect(app.resumeUpload.isTaking).toBe(false)
    })
    expect(app.resumeUpload.error).toMatchObject({ reason: 'not-a-file' })
  })

  it('shows a section when main asks for it', async () => {
    const { app, main } = await aStartedApp()
    main.emit('app.show', { section: 'resume' })
    expect(app.section?.id).toBe('resume')
    expect(main.inputOf('section.opened')).toEqual({ section: 'resume' })
  })

  it('shows nothing of the last workspace after a switch', async () => {
    const { app, main } = await aStartedApp()
    main.show(aSectionView({ section: 'basic', total: 7 }))
    main.emit('workspace.changed', { ...workspaces, all: [delft], current: delft })
    expect(app.sections.view(aSectionView().section)).toBeUndefined()
    await vi.waitFor(() => {
      expect(main.callsTo('app.start')).toHaveLength(2)
    })
  })

  it('offers nothing of the last workspace to be taken back in another', async () => {
    const { app, main, toasts } = await aStartedApp()
    app.toasts.show({ text: 'Deleted.', onUndo: () => undefined })
    main.emit('workspace.changed', { ...workspaces, all: [delft], current: delft })
    expect(toasts.current).toBeUndefined()
  })

  it('shows Connect when no workspace is open', async () => {
    const { app } = await aStartedApp(
      new FakeMain(aStartView({ workspaces: { all: [], credential: 'missing' } })),
    )
    expect(app.isConnectShown).toBe(true)
    expect(app.title).toBe('Connect – ibl.ai Profile')
  })

  it('tells why the start failed, and starts on the next try', async () => {
    const main = new FakeMain()
    main.fail('app.start', { kind: 'unexpected', reference: 'E-1' })
    const { app } = await aStartedApp(main)
    expect(app.startError?.kind).toBe('unexpected')
    main.answer('app.start', { ok: true, value: aStartView() })
    await app.start()
    expect(app.startError).toBeUndefined()
    expect(app.isReady).toBe(true)
  })

  it('counts pending changes before it has their list', async () => {
    const { app, main } = await aStartedApp(new FakeMain(aStartView({ pendingCount: 3 })))
    expect(app.pending.count).toBe(3)
    main.emit('pending.changed', [aPendingChange()])
    expect(app.pending.count).toBe(1)
  })

  it.each([
    ['keychain', { credential: { unavailable: 'locked' } }],
    ['no-token', { credential: 'missing' }],
  ] as const)('knows the credential trouble %s', async (kind, some) => {
    const { app } = await aStartedApp(
      new FakeMain(aStartView({ workspaces: { ...workspaces, ...some } })),
    )
    expect(app.credentialTrouble?.kind).toBe(kind)
  })

  it('knows that a host refused the token, from a failed read', async () => {
    const { app, main } = await aStartedApp()
    const error = { kind: 'unauthorized', host: 'api.iblai.app' } as const
    main.show(aSectionView({ section: 'education', read: { kind: 'failed', error, at: 0 } }))
    expect(app.credentialTrouble).toEqual(error)
  })

  it('is not troubled by a token that opens some sections only', async () => {
    const { app, main } = await aStartedApp()
    const error = { kind: 'unauthorized', host: 'api.iblai.app' } as const
    const read = { kind: 'failed', error, at: 0 } as const
    main.show(aSectionView({ section: 'basic', readAt: 1 }))
    main.show(aSectionView({ section: 'education', read, readAt: undefined }))
    expect(app.credentialTrouble).toBeUndefined()
    main.show(aSectionView({ section: 'education', read, readAt: 1 }))
    expect(app.credentialTrouble).toEqual(error)
  })

  it('takes every listener back', async () => {
    const { app, main } = await aStartedApp()
    const before = main.listenerCount
    const stop = app.listen()
    stop()
    expect(main.listenerCount).toBe(before)
  })
})
