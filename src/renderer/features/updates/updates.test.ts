import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp, type FakeClock } from '../../../../tests/fakes/fake-app'
import { FakeMain, aStartView } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import type { UpdateState } from '../../../shared/domain/updates'
import { keptWithinMs } from '../../state/draft-keeper.svelte'
import Banners from '../../frame/Banners.svelte'
import UpdateSettings from './UpdateSettings.svelte'
import UpdatesDialog from './UpdatesDialog.svelte'

const user = userEvent.setup()
const ready: UpdateState = { kind: 'ready', version: '0.2.0' }
const threeEdits = { edits: 3, drafts: 0, isUploading: false }

/** Presses Restart and lets the second pass in which drafts are written down. */
async function restart(clock: FakeClock) {
  await user.click(await screen.findByRole('button', { name: 'Restart to update' }))
  clock.advance(keptWithinMs)
}

async function shown(of: typeof UpdateSettings, state: UpdateState) {
  const main = new FakeMain(aStartView())
  main.answer('app.update', { ok: true, value: state })
  const fake = await aStartedApp(main)
  render(WithApp, { app: fake.app, of })
  return fake
}

describe('Updates in Settings', () => {
  it('says in one sentence why they are off, and offers nothing', async () => {
    await shown(UpdateSettings, { kind: 'off', reason: 'package-manager' })
    await screen.findByText(/^Off: it was installed as a package/)
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('switch')).toBeNull()
  })

  it('looks when asked, and says how it ended', async () => {
    const { main } = await shown(UpdateSettings, { kind: 'idle' })
    main.answer('app.checkForUpdates', {
      ok: true,
      value: { kind: 'failed', trouble: 'signature' },
    })
    await user.click(await screen.findByRole('button', { name: 'Look for updates' }))
    await screen.findByText(/not signed by the maker of this app/)
    expect(screen.getByRole('button', { name: 'Look for updates' })).toBeTruthy()
  })

  it('follows a download', async () => {
    const { main } = await shown(UpdateSettings, { kind: 'idle' })
    await screen.findByText('Version 0.1.0.')
    main.emit('app.updateChanged', { kind: 'downloading', version: '0.2.0', percent: 42 })
    await screen.findByText('Fetching version 0.2.0: 42 %')
  })

  it('turns looking by itself off', async () => {
    const { main } = await shown(UpdateSettings, { kind: 'idle' })
    await user.click(await screen.findByRole('switch', { name: 'Look for updates automatically' }))
    expect(main.inputOf('app.setSettings')).toEqual({ looksForUpdates: false })
  })

  it('restarts when asked, or says what waits until it is sent', async () => {
    const { main, clock } = await shown(UpdateSettings, ready)
    main.answer('app.restartToUpdate', {
      ok: true,
      value: { kind: 'refused', unsent: threeEdits },
    })
    main.emit('pending.status', { kind: 'here', unsent: 3 })
    await user.click(await screen.findByRole('button', { name: 'Restart to update' }))
    expect(main.callsTo('app.restartToUpdate')).toHaveLength(0)
    clock.advance(keptWithinMs)
    await screen.findByText(/^3 edits are not sent yet/)
    main.emit('pending.status', { kind: 'saved' })
    await expect.poll(() => screen.queryByText(/not sent yet/)).toBeNull()
    await restart(clock)
    await expect.poll(() => main.callsTo('app.restartToUpdate').length).toBe(2)
  })

  it('offers the restart again after one that failed', async () => {
    await shown(UpdateSettings, { kind: 'failed', trouble: 'disk-full', version: '0.2.0' })
    await screen.findByText(/^The disk is full/)
    expect(screen.getByRole('button', { name: 'Restart to update' })).toBeTruthy()
  })
})

describe('the dialog of the menu', () => {
  it('looks as soon as it is shown', async () => {
    const main = new FakeMain(aStartView())
    const { app } = await aStartedApp(main)
    main.emit('app.show', { act: 'updates' })
    expect(app.help.dialog).toBe('updates')
    render(WithApp, { app, of: UpdatesDialog })
    await screen.findByText(/^Version 0\.1\.0 is up to date/)
    expect(main.callsTo('app.checkForUpdates')).toHaveLength(1)
  })
})

describe('the notice over the page', () => {
  it('tells of each version once, and closes', async () => {
    const { main } = await shown(Banners, { kind: 'idle' })
    expect(screen.queryByText(/is ready/)).toBeNull()
    main.emit('app.updateChanged', ready)
    await screen.findByText('Version 0.2.0 is ready')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    await expect.poll(() => screen.queryByText(/is ready/)).toBeNull()
    main.emit('app.updateChanged', { ...ready, version: '0.3.0' })
    await screen.findByText('Version 0.3.0 is ready')
  })

  it('refuses in its own words while edits wait', async () => {
    const { main, clock } = await shown(Banners, { kind: 'idle' })
    main.answer('app.restartToUpdate', { ok: true, value: { kind: 'refused', unsent: threeEdits } })
    main.emit('pending.status', { kind: 'here', unsent: 3 })
    main.emit('app.updateChanged', ready)
    await restart(clock)
    await screen.findByText(/^3 edits are not sent yet/)
  })

  it('stands there after a reload of the page', async () => {
    const main = new FakeMain(aStartView({ update: ready }))
    const { app } = await aStartedApp(main)
    expect(app.updates.noticed).toBe('0.2.0')
  })
})
