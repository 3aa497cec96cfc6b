import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { anItem } from '../../../../tests/fakes/fake-main'
import { asItemId, asSectionId } from '../../../shared/domain/ids'
import { aSectionPage, anEducationView, institutions } from '../../../../tests/fakes/section-page'

const open = (views = [anEducationView(), institutions]) => aSectionPage('education', { views })
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name)

describe('Education', () => {
  it('lists entries with place, dates and duration', async () => {
    await open()
    const list = screen.getByRole('list', { name: 'Education' })
    expect(within(list).getAllByRole('listitem')[0]?.textContent).toMatch(
      /MSc, Hydrology.*University of Jordan.*Sep 2011 – Jun 2013.*1 y 10 m/s,
    )
  })

  it('opens an entry with the keyboard and puts the focus on its title', async () => {
    const { user } = await open()
    screen.getByRole('button', { name: 'MSc, Hydrology' }).focus()
    await user.keyboard('{Enter}')
    const title = await screen.findByRole('heading', { name: 'MSc, Hydrology' })
    expect(document.activeElement).toBe(title)
    expect((await field('Institution')).value).toBe('University of Jordan')
    expect((await field('Start month')).value).toBe('Sep 2011')
  })

  it('puts the focus of a new entry on its first field, however late that is there', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add education' }))
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByLabelText('Institution'))
    })
  })

  it('names the days that months hide, and keeps them when another field is saved', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    expect(
      screen.getByText('The days on record, 1 Sep 2011 and 28 Jun 2013, stay as they are.'),
    ).toBeTruthy()
    const grade = await field('Grade')
    await user.clear(grade)
    await user.type(grade, '4')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(main.inputOf('section.edit')).toMatchObject({ item: '11', patch: { grade: '4' } })
  })

  it('takes a month as it is typed, as its last day at the end', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    const end = await field('End month')
    await user.clear(end)
    await user.type(end, '2/2014')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(main.inputOf('section.edit')).toMatchObject({ patch: { endDate: '2014-02-28' } })
  })

  it('says at the end month that it lies before the start', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    const end = await field('End month')
    await user.clear(end)
    await user.type(end, '2/2010')
    await user.tab()
    expect(screen.getByText('The end is before the start.')).toBeTruthy()
  })

  it('empties and closes the end while one studies there, and gives it back', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    const now = screen.getByRole('switch', { name: 'I study here now' })
    const end = await field('End month')
    await user.click(now)
    expect([end.value, end.disabled]).toEqual(['', true])
    await user.click(now)
    expect([end.value, end.disabled]).toEqual(['Jun 2013', false])
  })

  it('creates an entry with a new institution, which is chosen at once', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add education' }))
    const institution = await screen.findByRole('combobox', { name: 'Institution' })
    await user.type(institution, 'Delft Open Water School')
    await user.click(
      await screen.findByRole('option', { name: /Create “Delft Open Water School”/ }),
    )
    expect(main.inputOf('section.create')).toEqual({
      section: 'institutions',
      values: { name: 'Delft Open Water School' },
    })
    await user.type(await field('Start month'), '9/2025')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    const created = main.inputOf('section.create')
    expect(created).toMatchObject({ section: 'education', values: { startDate: '2025-09-01' } })
    expect(JSON.stringify(created)).toContain('"institution":"local:')
  })

  it('offers what looks like the typed name before creating another', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add education' }))
    await user.type(await screen.findByRole('combobox', { name: 'Institution' }), 'aqaba tech')
    const [first] = await screen.findAllByRole('option')
    expect(first?.textContent).toMatch(
      /Aqaba Technical College.*College, Aqaba\. Looks like what you/s,
    )
  })

  it('edits an institution with a warning, and comes back to the form', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    await user.click(await screen.findByRole('button', { name: 'Edit this institution' }))
    expect(await screen.findByText(/Other people may use this institution/)).toBeTruthy()
    const name = await field('Name')
    await user.type(name, ', Amman')
    await user.keyboard('{Control>}s{/Control}')
    expect(main.inputOf('section.edit')).toMatchObject({
      section: 'institutions',
      item: '1',
      patch: { name: 'University of Jordan, Amman' },
    })
    await waitFor(() => {
      expect(screen.queryByText(/Other people may use this institution/)).toBeNull()
    })
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Institution' }))
  })

  it('deletes with the key, offers Undo and goes to the next entry', async () => {
    const { main, user, toasts } = await open()
    screen.getByRole('button', { name: 'MSc, Hydrology' }).focus()
    await user.keyboard('{Delete}')
    expect(main.inputOf('section.remove')).toEqual({ section: 'education', item: '11' })
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'BSc' }))
    })
    expect(toasts.current?.text).toBe('Deleted “MSc, Hydrology”')
    toasts.undo()
    expect(main.callsTo('pending.undo')).toHaveLength(1)
  })

  it('gives the focus back to the entry when its form is closed', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    await user.click(screen.getByRole('button', { name: 'Close MSc, Hydrology' }))
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    })
  })

  it('comes back to an entry that has a draft', async () => {
    const draft = {
      section: asSectionId('education'),
      item: asItemId('11'),
      values: { grade: '4' },
      savedAt: 1,
    }
    const items = [anItem({ id: '11', values: { degree: 'MSc' }, draft, mark: 'draft' })]
    await open([anEducationView({ items }), institutions])
    expect((await field('Grade')).value).toBe('4')
  })

  it('stays with an entry that gets its id from the platform', async () => {
    const local = anItem({ id: 'local:1', values: { degree: 'MSc' }, isNew: true, mark: 'here' })
    const { main, user } = await open([anEducationView({ items: [local] }), institutions])
    await user.click(screen.getByRole('button', { name: 'MSc' }))
    await user.type(await field('Activities'), 'Chess')
    const known = anItem({ id: '77', was: asItemId('local:1'), values: { degree: 'MSc' } })
    main.show(anEducationView({ items: [known] }))
    expect((await field('Activities')).value).toBe('Chess')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(main.inputOf('section.edit')).toMatchObject({ item: '77' })
  })

  it('offers to create again what was deleted elsewhere', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'MSc, Hydrology' }))
    await user.type(await field('Activities'), 'Chess')
    main.show(anEducationView({ items: [] }))
    await user.click(await screen.findByRole('button', { name: 'Create it again' }))
    expect(main.inputOf('section.create')).toMatchObject({
      values: { degree: 'MSc', activities: 'Chess' },
    })
  })

  it('asks what becomes of an entry deleted here and changed there', async () => {
    const items = [
      anItem({ id: '11', values: { degree: 'MSc' }, mutation: 'm', mark: 'needs-you', theirs: {} }),
    ]
    const { main, user } = await open([anEducationView({ items }), institutions])
    await user.click(screen.getByRole('button', { name: 'MSc' }))
    await user.click(screen.getByRole('button', { name: 'Delete it anyway' }))
    expect(main.inputOf('pending.resolve')).toEqual({ mutation: 'm', choices: {} })
  })

  it('says why the platform refused an entry, and tries again', async () => {
    const items = [
      anItem({
        id: '11',
        values: { degree: 'MSc' },
        marks: { degree: 'refused' },
        mark: 'refused',
        mutation: 'm',
        error: { kind: 'forbidden', host: 'api.iblai.app' },
      }),
    ]
    const { main, user } = await open([anEducationView({ items }), institutions])
    await user.click(screen.getByRole('button', { name: 'MSc' }))
    expect(screen.getByText('api.iblai.app does not permit this to your token')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    expect(main.inputOf('pending.retry')).toEqual({ mutation: 'm' })
  })
})
