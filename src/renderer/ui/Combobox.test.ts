import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import Combobox from './Combobox.svelte'

const options = [
  { value: '1', label: 'Aqaba Technical College', second: 'College, Aqaba' },
  { value: '2', label: 'Aqaba Technology Institute', second: 'Institute, Aqaba' },
  { value: '3', label: 'University of Jordan', second: 'University, Amman' },
]

function aCombobox(props: Record<string, unknown> = {}) {
  const calls = { onChange: vi.fn(), onMisread: vi.fn(), onTyped: vi.fn() }
  render(Combobox, { label: 'Institution', options, ...calls, ...props })
  return {
    ...calls,
    input: screen.getByRole<HTMLInputElement>('combobox', { name: 'Institution' }),
  }
}

const active = () =>
  document.getElementById(
    screen.getByRole('combobox').getAttribute('aria-activedescendant') ?? 'none',
  )?.textContent ?? ''

describe('Combobox', () => {
  it('is closed until something is done', async () => {
    const { input } = aCombobox()
    await userEvent.tab()
    expect(input.getAttribute('aria-expanded')).toBe('false')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('finds by what is typed, says how many and chooses by Enter', async () => {
    const { input, onChange } = aCombobox()
    await userEvent.type(input, 'aqaba')
    expect(screen.getByRole('status').textContent).toBe('2 results')
    expect(active()).toContain('Aqaba Technical College')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(onChange).toHaveBeenCalledWith('2', options[1])
    expect(input.value).toBe('Aqaba Technology Institute')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('goes round at either end, and to both ends by Home and End', async () => {
    aCombobox()
    await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}')
    expect(active()).toContain('Technical')
    await userEvent.keyboard('{ArrowUp}')
    expect(active()).toContain('Jordan')
    await userEvent.keyboard('{Home}')
    expect(active()).toContain('Technical')
    await userEvent.keyboard('{End}')
    expect(active()).toContain('Jordan')
  })

  it('closes at the first Esc and restores at the second', async () => {
    const { input } = aCombobox({ value: '3' })
    await userEvent.type(input, ' x')
    await userEvent.clear(input)
    await userEvent.type(input, 'aqaba{Escape}')
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(input.value).toBe('aqaba')
    await userEvent.keyboard('{Escape}')
    expect(input.value).toBe('University of Jordan')
  })

  it('takes nothing by Tab', async () => {
    const { input, onChange, onMisread } = aCombobox()
    await userEvent.type(input, 'aqaba')
    await userEvent.tab()
    expect(onChange).not.toHaveBeenCalled()
    expect(onMisread).toHaveBeenLastCalledWith('aqaba')
    expect(input.value).toBe('aqaba')
  })

  it('takes a name that was typed in full', async () => {
    const { input, onChange } = aCombobox()
    await userEvent.type(input, 'university of jordan')
    await userEvent.tab()
    expect(onChange).toHaveBeenLastCalledWith('3', options[2])
    expect(input.value).toBe('University of Jordan')
  })

  it('becomes empty when its text is taken out', async () => {
    const { input, onChange } = aCombobox({ value: '3' })
    await userEvent.clear(input)
    await userEvent.tab()
    expect(onChange).toHaveBeenLastCalledWith(undefined, undefined)
  })

  it('offers to create what nobody has yet, in the last row', async () => {
    const onCreate = vi.fn()
    const { input } = aCombobox({ onCreate, createHelp: 'Works offline' })
    await userEvent.type(input, 'aqaba tech')
    const rows = within(screen.getByRole('listbox', { name: 'Institution' })).getAllByRole('option')
    expect(rows.at(-1)?.textContent).toMatch(/Create “aqaba tech”\s+Works offline/)
    await userEvent.keyboard('{End}{Enter}')
    expect(onCreate).toHaveBeenCalledWith('aqaba tech')
  })

  it('does not offer to create what is there', async () => {
    const { input } = aCombobox({ onCreate: vi.fn() })
    await userEvent.type(input, 'University of Jordan')
    expect(screen.queryByText(/Create/)).toBeNull()
  })

  it('marks the typed part', async () => {
    const { input } = aCombobox()
    await userEvent.type(input, 'jord')
    expect(screen.getByText('Jord').tagName).toBe('B')
  })

  it('chooses by the pointer without losing the focus', async () => {
    const { input, onChange } = aCombobox()
    await userEvent.click(input)
    await userEvent.click(screen.getByRole('option', { name: /Jordan/ }))
    expect(onChange).toHaveBeenCalledWith('3', options[2])
    expect(input).toBe(document.activeElement)
  })

  it('says so when nothing fits', async () => {
    const { input } = aCombobox()
    await userEvent.type(input, 'zzz')
    expect(screen.getByRole('status').textContent).toBe('No results')
    expect(input.getAttribute('aria-expanded')).toBe('false')
  })

  it('leaves the finding to others when the options are an answer already', async () => {
    const { input, onTyped } = aCombobox({ filters: false })
    await userEvent.type(input, 'zz')
    expect(onTyped).toHaveBeenLastCalledWith('zz')
    expect(screen.getAllByRole('option')).toHaveLength(3)
  })

  it('shows a value whose option is not at hand by its given label', () => {
    const { input } = aCombobox({ value: '9', valueLabel: 'Delft Open Water School' })
    expect(input.value).toBe('Delft Open Water School')
  })
})

describe('Combobox with free text', () => {
  const suggestions = [{ value: 'Hydrology', label: 'Hydrology' }]
  const free = { isFreeText: true, options: suggestions }

  it('takes what is typed as the value, and no suggestion unasked', async () => {
    const { input, onChange } = aCombobox(free)
    await userEvent.type(input, 'Hydro{Enter}')
    await userEvent.tab()
    expect(onChange).toHaveBeenLastCalledWith('Hydro', undefined)
    expect(input.value).toBe('Hydro')
  })

  it('takes a suggestion that was gone to', async () => {
    const { input, onChange } = aCombobox(free)
    await userEvent.type(input, 'Hydro{ArrowDown}{Enter}')
    expect(onChange).toHaveBeenLastCalledWith('Hydrology', suggestions[0])
  })

  it('goes back to the value of before by two Esc', async () => {
    const { input, onChange } = aCombobox({ ...free, value: 'Geology' })
    await userEvent.clear(input)
    await userEvent.type(input, 'Hy{Escape}{Escape}')
    expect(onChange).toHaveBeenLastCalledWith('Geology', undefined)
    expect(input.value).toBe('Geology')
  })
})
