import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { FakeMain, aStartView, aWorkspace } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import { credentialText, hostTokenText } from './connection-facts'
import SettingsScreen from '../../frame/SettingsScreen.svelte'

const user = userEvent.setup()

async function aPage(start = aStartView(), main = new FakeMain(start)) {
  const fake = await aStartedApp(main)
  render(WithApp, { app: fake.app, of: SettingsScreen })
  return fake
}

const demo = aWorkspace({ kind: 'demo' })

describe('Settings', () => {
  it('names both hosts, the username and where the token is', async () => {
    await aPage()
    expect(screen.getByText('https://api.iblai.app/lms')).toBeTruthy()
    expect(screen.getByText('https://api.iblai.app/dm')).toBeTruthy()
    expect(screen.getByText('noor.haddad')).toBeTruthy()
    expect(screen.getByText('Kept in your system keychain. Never in a file.')).toBeTruthy()
  })

  it('says when the keychain is not to be had', () => {
    expect(credentialText({ unavailable: 'timeout' })).toBe('The keychain does not answer.')
  })

  it('changes the theme', async () => {
    const { main } = await aPage()
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(main.inputOf('app.setSettings')).toEqual({ theme: 'dark' })
  })

  it('says what closing the window does, and that this needs a tray', async () => {
    const start = aStartView()
    const main = new FakeMain(start)
    main.answer('app.desktop', { ok: true, value: { hasTray: false, startsAtLogin: false } })
    await aPage(start, main)
    await screen.findByText(/shows no tray/)
    await user.click(screen.getByRole('radio', { name: 'Quit' }))
    expect(main.inputOf('app.setSettings')).toEqual({ onClose: 'quit' })
    await user.click(screen.getByRole('switch', { name: 'Start at login' }))
    expect(main.inputOf('app.startAtLogin')).toEqual({ isOn: true })
  })

  it('changes the text size within its limits', async () => {
    const { main, app } = await aPage(
      aStartView({
        settings: { theme: 'system', textSize: 150, onClose: 'tray', looksForUpdates: true },
      }),
    )
    await user.click(screen.getByRole('button', { name: 'Larger text' }))
    expect(main.inputOf('app.setSettings')).toEqual({ textSize: 150 })
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(app.settings.textSize).toBe(100)
  })

  it('shows the log and copies the diagnostics, and says so', async () => {
    const { main, toasts } = await aPage()
    await user.click(screen.getByRole('button', { name: 'Show logs' }))
    expect(main.callsTo('app.showLogs')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Copy diagnostics' }))
    expect(main.callsTo('app.copyDiagnostics')).toHaveLength(1)
    expect(toasts.current?.text).toMatch(/^Diagnostics copied/)
  })

  it('resets the demo after a second press', async () => {
    const { main } = await aPage(
      aStartView({ workspaces: { all: [demo], current: demo, credential: 'stored' } }),
    )
    await user.click(screen.getByRole('button', { name: 'Reset the demo' }))
    expect(main.callsTo('workspace.resetDemo')).toHaveLength(0)
    const keep = screen.getByRole('button', { name: 'Keep' })
    expect(document.activeElement).toBe(keep)
    await user.click(keep)
    const reset = screen.getByRole('button', { name: 'Reset the demo' })
    expect(document.activeElement).toBe(reset)
    await user.click(reset)
    await user.click(screen.getByRole('button', { name: 'Throw away and reset' }))
    expect(main.callsTo('workspace.resetDemo')).toHaveLength(1)
  })

  it('offers no demo reset in a real workspace', async () => {
    await aPage()
    expect(screen.queryByRole('button', { name: 'Reset the demo' })).toBeNull()
  })

  const withSecond = () => {
    const start = aStartView()
    return { ...start, workspaces: { ...start.workspaces, ownTokens: { lms: 'stored' } as const } }
  }

  it('says which token each host gets, and offers what can be done about it', async () => {
    const { app } = await aPage(withSecond())
    expect(screen.getByText('Gets a second token, kept in your system keychain.')).toBeTruthy()
    expect(screen.getByText('Gets the token above.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Add a second token/ })).toBeNull()
    await user.click(
      screen.getByRole('button', { name: 'Replace the second token of the LMS host' }),
    )
    expect(app.workspaces.askedToken).toBe('lms')
    await user.click(screen.getByRole('button', { name: 'Replace the token' }))
    expect(app.workspaces.askedToken).toBe('first')
  })

  it('offers a second token for either host while there is none', async () => {
    const { app } = await aPage()
    await user.click(screen.getByRole('button', { name: 'Add a second token for the LMS host' }))
    expect(app.workspaces.askedToken).toBe('lms')
    await user.click(screen.getByRole('button', { name: 'Add a second token for the DM host' }))
    expect(app.workspaces.askedToken).toBe('dm')
  })

  it('removes a second token after a second press, and keeps the focus near', async () => {
    const { main } = await aPage(withSecond())
    const remove = () =>
      screen.getByRole('button', { name: 'Remove the second token of the LMS host' })
    await user.click(remove())
    const keep = screen.getByRole('button', { name: 'Keep' })
    expect(document.activeElement).toBe(keep)
    await user.click(keep)
    expect(document.activeElement).toBe(remove())
    expect(main.callsTo('workspace.removeToken')).toHaveLength(0)
    await user.click(remove())
    await user.click(screen.getByRole('button', { name: 'Remove token' }))
    expect(main.inputOf('workspace.removeToken')).toEqual({ service: 'lms' })
  })

  it('says that a host refused its token', () => {
    expect(hostTokenText(undefined, true)).toBe('Refused the token above.')
    expect(hostTokenText('stored', true)).toBe('Refused its second token.')
  })
})
