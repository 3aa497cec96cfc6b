import { render, screen } from '@testing-library/svelte'
import { createRawSnippet } from 'svelte'
import { describe, expect, it } from 'vitest'
import type { EditState } from './edit-state'
import Field from './Field.svelte'
import type { FieldControl } from './field-control'

const input = createRawSnippet<[FieldControl]>((control) => ({
  render: () => {
    const { id, describedBy = '', invalid } = control()
    return `<input id="${id}" aria-describedby="${describedBy}" aria-invalid="${String(invalid)}">`
  },
}))

function description(): string {
  const ids = screen.getByRole('textbox').getAttribute('aria-describedby') ?? ''
  return ids
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent.trim() ?? '')
    .join('; ')
}

describe('Field', () => {
  it('names its control', () => {
    render(Field, { label: 'Grade', children: input })
    expect(screen.getByRole('textbox', { name: 'Grade' })).toBeTruthy()
  })

  it('describes its control by note, state, error and help', () => {
    render(Field, {
      label: 'Grade',
      note: 'optional',
      state: 'draft',
      error: 'Not a number',
      help: '0.00 to 9.99',
      children: input,
    })
    expect(description()).toBe('optional; Draft; Not a number; 0.00 to 9.99')
  })

  it.each<[EditState, string]>([
    ['draft', 'Draft'],
    ['here', 'On this computer'],
    ['sending', 'Sending'],
    ['needs', 'Needs you'],
    ['refused', 'Refused'],
  ])('says the state %s in a word', (state, word) => {
    render(Field, { label: 'Grade', state, children: input })
    expect(screen.getByText(word)).toBeTruthy()
  })

  it('says nothing about a value that is saved', () => {
    render(Field, { label: 'Grade', children: input })
    expect(screen.getByRole('textbox').getAttribute('aria-describedby')).toBe('')
  })

  it.each([
    [{ error: 'Not a number' }, 'true'],
    [{ state: 'refused' as const }, 'true'],
    [{ state: 'needs' as const }, 'false'],
    [{}, 'false'],
  ])('with %o its control is invalid: %s', (props, invalid) => {
    render(Field, { label: 'Grade', ...props, children: input })
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe(invalid)
  })

  it('keeps the name of a label that is not shown', () => {
    render(Field, { label: 'Grade', hideLabel: true, children: input })
    expect(screen.getByRole('textbox', { name: 'Grade' })).toBeTruthy()
  })
})
