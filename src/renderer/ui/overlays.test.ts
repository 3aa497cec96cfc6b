import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import Dialog from './Dialog.svelte'
import Drawer from './Drawer.svelte'
import MenuButton from './MenuButton.svelte'
import { words } from './testing/words'
import Toast from './Toast.svelte'
import { ToastQueue } from './toast-state.svelte'

afterEach(() => {
  vi.unstubAllGlobals()
})

function narrowWindow() {
  const list = { matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }
  vi.stubGlobal('matchMedia', () => list)
}

describe('Dialog', () => {
  it('is a modal named by its title and described', async () => {
    render(Dialog, {
      open: true,
      title: 'Second token',
      description: 'For one host.',
      children: words('Content'),
    })
    const dialog = await screen.findByRole('dialog', { name: 'Second token' })
    expect(dialog.getAttribute('aria-modal')).toBe('true')
    const described = document.getElementById(dialog.getAttribute('aria-describedby') ?? '')
    expect(described?.textContent).toBe('For one host.')
  })

  it('closes by Esc and by its button', async () => {
    const onClose = vi.fn()
    const { rerender } = render(Dialog, {
      open: true,
      title: 'Second token',
      children: words('Content'),
      onClose,
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Close' }))
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
    await rerender({ open: true })
    await screen.findByRole('dialog')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
    expect(onClose).toHaveBeenCalledTimes(2)
  })

  it('stays while it is held', async () => {
    render(Dialog, { open: true, title: 'Sending', isHeld: true, children: words('Wait') })
    await screen.findByRole('dialog')
    await userEvent.keyboard('{Escape}')
    expect(screen.getByRole('dialog')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  })
})

describe('Drawer', () => {
  it('stands beside the content where there is room, and takes the focus to its title', () => {
    render(Drawer, { open: true, title: 'Pending changes', children: words('Content') })
    expect(screen.getByRole('complementary', { name: 'Pending changes' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Pending changes' })).toBe(document.activeElement)
  })

  it('closes by Esc', async () => {
    const onClose = vi.fn()
    render(Drawer, { open: true, title: 'Pending changes', children: words('Content'), onClose })
    await userEvent.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
    expect(screen.queryByRole('complementary')).toBeNull()
  })

  it('is a modal dialog where there is none', async () => {
    narrowWindow()
    const onClose = vi.fn()
    render(Drawer, { open: true, title: 'Pending changes', children: words('Content'), onClose })
    expect(await screen.findByRole('dialog', { name: 'Pending changes' })).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
    expect(onClose).toHaveBeenCalledOnce()
  })
})

describe('MenuButton', () => {
  it('opens by the keyboard and does what is chosen', async () => {
    const onSelect = vi.fn()
    render(MenuButton, {
      label: 'Pause',
      items: [
        { kind: 'item', id: 'hour', label: 'For one hour', onSelect },
        { kind: 'separator', id: 'line' },
        { kind: 'item', id: 'day', label: 'Until tomorrow', disabled: true, onSelect },
      ],
    })
    screen.getByRole('button', { name: 'Pause' }).focus()
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByRole('menu')).toBeTruthy()
    expect(screen.getByRole('separator')).toBeTruthy()
    await userEvent.click(screen.getByRole('menuitem', { name: 'For one hour' }))
    expect(onSelect).toHaveBeenCalledOnce()
    await waitFor(() => {
      expect(screen.queryByRole('menu')).toBeNull()
    })
  })

  it('shows which is checked and reports the other way', async () => {
    const onSelect = vi.fn()
    render(MenuButton, {
      label: 'Category',
      items: [{ kind: 'check', id: 'goals', label: 'Goals', checked: true, onSelect }],
    })
    await userEvent.click(screen.getByRole('button', { name: 'Category' }))
    await userEvent.click(
      await screen.findByRole('menuitemcheckbox', { name: 'Goals', checked: true }),
    )
    expect(onSelect).toHaveBeenCalledWith(false)
  })
})

describe('Toast', () => {
  const stillClock = { now: () => 0, after: () => () => undefined }

  it('is read out and undone', async () => {
    const queue = new ToastQueue(stillClock)
    const onUndo = vi.fn()
    render(Toast, { queue })
    queue.show({ text: 'Deleted “MSc”', onUndo, keys: 'Ctrl Z' })
    const button = await screen.findByRole('button', { name: /Undo/ })
    expect(screen.getByRole('status').textContent).toContain('Deleted “MSc”')
    await userEvent.click(button)
    expect(onUndo).toHaveBeenCalledOnce()
    expect(screen.getByRole('status').textContent).not.toContain('Deleted')
  })

  it('leaves the focus where it is', async () => {
    const queue = new ToastQueue(stillClock)
    render(Toast, { queue })
    const before = document.activeElement
    queue.show({ text: 'Deleted', onUndo: vi.fn() })
    await screen.findByRole('button', { name: 'Undo' })
    expect(document.activeElement).toBe(before)
  })

  it('holds its time while it is hovered or focused', async () => {
    const queue = new ToastQueue(stillClock)
    const hold = vi.spyOn(queue, 'hold')
    const release = vi.spyOn(queue, 'release')
    render(Toast, { queue })
    queue.show({ text: 'Deleted', onUndo: vi.fn() })
    await userEvent.hover(await screen.findByText('Deleted'))
    await userEvent.unhover(screen.getByText('Deleted'))
    await userEvent.tab()
    expect(hold.mock.calls).toEqual([['pointer'], ['focus']])
    expect(release).toHaveBeenCalledWith('pointer')
  })
})
