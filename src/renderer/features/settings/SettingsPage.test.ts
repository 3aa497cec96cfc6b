import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { FakeMain, aStartView, aWorkspace } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import { connectionFacts } from './connection-facts'
import SettingsPage from './SettingsPage.svelte'

const user = userEvent.setup()

async function aPage(start = aStartView(), main = new FakeMain(start)) {
  const fake = await aStartedApp(main)
  render(WithApp, { app: fake.app, of: SettingsPage })
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
    const facts = connectionFacts(aWorkspace(), { unavailable: 'timeout' })
    expect(facts.at(-1)?.value).toBe('The keychain does not answer.')
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
      aStartView({ settings: { theme: 'system', textSize: 150, onClose: 'tray' } }),
    )
    await user.click(screen.getByRole('button', { name: 'Larger text' }))
    expect(main.inputOf('app.setSettings')).toEqual({ textSize: 150 })
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(app.settings.textSize).toBe(100)
  })

  it('resets the demo after a second press', async () => {
    const { main } = await aPage(
      aStartView({ workspaces: { all: [demo], current: demo, credential: 'stored' } }),
    )
    await user.click(screen.getByRole('button', { name: 'Reset the demo' }))
    expect(main.callsTo('workspace.resetDemo')).toHaveLength(0)
    await user.click(screen.getByRole('button', { name: 'Throw away and reset' }))
    expect(main.callsTo('workspace.resetDemo')).toHaveLength(1)
  })

  it('offers no demo reset in a real workspace', async () => {
    await aPage()
    expect(screen.queryByRole('button', { name: 'Reset the demo' })).toBeNull()
  })
})
