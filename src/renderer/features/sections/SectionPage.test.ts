import { screen } from '@testing-library/svelte'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { aSectionView, aStartView, anItem } from '../../../../tests/fakes/fake-main'
import { asSectionId } from '../../../shared/domain/ids'
import { defineSection } from '../../../shared/domain/sections/section'
import type { AppError } from '../../../shared/errors'
import type { SectionView } from '../../../shared/sync/view'
import { aSectionPage, anEducationView } from '../../../../tests/fakes/section-page'

const failedRead = (error: AppError): SectionView['read'] => ({
  kind: 'failed',
  error,
  at: new Date(2026, 10, 24, 14, 28).getTime(),
})

const unread = (read: SectionView['read']): SectionView =>
  aSectionView({ section: 'education', readAt: undefined, read })

describe('a section page', () => {
  it('says that nothing is there only when the platform said so', async () => {
    await aSectionPage('education', { views: [aSectionView({ section: 'education' })] })
    expect(screen.getByRole('heading', { name: 'No education yet' })).toBeTruthy()
    expect(screen.getAllByRole('button', { name: 'Add education' }).length).toBeGreaterThan(0)
  })

  it('waits while there is neither a copy nor an answer', async () => {
    await aSectionPage('education', { views: [unread({ kind: 'reading' })] })
    expect(screen.queryByText('No education yet')).toBeNull()
    expect(screen.getAllByText('Asking northwind').length).toBeGreaterThan(0)
  })

  it('shows the copy and its age when a read fails, and tries again', async () => {
    const read = failedRead({ kind: 'server', status: 502, host: 'api.iblai.app' })
    const { main, user } = await aSectionPage('education', { views: [anEducationView({ read })] })
    expect(screen.getByText(/^Your copy from today, /)).toBeTruthy()
    expect(screen.getByText(/api\.iblai\.app has a fault\. It answered 502\./)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'MSc, Hydrology' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(main.inputOf('section.refresh')).toEqual({ section: 'education' })
  })

  it('tells an unreadable section from an empty one', async () => {
    await aSectionPage('education', { views: [unread(failedRead({ kind: 'timeout' }))] })
    expect(screen.getByRole('heading', { name: /could not be read/ })).toBeTruthy()
    expect(screen.queryByText('No education yet')).toBeNull()
  })

  it('says which host refused the token, and what still works', async () => {
    const read = failedRead({ kind: 'forbidden', host: 'api.iblai.app' })
    await aSectionPage('education', { views: [unread(read)] })
    expect(screen.getByRole('heading', { name: 'This token may not open Education' })).toBeTruthy()
    expect(
      screen.getByText(/api\.iblai\.app keeps it and refused the token at 14:28\./),
    ).toBeTruthy()
    expect(screen.getByText(/The other sections work\./)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Add education' })).toBeNull()
  })

  it.each([
    [undefined, 'Add a second token', 'dm'],
    [{ dm: 'stored' }, 'Replace the second token', 'dm'],
    [{ lms: 'stored' }, 'Give another token', 'first'],
  ] as const)('with %j offers at a closed door: %s', async (ownTokens, name, asked) => {
    const read = failedRead({ kind: 'unauthorized', status: 401, service: 'dm' })
    const { workspaces } = aStartView()
    const start = { workspaces: { ...workspaces, ...(ownTokens && { ownTokens }) } }
    const { app, user } = await aSectionPage('education', { views: [unread(read)], start })
    await user.click(screen.getByRole('button', { name }))
    expect(app.workspaces.askedToken).toBe(asked)
  })
})

const pets = defineSection({
  id: asSectionId('pets'),
  title: 'Pets',
  icon: 'paw',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'career', name: 'pets' },
  schema: v.object({
    name: v.pipe(v.string('Give a name.'), v.minLength(1, 'Give a name.')),
    kind: v.nullable(v.string()),
    isLoud: v.nullable(v.boolean()),
    story: v.nullable(v.string()),
    born: v.nullable(v.number('Give the year.')),
    tags: v.array(v.string()),
    since: v.nullable(v.string()),
    breed: v.nullable(v.string()),
  }),
  fields: {
    name: { kind: 'text', limit: 20, label: 'Name', required: true },
    kind: { kind: 'choice', label: 'Kind', options: [{ value: 'cat', label: 'Cat' }] },
    isLoud: { kind: 'flag', label: 'Loud' },
    story: { kind: 'long-text', limit: 50, label: 'Story' },
    born: { kind: 'year', label: 'Born' },
    tags: { kind: 'choices', label: 'Tags', options: [{ value: 'a', label: 'Amber' }] },
    since: { kind: 'month', day: 'first', label: 'With you since' },
    breed: { kind: 'suggest', limit: 20, label: 'Breed', suggestions: ['Persian'] },
  },
  groups: [
    {
      heading: 'Pet',
      fields: ['name', 'kind', 'isLoud', 'story', 'born', 'tags', 'since', 'breed'],
    },
  ],
  row: { title: ['name'], subtitle: ['kind'] },
  allows: { create: true, update: true, delete: true },
  words: { one: 'pet', add: 'Add pet' },
})

describe('a made-up section', () => {
  const view = aSectionView({
    section: 'pets',
    items: [anItem({ id: '1', values: { name: 'Miro', kind: 'cat', born: 2020 } })],
  })

  it('lists, opens and saves without a line of its own', async () => {
    const { main, user } = await aSectionPage('pets', { views: [view], extra: [pets] })
    await user.click(screen.getByRole('button', { name: 'Miro' }))
    for (const label of ['Name', 'Kind', 'Story', 'Born']) {
      expect(screen.getByLabelText(label)).toBeTruthy()
    }
    expect(screen.getByRole('switch', { name: 'Loud' })).toBeTruthy()
    expect(await screen.findByRole('combobox', { name: 'Tags' })).toBeTruthy()
    expect(await screen.findByRole('combobox', { name: 'Breed' })).toBeTruthy()
    expect(await screen.findByLabelText('With you since')).toBeTruthy()
    const name = screen.getByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'Mira')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(main.inputOf('section.edit')).toMatchObject({ section: 'pets', patch: { name: 'Mira' } })
  })

  it('is checked by its own schema', async () => {
    const { main, user } = await aSectionPage('pets', { views: [view], extra: [pets] })
    await user.click(screen.getByRole('button', { name: 'Add pet' }))
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(screen.getByText('Give a name.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText('Name'))
    expect(main.callsTo('section.create')).toHaveLength(0)
  })
})
