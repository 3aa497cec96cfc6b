import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import MonthInput from './MonthInput.svelte'

function aMonthInput(value?: string) {
  const calls = { onChange: vi.fn(), onMisread: vi.fn() }
  render(MonthInput, {
    label: 'Start month',
    pickerLabel: 'Choose the start month',
    today: '2026-11',
    value,
    ...calls,
  })
  return { ...calls, input: screen.getByRole<HTMLInputElement>('textbox', { name: 'Start month' }) }
}

const openPicker = () =>
  userEvent.click(screen.getByRole('button', { name: 'Choose the start month' }))

describe('MonthInput', () => {
  it('lays no bubble with its name over the open picker', async () => {
    aMonthInput()
    const bubble = () => document.querySelector('.bubble')
    await userEvent.hover(screen.getByRole('button', { name: 'Choose the start month' }))
    expect(bubble()).not.toBeNull()
    await openPicker()
    await userEvent.hover(screen.getByRole('button', { name: 'Choose the start month' }))
    expect(bubble()).toBeNull()
  })

  it('shows its value in words', () => {
    expect(aMonthInput('2011-09').input.value).toBe('Sep 2011')
  })

  it('understands what is typed and writes it in full when it is left', async () => {
    const { input, onChange } = aMonthInput()
    await userEvent.type(input, '9/2011')
    expect(onChange).toHaveBeenLastCalledWith('2011-09')
    expect(input.value).toBe('9/2011')
    await userEvent.tab()
    expect(input.value).toBe('Sep 2011')
  })

  it('keeps and reports a text that says no month', async () => {
    const { input, onChange, onMisread } = aMonthInput('2011-09')
    await userEvent.clear(input)
    await userEvent.type(input, 'autumn')
    await userEvent.tab()
    expect(onChange).toHaveBeenLastCalledWith(undefined)
    expect(onMisread).toHaveBeenLastCalledWith('autumn')
    expect(input.value).toBe('autumn')
  })

  it('becomes empty without complaint', async () => {
    const { input, onMisread } = aMonthInput('2011-09')
    await userEvent.clear(input)
    await userEvent.tab()
    expect(onMisread).toHaveBeenLastCalledWith(undefined)
  })

  it('opens the picker on its value, with the focus on that month', async () => {
    aMonthInput('2011-09')
    await openPicker()
    const cell = screen.getByRole('gridcell', { name: /Sep 2011/, selected: true })
    expect(cell).toBe(document.activeElement)
  })

  it('opens on the present when it is empty', async () => {
    aMonthInput()
    await openPicker()
    expect(screen.getByRole('gridcell', { name: /Nov 2026/ })).toBe(document.activeElement)
  })

  it('moves by arrows and Page Down, chooses by Enter and gives the focus back', async () => {
    const { input, onChange } = aMonthInput('2011-09')
    await userEvent.click(input)
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}{ArrowRight}{ArrowDown}{PageDown}')
    expect(onChange).not.toHaveBeenCalled()
    await userEvent.keyboard('{Enter}')
    expect(onChange).toHaveBeenCalledWith('2013-02')
    expect(input.value).toBe('Feb 2013')
    expect(input).toBe(document.activeElement)
    expect(screen.queryByRole('grid')).toBeNull()
  })

  it('changes nothing when the picker is left by Esc', async () => {
    const { input, onChange } = aMonthInput('2011-09')
    await openPicker()
    await userEvent.keyboard('{ArrowRight}{Escape}')
    expect(onChange).not.toHaveBeenCalled()
    expect(screen.queryByRole('grid')).toBeNull()
    expect(input).toBe(document.activeElement)
  })

  it('steps through years by its buttons', async () => {
    aMonthInput('2011-09')
    await openPicker()
    await userEvent.click(screen.getByRole('button', { name: 'Previous year' }))
    expect(screen.getByRole('grid', { name: '2010' })).toBeTruthy()
  })

  it('closes at a press somewhere else', async () => {
    aMonthInput('2011-09')
    await openPicker()
    await userEvent.click(document.body)
    expect(screen.queryByRole('grid')).toBeNull()
  })
})
