import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, it } from 'vitest'
import { FakeMain, aStartView, aWorkspace } from '../../tests/fakes/fake-main'
import App from './App.svelte'

const user = userEvent.setup()
const noWorkspace = aStartView({ workspaces: { all: [], credential: 'missing' } })

beforeAll(async () => {
  await Promise.all([
    import('./features/sections/SectionPage.svelte'),
    import('./features/sign-in/SignIn.svelte'),
    import('./frame/StartFailed.svelte'),
  ])
}, 60_000)

describe('App', () => {
  it('asks once and shows the section to open', async () => {
    const main = new FakeMain()
    render(App, { client: main.client })
    expect(await screen.findByRole('heading', { level: 1, name: 'Basic' })).toBeTruthy()
    expect(main.callsTo('app.start')).toHaveLength(1)
    expect(document.title).toBe('Basic – northwind – ibl.ai Profile')
  })

  it('shows Connect without a workspace, and the profile once connected', async () => {
    const main = new FakeMain(noWorkspace)
    main.answer('workspace.openDemo', { ok: true, value: aWorkspace() })
    render(App, { client: main.client })
    await user.click(await screen.findByRole('button', { name: 'Try the demo' }))
    main.answer('app.start', { ok: true, value: aStartView() })
    main.emit('workspace.changed', aStartView().workspaces)
    expect(await screen.findByRole('navigation', { name: 'Profile sections' })).toBeTruthy()
  })

  it('says why it could not start, and tries again', async () => {
    const main = new FakeMain()
    main.fail('app.start', { kind: 'unexpected', reference: 'E-1' })
    render(App, { client: main.client })
    expect(await screen.findByText('Something went wrong in this app')).toBeTruthy()
    main.answer('app.start', { ok: true, value: aStartView() })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('navigation', { name: 'Profile sections' })).toBeTruthy()
  })

  it('wears the chosen theme and text size', async () => {
    const main = new FakeMain(
      aStartView({
        settings: { theme: 'dark', textSize: 120, onClose: 'tray', looksForUpdates: true },
      }),
    )
    render(App, { client: main.client })
    await waitFor(() => {
      expect(document.documentElement.dataset['theme']).toBe('dark')
    })
    expect(document.documentElement.style.fontSize).toBe('120%')
    main.emit('app.settingsChanged', {
      theme: 'system',
      textSize: 100,
      onClose: 'tray',
      looksForUpdates: true,
    })
    await waitFor(() => {
      expect(document.documentElement.dataset['theme']).toBeUndefined()
    })
  })

  it('takes all its listeners back when it goes', async () => {
    const main = new FakeMain()
    const { unmount } = render(App, { client: main.client })
    await screen.findByRole('heading', { level: 1 })
    unmount()
    expect(main.listenerCount).toBe(0)
  })
})
