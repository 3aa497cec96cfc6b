import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import {
  FakeMain,
  anItem,
  aPendingChange,
  aSectionView,
  aStartView,
} from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import type { CredentialTrouble } from '../../state/credential-trouble'
import CredentialBanner from './CredentialBanner.svelte'
import SignOutDialog from './SignOutDialog.svelte'

const user = userEvent.setup()
const edit = aPendingChange()

async function aDialog(unsent = [edit]) {
  const main = new FakeMain(aStartView({ pendingCount: unsent.length }))
  main.answer('workspace.unsent', { ok: true, value: unsent })
  main.answer('pending.list', { ok: true, value: unsent })
  const fake = await aStartedApp(main)
  fake.app.openSignOut()
  render(WithApp, { app: fake.app, of: SignOutDialog })
  return fake
}

describe('Sign out', () => {
  it('lists the unsent edits first, and says what is removed', async () => {
    await aDialog()
    expect(await screen.findByText('1 edit not sent yet')).toBeTruthy()
    expect(screen.getByText('Title')).toBeTruthy()
    expect(screen.getByText(/The token is removed from the keychain/)).toBeTruthy()
  })

  it('discards only when that is what the button says', async () => {
    const { main } = await aDialog()
    await user.click(await screen.findByRole('button', { name: 'Discard 1 edit and sign out' }))
    expect(main.inputOf('workspace.signOut')).toEqual({ discard: [edit.id] })
  })

  it('signs out without discarding once everything is sent', async () => {
    const { main } = await aDialog()
    await user.click(await screen.findByRole('button', { name: 'Send now' }))
    expect(main.callsTo('pending.retry')).toHaveLength(1)
    main.emit('pending.changed', [])
    await user.click(await screen.findByRole('button', { name: 'Sign out' }))
    expect(main.inputOf('workspace.signOut')).toEqual({ discard: [] })
  })

  it('says that a paused switch would stay off, and turns it on first', async () => {
    const off = anItem({ id: 'self', values: { learn: false, use: true } })
    const until = new Date(2026, 10, 24, 15, 30).getTime()
    const paused = aSectionView({
      section: 'memory-settings',
      items: [off],
      pause: { field: 'learn', until },
    })
    const main = new FakeMain(aStartView({ sections: [paused] }))
    main.answer('workspace.unsent', { ok: true, value: [] })
    const { app } = await aStartedApp(main)
    render(WithApp, { app, of: SignOutDialog })
    expect(await screen.findByText(/^Learning is paused until .*15:30$/)).toBeTruthy()
    main.answer('workspace.unsent', { ok: true, value: [edit] })
    main.answer('pending.list', { ok: true, value: [edit] })
    await user.click(screen.getByRole('button', { name: 'Resume learning' }))
    expect(main.inputOf('toggle.resume')).toEqual({ toggle: 'memory-learn' })
    await waitFor(() => expect(main.callsTo('workspace.unsent')).toHaveLength(2))
  })

  it('exports and says so', async () => {
    await aDialog()
    await user.click(await screen.findByRole('button', { name: 'Export' }))
    expect(await screen.findByText('Exported')).toBeTruthy()
  })

  it('does not offer to sign out while it is not known what is unsent', async () => {
    const main = new FakeMain()
    main.fail('workspace.unsent', { kind: 'unexpected', reference: 'E-3' })
    const { app } = await aStartedApp(main)
    render(WithApp, { app, of: SignOutDialog })
    expect(await screen.findByText('Something went wrong in this app')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Sign out' }).disabled).toBe(true)
  })

  it('stays open and says why when it failed', async () => {
    const { main, app } = await aDialog([])
    main.fail('workspace.signOut', { kind: 'keychain', reason: 'locked' })
    await user.click(await screen.findByRole('button', { name: 'Sign out' }))
    expect(await screen.findByText('The keychain is locked')).toBeTruthy()
    expect(app.isSigningOut).toBe(true)
  })
})

async function aBanner(trouble: CredentialTrouble) {
  const fake = await aStartedApp()
  render(WithApp, { app: fake.app, of: CredentialBanner, given: { trouble } })
  return fake
}

describe('the credential banner', () => {
  it('asks for a new token when a host refused it, and says that edits are kept', async () => {
    const { main } = await aBanner({ kind: 'unauthorized', host: 'api.iblai.app' })
    expect(screen.getByText('api.iblai.app refused the token')).toBeTruthy()
    expect(screen.getByText(/Your edits are kept/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Enter a new token' }))
    await user.type(screen.getByLabelText('API token'), 'new-token{Enter}')
    expect(main.inputOf('workspace.renewToken')).toEqual({ token: 'new-token', sessionOnly: false })
    await waitFor(() => {
      expect(screen.getByLabelText<HTMLInputElement>('API token').value).toBe('')
    })
  })

  it('retries a locked keychain', async () => {
    const { main } = await aBanner({ kind: 'keychain', reason: 'locked' })
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    expect(main.callsTo('workspace.retryKeychain')).toHaveLength(1)
  })

  it('keeps a token for the session when there is no keychain', async () => {
    const { main } = await aBanner({ kind: 'keychain', reason: 'missing' })
    await user.click(screen.getByRole('button', { name: 'Enter the token for this session' }))
    await user.type(screen.getByLabelText('API token'), 'secret')
    await user.click(screen.getByRole('button', { name: 'Keep for this session only' }))
    expect(main.inputOf('workspace.renewToken')).toEqual({ token: 'secret', sessionOnly: true })
  })

  it('puts a refusal on the field and keeps what was typed', async () => {
    const { main } = await aBanner({ kind: 'no-token' })
    main.fail('workspace.renewToken', { kind: 'unauthorized', host: 'api.iblai.app' })
    await user.click(screen.getByRole('button', { name: 'Enter a new token' }))
    await user.type(screen.getByLabelText('API token'), 'wrong{Enter}')
    expect(await screen.findByText(/api.iblai.app refused this token/)).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('API token').value).toBe('wrong')
  })
})
