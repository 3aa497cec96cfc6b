import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../../tests/fakes/fake-app'
import { aSectionView, anItem, aStartView, FakeMain } from '../../../tests/fakes/fake-main'
import { basic } from '../../shared/domain/sections/basic'
import { education } from '../../shared/domain/sections/education'
import type { AnySection } from '../../shared/domain/sections/section'
import { newItemDraftId, type ItemView, type SectionView } from '../../shared/sync/view'
import { FormState } from './form-state.svelte'

interface Given {
  readonly section?: AnySection
  readonly id?: string
  readonly item?: ItemView
  readonly view?: Partial<SectionView>
}

const noor = { name: 'Noor Haddad', email: 'noor@example.org', bio: 'Hydrologist.' }

function aForm({ section = basic, id = 'self', item, view }: Given = {}) {
  const main = new FakeMain(aStartView(), [
    aSectionView({ section: section.id, items: item ? [item] : [] }),
  ])
  const clock = new FakeClock()
  const record = { item, newDraft: view?.newDraft, facts: view?.facts ?? {} }
  const form = new FormState({
    section,
    client: main.client,
    clock,
    id: id === 'new' ? undefined : id,
    source: () => record,
    quote: (sentence) => `northwind answered: “${sentence}”`,
  })
  const inputs = (name: string) =>
    main.calls.filter((call) => call.name === name).map((call) => call.input)
  return { form, clock, inputs, main }
}

const anAccount = (some: Parameters<typeof anItem>[0] = {}) =>
  anItem({ id: 'self', values: noor, ...some })

describe('a form', () => {
  it('sends only what was changed, with the value it was changed from', async () => {
    const { form, inputs } = aForm({ item: anAccount() })
    form.type('title', 'Engineer')
    form.type('name', 'Noor Haddad ')
    expect(await form.save()).toBe('saved')
    expect(inputs('section.edit')).toEqual([
      { section: 'basic', item: 'self', patch: { title: 'Engineer' }, base: { title: null } },
    ])
    expect(form.isDirty).toBe(false)
  })

  it('says nothing while a field is typed in for the first time', () => {
    const { form } = aForm({ item: anAccount() })
    form.type('email', 'noor')
    expect(form.error('email')).toBeUndefined()
    form.leave('email')
    expect(form.error('email')).toBe('This is not an email address.')
    form.type('email', 'noor@northwind.example')
    expect(form.error('email')).toBeUndefined()
  })

  it('does not mind a stored text that is too long until it is edited', async () => {
    const { form } = aForm({ item: anAccount({ values: { ...noor, bio: 'a'.repeat(400) } }) })
    form.type('name', 'Noor')
    expect(await form.save()).toBe('saved')
    form.type('bio', 'a'.repeat(399))
    expect(await form.save()).toBe('invalid')
    expect(form.problemKeys).toEqual(['bio'])
  })

  it('keeps a draft in a pause of typing', () => {
    const { form, clock, inputs } = aForm({ item: anAccount() })
    form.type('bio', 'Hydro')
    clock.advance(399)
    expect(inputs('section.saveDraft')).toEqual([])
    clock.advance(1)
    expect(inputs('section.saveDraft')).toEqual([
      { section: 'basic', item: 'self', values: { bio: 'Hydro' }, base: { bio: 'Hydrologist.' } },
    ])
  })

  it('keeps a draft within a second while typing never stops', () => {
    const { form, clock, inputs } = aForm({ item: anAccount() })
    for (let stroke = 0; stroke < 10; stroke += 1) {
      form.type('bio', `Hydro ${String(stroke)}`)
      clock.advance(100)
    }
    expect(inputs('section.saveDraft').length).toBeGreaterThan(0)
  })

  it('comes back with its draft', () => {
    const draft = { section: basic.id, item: anAccount().id, values: { bio: 'New' }, savedAt: 5 }
    const { form } = aForm({ item: anAccount({ draft }) })
    expect(form.value('bio')).toBe('New')
    expect(form.mark('bio')).toBe('draft')
    expect(form.keptAt).toBe(5)
  })

  it('drops the draft on Cancel', async () => {
    const { form, inputs } = aForm({ item: anAccount() })
    form.type('bio', 'New')
    await form.flush()
    await form.cancel()
    expect(form.value('bio')).toBe('Hydrologist.')
    expect(inputs('section.saveDraft').at(-1)).toMatchObject({ values: {} })
  })

  it('keeps as a draft what is typed while the edit is on its way', async () => {
    const { form, main } = aForm({ item: anAccount() })
    const answer = main.hold('section.edit')
    form.type('title', 'Engineer')
    const saving = form.save()
    form.type('bio', 'Later')
    answer({ ok: true, value: { item: 'self', mutation: 'm' } })
    await saving
    expect(form.dirtyKeys).toEqual(['bio'])
    expect(form.value('title')).toBe('Engineer')
  })

  it('keeps what was typed when the edit is not taken', async () => {
    const { form, main } = aForm({ item: anAccount() })
    main.fail('section.edit', { kind: 'storage', reason: 'full' })
    form.type('title', 'Engineer')
    expect(await form.save()).toBe('failed')
    expect(form.value('title')).toBe('Engineer')
    expect(form.saveError).toEqual({ kind: 'storage', reason: 'full' })
  })

  it('shows a server sentence at its field until that is typed over', () => {
    const error = { kind: 'invalid', fields: { name: 'This value is invalid.' } } as const
    const { form } = aForm({
      item: anAccount({ mark: 'refused', marks: { name: 'refused' }, error }),
    })
    expect(form.error('name')).toBe('northwind answered: “This value is invalid.”')
    form.type('name', 'Noor H.')
    expect(form.error('name')).toBeUndefined()
  })

  it('asks to try a refused edit again when nothing else was typed', async () => {
    const error = { kind: 'forbidden' } as const
    const { form } = aForm({
      item: anAccount({ mark: 'refused', marks: { name: 'refused' }, error }),
    })
    expect(await form.save()).toBe('retry')
  })
})

describe('a flag that empties a field', () => {
  const entry = anItem({
    id: '7',
    values: { institution: '1', startDate: '2011-09-01', endDate: '2013-06-28' },
  })

  it('clears and closes it, and gives it back', () => {
    const { form } = aForm({ section: education, id: '7', item: entry })
    form.set('isCurrent', true)
    expect([form.value('endDate'), form.isDisabled('endDate')]).toEqual([null, true])
    form.set('isCurrent', false)
    expect([form.value('endDate'), form.isDisabled('endDate')]).toEqual(['2013-06-28', false])
  })
})

describe('a form for a new record', () => {
  it('keeps its draft under the id of new ones', async () => {
    const { form, inputs } = aForm({ section: education, id: 'new' })
    form.type('degree', 'MSc')
    await form.flush()
    expect(inputs('section.saveDraft')).toEqual([
      { section: 'education', item: newItemDraftId(education), values: { degree: 'MSc' } },
    ])
  })

  it('asks for what is missing on Save and creates what was filled in', async () => {
    const { form, inputs } = aForm({ section: education, id: 'new' })
    form.type('degree', 'MSc')
    expect(await form.save()).toBe('invalid')
    expect(form.problemKeys).toEqual(['institution', 'startDate'])
    form.set('institution', 'local:1')
    form.set('startDate', '2011-09-01')
    expect(await form.save()).toBe('saved')
    expect(inputs('section.create')).toEqual([
      {
        section: 'education',
        values: { degree: 'MSc', institution: 'local:1', startDate: '2011-09-01' },
      },
    ])
    expect(form.createdId).toMatch(/^local:/)
  })
})
