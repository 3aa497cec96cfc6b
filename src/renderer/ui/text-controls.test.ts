import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import PasswordInput from './PasswordInput.svelte'
import Select from './Select.svelte'
import TextArea from './TextArea.svelte'
import TextInput from './TextInput.svelte'

describe('TextInput', () => {
  it('hands over every keystroke and tells when it is left', async () => {
    const onInput = vi.fn()
    const onBlur = vi.fn()
    render(TextInput, { label: 'Town', onInput, onBlur })
    await userEvent.type(screen.getByRole('textbox', { name: 'Town' }), 'Aq')
    await userEvent.tab()
    expect(onInput.mock.calls).toEqual([['A'], ['Aq']])
    expect(onBlur).toHaveBeenCalledOnce()
  })

  it('can be reached but not changed when it is not editable', async () => {
    render(TextInput, { label: 'Username', value: 'noor', readonly: true })
    await userEvent.tab()
    const input = screen.getByRole<HTMLInputElement>('textbox', { name: 'Username' })
    await userEvent.keyboard('x')
    expect(input).toBe(document.activeElement)
    expect(input.value).toBe('noor')
  })

  it('shows a value that is changed from outside', async () => {
    const { rerender } = render(TextInput, { label: 'Town', value: 'Amman' })
    await rerender({ value: 'Aqaba' })
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Aqaba')
  })
})

describe('TextArea', () => {
  const spoken = () => screen.getByRole('status').textContent

  it('counts characters as people do', () => {
    render(TextArea, { label: 'About', limit: 300, value: 'é👩‍🏫'.normalize('NFC') })
    expect(screen.getByText('4 / 300')).toBeTruthy()
  })

  it.each([
    [279, ''],
    [280, '20 characters or fewer left of 300'],
    [300, '300 characters, the limit'],
    [301, 'Over the limit'],
  ])('at %d of 300 says %j', (length, words) => {
    render(TextArea, { label: 'About', limit: 300, value: 'a'.repeat(length) })
    expect(spoken()).toBe(words)
  })

  it('lets more be typed and names the surplus', async () => {
    render(TextArea, { label: 'About', limit: 3, value: 'abc' })
    await userEvent.type(screen.getByRole('textbox', { name: 'About' }), 'de')
    expect(screen.getByText(/2 too many:\s+5 \/ 3/)).toBeTruthy()
  })

  it('counts nothing without a limit', () => {
    render(TextArea, { label: 'About' })
    expect(screen.queryByRole('status')).toBeNull()
  })
})

describe('PasswordInput', () => {
  it('hides what is typed until asked, and hides it again', async () => {
    render(PasswordInput, { label: 'API token', value: 'secret' })
    const input = screen.getByLabelText('API token')
    expect(input.getAttribute('type')).toBe('password')
    await userEvent.click(screen.getByRole('button', { name: 'Show' }))
    expect(input.getAttribute('type')).toBe('text')
    await userEvent.click(screen.getByRole('button', { name: 'Hide' }))
    expect(input.getAttribute('type')).toBe('password')
  })
})

describe('Select', () => {
  const options = [
    { value: 'jo', label: 'Jordan' },
    { value: 'nl', label: 'Netherlands' },
  ]

  it('reports what was chosen', async () => {
    const onChange = vi.fn()
    render(Select, { label: 'Country', options, emptyLabel: 'Not given', onChange })
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Country' }), 'Jordan')
    expect(onChange).toHaveBeenCalledWith('jo')
  })

  it('keeps and shows a value that is not among the options', () => {
    render(Select, { label: 'Country', options, value: 'xx' })
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('xx')
    expect(screen.getByRole('option', { name: 'xx', selected: true })).toBeTruthy()
  })
})
