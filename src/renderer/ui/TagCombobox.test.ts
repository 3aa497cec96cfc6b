import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import TagCombobox from './TagCombobox.svelte'

const options = [
  { value: 'ar', label: 'Arabic' },
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'French' },
]

function aTagCombobox(values: readonly string[]) {
  const onChange = vi.fn()
  const labelOf = (value: string) => options.find((entry) => entry.value === value)?.label ?? value
  render(TagCombobox, { label: 'Languages', options, labelOf, values, onChange })
  return { onChange, input: screen.getByRole<HTMLInputElement>('combobox', { name: 'Languages' }) }
}

const chips = () => screen.queryAllByRole('listitem').map((chip) => chip.textContent.trim())

describe('TagCombobox', () => {
  it('shows what is chosen, unknown values as they are', () => {
    aTagCombobox(['ar', 'qqq'])
    expect(chips()).toEqual(['Arabic', 'qqq'])
  })

  it('adds what is typed and found, and is ready for the next', async () => {
    const { input, onChange } = aTagCombobox(['ar'])
    await userEvent.type(input, 'fre{Enter}')
    expect(onChange).toHaveBeenCalledWith(['ar', 'fr'])
    expect(input.value).toBe('')
    expect(chips()).toEqual(['Arabic', 'French'])
  })

  it('offers only what is not chosen yet', async () => {
    const { input } = aTagCombobox(['ar'])
    await userEvent.click(input)
    expect(screen.getAllByRole('option').map((row) => row.textContent.trim())).toEqual([
      'English',
      'French',
    ])
  })

  it('chooses the last chip by Backspace before it removes it', async () => {
    const { onChange } = aTagCombobox(['ar', 'en'])
    await userEvent.tab()
    await userEvent.keyboard('{Backspace}')
    expect(onChange).not.toHaveBeenCalled()
    expect(screen.getByText('English: press Backspace again to remove')).toBeTruthy()
    await userEvent.keyboard('{Backspace}')
    expect(onChange).toHaveBeenCalledWith(['ar'])
  })

  it('lets go of the chip at any other key', async () => {
    const { onChange } = aTagCombobox(['ar'])
    await userEvent.tab()
    await userEvent.keyboard('{Backspace}{Escape}{Backspace}')
    expect(onChange).not.toHaveBeenCalled()
  })

  it('removes letters, not chips, while there is text', async () => {
    const { input, onChange } = aTagCombobox(['ar'])
    await userEvent.type(input, 'en{Backspace}{Backspace}')
    expect(onChange).not.toHaveBeenCalled()
    expect(input.value).toBe('')
  })

  it('removes any chip by its button', async () => {
    const { onChange } = aTagCombobox(['ar', 'en'])
    await userEvent.click(screen.getByRole('button', { name: 'Remove Arabic' }))
    expect(onChange).toHaveBeenCalledWith(['en'])
  })
})
