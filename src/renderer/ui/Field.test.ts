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

  it.each([
    [undefined, 'optional; Draft; 0.00 to 9.99'],
    ['Not from 0.00 to 9.99', 'optional; Draft; Not from 0.00 to 9.99'],
  ])('describes its control by note, state and help, or by what is wrong: %s', (error, words) => {
    const props = { label: 'Grade', note: 'optional', state: 'draft', children: input } as const
    render(Field, { ...props, help: '0.00 to 9.99', error })
    expect(description()).toBe(words)
  })

  it('shows that it has to be filled in, which the control itself says', () => {
    render(Field, { label: 'Degree', showsRequired: true, children: input })
    expect(screen.getByText('required').getAttribute('aria-hidden')).toBe('true')
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
