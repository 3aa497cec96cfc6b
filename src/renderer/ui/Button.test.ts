import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import Button from './Button.svelte'
import IconButton from './IconButton.svelte'
import { words } from './testing/words'

it('is pressed by pointer, Enter and Space', async () => {
  const onclick = vi.fn()
  render(Button, { onclick, children: words('Save') })
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await userEvent.keyboard('{Enter} ')
  expect(onclick).toHaveBeenCalledTimes(3)
})

it('ignores presses while busy but keeps its place in the Tab order', async () => {
  const onclick = vi.fn()
  render(Button, { onclick, busy: true, children: words('Save') })
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  const button = screen.getByRole('button', { name: 'Save', busy: true })
  expect(button).toBe(document.activeElement)
  expect(onclick).not.toHaveBeenCalled()
})

it('submits a form only when told to', () => {
  render(Button, { children: words('Cancel') })
  expect(screen.getByRole('button', { name: 'Cancel' }).getAttribute('type')).toBe('button')
})

it('shows the key that does the same', () => {
  render(Button, { keys: 'Ctrl S', children: words('Save') })
  expect(screen.getByText('Ctrl S').tagName).toBe('KBD')
})

it('has a name without words, and shows it when the pointer rests on it', async () => {
  render(IconButton, { icon: 'trash', label: 'Delete entry' })
  expect(screen.queryByText('Delete entry')).toBeNull()
  await userEvent.hover(screen.getByRole('button', { name: 'Delete entry' }))
  expect(screen.getByText('Delete entry')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
})

it('takes the bubble away when the pointer leaves', async () => {
  render(IconButton, { icon: 'trash', label: 'Delete entry' })
  const button = screen.getByRole('button', { name: 'Delete entry' })
  await userEvent.hover(button)
  await userEvent.unhover(button)
  expect(screen.queryByText('Delete entry')).toBeNull()
})
