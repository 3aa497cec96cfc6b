import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { asItemId, asSectionId } from '../../../shared/domain/ids'
import { aBasicView, aSectionPage, noor } from '../../../../tests/fakes/section-page'

const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name)

describe('Basic', () => {
  it('shows every field under its name', async () => {
    await aSectionPage('basic', { views: [aBasicView()] })
    expect((await field('Full name')).value).toBe('Noor Haddad')
    for (const name of ['Title', 'Email', 'About', 'Country', 'Birth year', 'Education level']) {
      expect(screen.getByLabelText(name)).toBeTruthy()
    }
    expect(await screen.findByRole('combobox', { name: 'Languages' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Change photo' })).toBeTruthy()
  })

  it('names the country, and offers all of them to whoever comes to it', async () => {
    const { user } = await aSectionPage('basic', { views: [aBasicView()] })
    const country = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Country' })
    const before = country.selectedOptions[0]?.label
    expect(before).not.toBe('')
    expect(country.options.length).toBeLessThan(3)
    await user.hover(country)
    await waitFor(() => {
      expect(country.options.length).toBeGreaterThan(200)
    })
    expect(country.selectedOptions[0]?.label).toBe(before)
  })

  it('saves by key what was changed, and says where it is', async () => {
    const { main, user } = await aSectionPage('basic', { views: [aBasicView()] })
    await user.type(await field('Title'), ' II')
    await user.keyboard('{Control>}s{/Control}')
    expect(main.inputOf('section.edit')).toMatchObject({
      patch: { title: 'Lead data engineer II' },
    })
    await waitFor(() => {
      expect(screen.getByText(/Kept on this computer; it goes to northwind by itself/)).toBeTruthy()
    })
    expect(screen.getByText('On this computer')).toBeTruthy()
  })

  it('says of a kept edit that it waits for a token, where its host has refused the one there is', async () => {
    const { main } = await aSectionPage('basic', { views: [aBasicView()] })
    const kept = aBasicView({ mark: 'here' })
    const error = { kind: 'unauthorized', host: 'learn.example', service: 'lms' } as const
    const read = { kind: 'failed', error, at: 0 } as const
    main.show({ ...kept, read, readAt: 1 })
    expect(await screen.findByText(/it goes to northwind as soon as there is a token/)).toBeTruthy()
    main.show({ ...kept, read: { ...read, error: { ...error, service: 'dm' } }, readAt: 1 })
    expect(await screen.findByText(/it goes to northwind by itself/)).toBeTruthy()
  })

  it('moves to the first error on Save and repeats it in the action bar', async () => {
    const { main, user } = await aSectionPage('basic', { views: [aBasicView()] })
    const name = await field('Full name')
    await user.clear(name)
    expect(screen.queryByText('Enter your full name.')).toBeNull()
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(screen.getByText('Enter your full name.')).toBeTruthy()
    expect(screen.getByText('Full name: Enter your full name.')).toBeTruthy()
    expect(document.activeElement).toBe(name)
    expect(main.callsTo('section.edit')).toHaveLength(0)
  })

  it('keeps a draft, and drops it on Cancel', async () => {
    const { main, user, clock } = await aSectionPage('basic', { views: [aBasicView()] })
    await user.type(await field('About'), ' Teacher.')
    clock.advance(400)
    expect(main.inputOf('section.saveDraft')).toMatchObject({
      item: 'self',
      values: { bio: 'Hydrologist. Teacher.' },
    })
    await waitFor(() => {
      expect(screen.getByText(/^Draft of one field, kept on this computer since/)).toBeTruthy()
    })
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect((await field('About')).value).toBe('Hydrologist.')
    expect(main.inputOf('section.saveDraft')).toMatchObject({ values: {} })
  })

  it('writes down what is typed when the page is left', async () => {
    const { main, user, unmount } = await aSectionPage('basic', { views: [aBasicView()] })
    await user.type(await field('About'), '!')
    unmount()
    expect(main.inputOf('section.saveDraft')).toMatchObject({ values: { bio: 'Hydrologist.!' } })
  })

  it('comes back with the draft', async () => {
    const draft = {
      section: asSectionId('basic'),
      item: asItemId('self'),
      values: { bio: 'Half a sent' },
      savedAt: 1,
    }
    await aSectionPage('basic', { views: [aBasicView({ draft })] })
    expect((await field('About')).value).toBe('Half a sent')
  })

  it('lets untouched fields follow the platform while one is typed in', async () => {
    const { main, user } = await aSectionPage('basic', { views: [aBasicView()] })
    await user.type(await field('About'), ' X')
    main.show(aBasicView({ values: { ...noor, title: 'Head of data', bio: 'Other' } }))
    await waitFor(async () => {
      expect((await field('Title')).value).toBe('Head of data')
    })
    expect((await field('About')).value).toBe('Hydrologist. X')
  })

  it('says what the platform answered at the field it refused', async () => {
    const error = { kind: 'invalid', fields: { name: 'This value is invalid.' } } as const
    const view = aBasicView({ mark: 'refused', marks: { name: 'refused' }, error, mutation: 'm' })
    await aSectionPage('basic', { views: [view] })
    expect(await screen.findByText('northwind answered: “This value is invalid.”')).toBeTruthy()
    expect((await field('Full name')).getAttribute('aria-invalid')).toBe('true')
  })

  it('offers what the web page holds only while there is nothing here', async () => {
    const values = { ...noor, bio: null, suggestedAbout: 'Water and data.' }
    const { user } = await aSectionPage('basic', { views: [aBasicView({ values })] })
    await user.click(await screen.findByRole('button', { name: /^Use it/ }))
    expect((await field('About')).value).toBe('Water and data.')
    expect(screen.queryByRole('button', { name: /^Use it/ })).toBeNull()
  })

  it('says where a confirmation was mailed to', async () => {
    const values = { ...noor, pendingEmail: 'new@example.org' }
    await aSectionPage('basic', { views: [aBasicView({ values })] })
    expect(await screen.findByText(/Confirmation was mailed to new@example.org/)).toBeTruthy()
  })

  it('asks for a birth year before a photo, and never makes one up', async () => {
    const values = { ...noor, yearOfBirth: null }
    const { main, user } = await aSectionPage('basic', { views: [aBasicView({ values })] })
    await user.click(await screen.findByRole('button', { name: 'Change photo' }))
    expect(screen.getByText(/only with a birth year/)).toBeTruthy()
    expect(document.activeElement).toBe(await field('Birth year'))
    expect(main.callsTo('photo.set')).toHaveLength(0)
  })

  it('closes a title that the platform keeps', async () => {
    const view = { ...aBasicView(), facts: { readOnly: ['title'] } }
    await aSectionPage('basic', { views: [view] })
    expect((await field('Title')).readOnly).toBe(true)
  })
})

describe('a record changed on both sides', () => {
  const conflict = {
    mark: 'needs-you',
    mutation: 'm1',
    marks: { title: 'needs-you', bio: 'needs-you', country: 'here' },
    theirs: { title: 'Head of data', bio: 'Hydrologist and lead.' },
  } as const
  const view = () => aBasicView(conflict)

  it('asks for each field and sends the choices', async () => {
    const { main, user } = await aSectionPage('basic', { views: [view()] })
    const title = await screen.findByRole('radiogroup', { name: 'Title' })
    expect(title).toBeTruthy()
    await user.click(screen.getAllByRole('radio', { name: /^Theirs/ })[0] ?? title)
    await user.click(screen.getAllByRole('radio', { name: /^Both/ })[1] ?? title)
    const both = screen.getByLabelText('About, both')
    await user.type(both, ' Indeed.')
    await user.click(screen.getByRole('button', { name: /^Save 2 choices/ }))
    expect(main.inputOf('pending.resolve')).toEqual({
      mutation: 'm1',
      choices: { title: 'Head of data', bio: 'Hydrologist. Hydrologist and lead. Indeed.' },
    })
  })

  it('tells what both began as, a long text when it is asked for', async () => {
    const began = { title: 'Data engineer', bio: 'Hydrologist. '.repeat(9).trim() }
    const { user } = await aSectionPage('basic', { views: [aBasicView({ ...conflict, began })] })
    expect((await screen.findByText(/^Both began as/)).textContent).toContain('Data engineer')
    expect(screen.queryByText(began.bio)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show what both began as: About' }))
    expect(screen.getByText(began.bio)).toBeTruthy()
  })

  it('sends nothing until every field is decided', async () => {
    const { main, user } = await aSectionPage('basic', { views: [view()] })
    await screen.findByRole('radiogroup', { name: 'Title' })
    await user.click(screen.getByRole('button', { name: /^Save choices/ }))
    expect(main.callsTo('pending.resolve')).toHaveLength(0)
    expect(screen.getByText('Choose which value stays.')).toBeTruthy()
  })

  it('takes all of one side at once', async () => {
    const { main, user } = await aSectionPage('basic', { views: [view()] })
    await user.click(await screen.findByRole('button', { name: 'Keep all mine' }))
    await user.click(screen.getByRole('button', { name: /^Save 2 choices/ }))
    expect(main.inputOf('pending.resolve')).toMatchObject({
      choices: { title: 'Lead data engineer', bio: 'Hydrologist.' },
    })
  })

  it('can be decided later, and opened again', async () => {
    const { user } = await aSectionPage('basic', { views: [view()] })
    await user.click(await screen.findByRole('button', { name: 'Decide later' }))
    expect(screen.getAllByText('Needs you')).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Compare Title' }))
    expect(await screen.findByRole('radiogroup', { name: 'Title' })).toBeTruthy()
  })
})
