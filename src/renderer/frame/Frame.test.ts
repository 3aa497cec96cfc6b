import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../tests/fakes/fake-app'
import {
  FakeMain,
  aPendingChange,
  aSectionView,
  aStartView,
  aWorkspace,
  anItem,
} from '../../../tests/fakes/fake-main'
import WithApp from '../../../tests/fakes/WithApp.svelte'
import { asWorkspaceId } from '../../shared/domain/ids'
import type { StartView } from '../../shared/ipc/contract'
import type { SectionView } from '../../shared/sync/view'
import Frame from './Frame.svelte'

const user = userEvent.setup()

// What the frame fetches on demand, fetched before anything is timed.
beforeAll(async () => {
  await Promise.all([
    sectionPage,
    import('../features/settings/SettingsPage.svelte'),
    import('../features/sync-status/PendingDrawer.svelte'),
    import('../features/workspaces/SignOutDialog.svelte'),
    import('../features/workspaces/WorkspaceMenu.svelte'),
  ])
}, 60_000)

const sectionPage = import('../features/sections/SectionPage.svelte')

const basic = aSectionView({
  section: 'basic',
  items: [anItem({ id: 'self', values: { name: 'Noor Haddad', email: 'n@example.org' } })],
})

async function aFrame(some: Partial<StartView> = {}, views: readonly SectionView[] = []) {
  const start = aStartView(some)
  const sections = start.sections.map(
    (view) => [basic, ...views].findLast(({ section }) => section === view.section) ?? view,
  )
  const main = new FakeMain({ ...start, sections })
  const fake = await aStartedApp(main)
  render(WithApp, { app: fake.app, of: Frame, given: { toasts: fake.toasts, sectionPage } })
  await screen.findByRole('heading', { level: 1 })
  return { ...fake, nav: screen.getByRole('navigation', { name: 'Profile sections' }) }
}

describe('the frame', () => {
  it('lists the sections as links, with the open one marked', async () => {
    const { nav } = await aFrame()
    const links = within(within(nav).getByRole('list')).getAllByRole('link')
    expect(links.map((link) => link.textContent.trim())).toEqual([
      'Basic',
      'Social',
      'Education',
      'Experience',
      'Résumé',
      'Memory',
    ])
    expect(links[0]?.getAttribute('aria-current')).toBe('page')
  })

  it.each([
    [{ mark: 'here', unsent: 2 }, /^Education ?, 2 on this computer$/],
    [{ mark: 'needs-you', unsent: 1 }, /^Education ?, needs you: changed on both sides$/],
    [{ mark: 'refused', unsent: 1 }, /^Education ?, needs you: not accepted$/],
    [
      { read: { kind: 'failed', error: { kind: 'forbidden' }, at: 0 } },
      /^Education ?, this token may not open it$/,
    ],
  ] as const)('reads the mark of %j as part of the link', async (some, name) => {
    const { nav } = await aFrame({}, [aSectionView({ section: 'education', ...some })])
    expect(within(nav).getByRole('link', { name })).toBeTruthy()
  })

  it('opens a section and moves the focus to its heading', async () => {
    const { main, nav } = await aFrame()
    await user.click(within(nav).getByRole('link', { name: 'Social' }))
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Social' }))
    })
    expect(main.inputOf('section.opened')).toEqual({ section: 'social' })
  })

  it('goes to sections by Ctrl and number', async () => {
    const { app } = await aFrame()
    await user.keyboard('{Control>}3{/Control}')
    expect(app.section?.id).toBe('education')
  })

  it('says the status, gravest first', async () => {
    const { main, nav } = await aFrame()
    const status = within(nav).getByRole('status')
    expect(status.textContent).toMatch(/Saved/)
    main.emit('pending.status', { kind: 'needs-you', count: 1, reason: 'conflict' })
    await waitFor(() => {
      expect(status.textContent.replaceAll(/\s+/g, ' ').trim()).toBe(
        'Needs you changed on both sides',
      )
    })
  })

  it('opens and closes Pending changes by Ctrl Shift P and Esc', async () => {
    const { main } = await aFrame({ pendingCount: 1 })
    main.answer('pending.list', { ok: true, value: [aPendingChange()] })
    await user.keyboard('{Control>}{Shift>}P{/Shift}{/Control}')
    const heading = await screen.findByRole('heading', { name: 'Pending changes' })
    expect(document.activeElement).toBe(heading)
    await user.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('heading', { name: 'Pending changes' })).toBeNull()
    })
  })

  it('counts pending changes in the name of their button', async () => {
    const { nav } = await aFrame({ pendingCount: 3 })
    expect(within(nav).getByRole('button', { name: /^Pending changes ?, 3$/ })).toBeTruthy()
  })

  it('changes the text size by keys', async () => {
    const { main } = await aFrame()
    await user.keyboard('{Control>}={/Control}')
    expect(main.inputOf('app.setSettings')).toEqual({ textSize: 110 })
  })

  it('has a link past the navigation as its first stop', async () => {
    await aFrame()
    await user.tab()
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Skip to Basic' }))
    await user.keyboard('{Enter}')
    await waitFor(() => {
      expect(document.activeElement?.tagName).toBe('H1')
    })
  })

  it('walks navigation and content by F6', async () => {
    const { nav } = await aFrame()
    await user.keyboard('{F6}')
    expect(document.activeElement).toBe(within(nav).getByRole('link', { name: 'Basic' }))
    await user.keyboard('{F6}')
    expect(document.activeElement?.tagName).toBe('H1')
    await user.keyboard('{Shift>}{F6}{/Shift}')
    expect(document.activeElement).toBe(within(nav).getByRole('link', { name: 'Basic' }))
  })

  it('takes a deletion back by Ctrl Z outside of text', async () => {
    const { app } = await aFrame()
    let undone = 0
    app.toasts.show({ text: 'Deleted “MSc”', onUndo: () => (undone += 1) })
    await user.keyboard('{Control>}z{/Control}')
    expect(undone).toBe(1)
  })

  it('opens Settings with the focus on its heading', async () => {
    await aFrame()
    await user.keyboard('{Control>},{/Control}')
    const heading = await screen.findByRole('heading', { level: 1, name: 'Settings' })
    await waitFor(() => {
      expect(document.activeElement).toBe(heading)
    })
  })
})

describe('the person button', () => {
  const delft = aWorkspace({ id: asWorkspaceId('delft'), org: 'delft' })
  const open = async () => {
    const start = aStartView()
    const fake = await aFrame({
      workspaces: { ...start.workspaces, all: [...start.workspaces.all, delft] },
    })
    await user.click(screen.getByRole('button', { name: /^Noor Haddad northwind ?, workspaces$/ }))
    await screen.findByRole('menu')
    return fake
  }

  it('lists the workspaces and switches', async () => {
    const { main } = await open()
    await user.click(screen.getByRole('menuitemcheckbox', { name: /delft/ }))
    await waitFor(() => {
      expect(main.inputOf('workspace.switchTo')).toEqual({ workspace: 'delft' })
    })
  })

  it('opens Connect for one more', async () => {
    const { app } = await open()
    await user.click(screen.getByRole('menuitem', { name: 'Add workspace' }))
    expect(app.isConnectShown).toBe(true)
  })

  it('asks before signing out', async () => {
    await open()
    await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))
    expect(await screen.findByRole('dialog', { name: 'Sign out of northwind' })).toBeTruthy()
  })
})
