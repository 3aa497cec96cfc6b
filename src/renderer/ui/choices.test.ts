import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import Checkbox from './Checkbox.svelte'
import Segmented from './Segmented.svelte'
import Switch from './Switch.svelte'
import SwitchRow from './SwitchRow.svelte'
import { words } from './testing/words'

describe('Switch', () => {
  it('turns by pointer and Space and says which way', async () => {
    const onToggle = vi.fn()
    render(Switch, { label: 'Learn', onToggle })
    await userEvent.click(screen.getByRole('switch', { name: 'Learn', checked: false }))
    await userEvent.keyboard(' ')
    expect(onToggle.mock.calls).toEqual([[true], [false]])
  })

  it('goes back when it is told to', async () => {
    const { rerender } = render(Switch, { label: 'Learn', checked: true })
    await userEvent.click(screen.getByRole('switch'))
    await rerender({ checked: true })
    expect(screen.getByRole('switch', { checked: true })).toBeTruthy()
  })
})

describe('SwitchRow', () => {
  it('turns when its words are pressed, and is named by the first of them', async () => {
    const onToggle = vi.fn()
    render(SwitchRow, { name: 'Learn', consequence: 'From conversations.', onToggle })
    await userEvent.click(screen.getByText('Learn'))
    expect(onToggle).toHaveBeenCalledWith(true)
    expect(screen.getByRole('switch', { name: 'Learn', checked: true })).toBeTruthy()
  })

  it('is described by consequence and outcome', () => {
    render(SwitchRow, {
      name: 'Learn',
      consequence: 'From conversations.',
      outcome: words('Saved 14:30'),
    })
    const ids = screen.getByRole('switch').getAttribute('aria-describedby')?.split(' ') ?? []
    const texts = ids.map((id) => document.getElementById(id)?.textContent.trim())
    expect(texts).toEqual(['From conversations.', 'Saved 14:30'])
  })
})

describe('Checkbox', () => {
  it('is named by its label even when that is not shown', async () => {
    const onChange = vi.fn()
    render(Checkbox, { label: 'Select all', hideLabel: true, indeterminate: true, onChange })
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all' })
    expect(box.indeterminate).toBe(true)
    await userEvent.click(box)
    expect(onChange).toHaveBeenCalledWith(true)
  })
})

describe('Segmented', () => {
  const options = [
    { value: 'all', label: 'All' },
    { value: 'hand', label: 'By hand' },
  ]

  it('is one group of which one is chosen', async () => {
    const onChange = vi.fn()
    render(Segmented, { label: 'Source', options, value: 'all', onChange })
    expect(screen.getByRole('radiogroup', { name: 'Source' })).toBeTruthy()
    expect(screen.getByRole('radio', { name: 'All', checked: true })).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'By hand' }))
    expect(onChange).toHaveBeenCalledWith('hand')
    expect(screen.getByRole('radio', { name: 'All', checked: false })).toBeTruthy()
  })
})
