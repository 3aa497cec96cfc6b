import { screen, waitFor } from '@testing-library/svelte'
import { tick } from 'svelte'
import { beforeAll, describe, expect, it } from 'vitest'
import { aSectionView, anItem } from '../../../../tests/fakes/fake-main'
import type { SectionView } from '../../../shared/sync/view'
import { layOutRows } from '../../../../tests/fakes/row-layout'
import { aSectionPage } from '../../../../tests/fakes/section-page'

beforeAll(layOutRows)

const facts = {
  agents: [{ id: 'a1', name: 'GIS exam coach' }],
  categories: { a1: [{ slug: 'learning_goals', name: 'Learning goals' }] },
  hasGlobal: true,
}
const contents = ['Wants to pass the exam.', 'Prefers Python examples.', 'Metric units only.']

const memories = (some: Partial<SectionView> = {}): SectionView => ({
  ...aSectionView({
    section: 'memory',
    facts,
    items: contents.map((content, index) =>
      anItem({
        id: `m${String(index)}`,
        values: { content, agent: null, category: null, isAutomatic: index > 0 },
      }),
    ),
  }),
  ...some,
})

const switches = (some: Partial<SectionView> = {}, values = { learn: false, use: true }) => ({
  ...aSectionView({
    section: 'memory-settings',
    facts: { store: 'memsearch-settings' },
    items: [anItem({ id: 'self', values })],
  }),
  ...some,
})

const open = (views: readonly SectionView[] = [memories(), switches()]) =>
  aSectionPage('memory', { views })
const learn = () =>
  screen.findByRole<HTMLInputElement>('switch', { name: 'Allow AI to learn from conversations' })

describe('the memory switches', () => {
  it('show what the platform holds and where it holds it', async () => {
    await open()
    expect((await learn()).checked).toBe(false)
    const use = screen.getByRole<HTMLInputElement>('switch', {
      name: 'Use saved information in responses',
    })
    expect(use.checked).toBe(true)
    expect(screen.getByText('northwind keeps the switches in its memory settings.')).toBeTruthy()
  })

  it('go through the outbox and say where the change is', async () => {
    const { main, user } = await open()
    await user.click(await learn())
    expect(main.inputOf('section.edit')).toEqual({
      section: 'memory-settings',
      item: 'self',
      patch: { learn: true },
    })
    expect(await screen.findByText('On this computer')).toBeTruthy()
  })

  it('stay where they were put from the answer until main tells of it, and follow it then', async () => {
    const { main, user } = await open()
    main.answer('section.edit', { ok: true, value: { item: 'self', mutation: 'm-1' } })
    await user.click(await learn())
    await waitFor(() => expect(main.callsTo('section.edit')).toHaveLength(1))
    await tick()
    expect((await learn()).checked).toBe(true)
    main.show(switches({}, { learn: false, use: true }))
    await waitFor(async () => expect((await learn()).checked).toBe(false))
  })

  it('go back when they cannot be switched, and say why', async () => {
    const { main, user } = await open()
    main.fail('section.edit', { kind: 'storage', reason: 'full' })
    await user.click(await learn())
    expect(await screen.findByText(/The disk is full/)).toBeTruthy()
    expect((await learn()).checked).toBe(false)
  })

  it('do not call an unknown switch off', async () => {
    const items = [anItem({ id: 'self', values: {} })]
    await open([memories(), switches({ items })])
    await learn()
    expect(screen.getAllByText('Not set on this platform yet')).toHaveLength(2)
  })

  it('stay usable while the organization has memory switched off', async () => {
    const off = memories({ facts: { ...facts, gate: false } })
    await open([off, switches({ facts: { gate: false } })])
    expect(screen.queryByRole('button', { name: 'Add memory' })).toBeNull()
    expect(await screen.findByText('northwind has switched memory off')).toBeTruthy()
    expect((await learn()).disabled).toBe(false)
  })
})

describe('Pause learning', () => {
  const until = new Date(2026, 10, 24, 15, 30).getTime()
  const isOn = { learn: true, use: true }
  const paused = switches(
    { pause: { field: 'learn', until }, unsent: 0 },
    { learn: false, use: true },
  )
  const pauseButton = () => screen.findByRole('button', { name: 'Pause learning' })
  const resumeButton = () => screen.findByRole('button', { name: 'Resume learning' })

  it('is offered while learning is on, by mouse and by keyboard', async () => {
    const { main, user } = await open([memories(), switches({}, isOn)])
    await user.click(await pauseButton())
    await user.click(await screen.findByRole('menuitem', { name: 'Until tomorrow, 08:00' }))
    expect(main.inputOf('toggle.pause')).toEqual({ toggle: 'memory-learn', length: 'tomorrow' })
    await waitFor(() => {
      expect(screen.queryByRole('menuitem')).toBeNull()
    })
    const button = await pauseButton()
    button.focus()
    await user.keyboard('{Enter}')
    const hour = await screen.findByRole('menuitem', { name: 'For one hour' })
    // The open menu takes the focus, and with it the keys, a moment after it is there.
    await waitFor(async () => {
      await user.keyboard('{Home}')
      expect(document.activeElement).toBe(hour)
    })
    await user.keyboard('{Enter}')
    expect(main.inputOf('toggle.pause')).toEqual({ toggle: 'memory-learn', length: 'hour' })
  })

  it('is not offered while learning is off', async () => {
    await open()
    await learn()
    expect(screen.queryByRole('button', { name: /learning/ })).toBeNull()
  })

  it('says until when, and is ended by a button that has the focus by then', async () => {
    const { main, user } = await open([memories(), switches({}, isOn)])
    main.answer('toggle.pause', () => {
      main.show(paused)
      return { ok: true, value: undefined }
    })
    await user.click(await pauseButton())
    await user.click(await screen.findByRole('menuitem', { name: 'For one hour' }))
    expect(await screen.findByText(/^Learning is paused until .*15:30, then on again/)).toBeTruthy()
    await waitFor(async () => expect(document.activeElement).toBe(await resumeButton()))
    expect((await learn()).checked).toBe(false)
    main.answer('toggle.resume', () => {
      main.show(switches({}, isOn))
      return { ok: true, value: undefined }
    })
    await user.keyboard('{Enter}')
    expect(main.inputOf('toggle.resume')).toEqual({ toggle: 'memory-learn' })
    await waitFor(async () => expect(document.activeElement).toBe(await pauseButton()))
  })

  it('says why it could not be', async () => {
    const { main, user } = await open([memories(), paused])
    main.fail('toggle.resume', { kind: 'storage', reason: 'full' })
    await user.click(await resumeButton())
    expect(await screen.findByText(/The disk is full/)).toBeTruthy()
  })

  it('and any switch that is refused shows as it is, with the reason', async () => {
    const item = anItem({
      id: 'self',
      values: { learn: false, use: true },
      saved: isOn,
      marks: { learn: 'refused' },
      mark: 'refused',
      mutation: 'm1',
      error: { kind: 'forbidden' },
    })
    await open([memories(), { ...paused, items: [item] }])
    expect((await learn()).checked).toBe(true)
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(screen.queryByText(/^Learning is paused/)).toBeNull()
  })
})

describe('the list of memories', () => {
  it('is a grid that tells its size', async () => {
    await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    expect(grid.getAttribute('aria-rowcount')).toBe('4')
    expect(await screen.findByText('Wants to pass the exam.')).toBeTruthy()
  })

  it('searches and filters in main', async () => {
    const { main, user } = await open()
    await user.type(await screen.findByLabelText('Search memories'), 'py')
    await user.click(screen.getByRole('radio', { name: 'By hand' }))
    await user.selectOptions(screen.getByLabelText('Agent'), 'Every agent')
    expect(main.inputOf('section.page')).toEqual({
      section: 'memory',
      offset: 0,
      limit: 100,
      search: 'py',
      filters: { isAutomatic: false, agent: '' },
    })
  })

  it('says how many were found, and that none was', async () => {
    const { main, user } = await open()
    main.answer('section.page', { ok: true, value: { total: 0, offset: 0, items: [] } })
    await user.type(await screen.findByLabelText('Search memories'), 'zzz')
    expect(await screen.findByText('No memory matches.')).toBeTruthy()
    expect(screen.getByText('0 memories found')).toBeTruthy()
  })

  it('chooses nothing that a filter hides', async () => {
    const { user } = await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    grid.focus()
    await user.keyboard(' ')
    expect(screen.getByText('1 selected')).toBeTruthy()
    await user.type(screen.getByLabelText('Search memories'), 'py')
    expect(screen.queryByText('1 selected')).toBeNull()
  })

  it('closes the form of a memory that is deleted, and one that says nothing new by Esc', async () => {
    const { user } = await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    grid.focus()
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('region', { name: 'Edit memory' })).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Edit memory' })).toBeNull()
    expect(document.activeElement).toBe(grid)
    await user.keyboard('{Enter}')
    await screen.findByRole('region', { name: 'Edit memory' })
    grid.focus()
    await user.keyboard('{Delete}')
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Edit memory' })).toBeNull()
    })
  })

  it('selects by key and deletes what is selected with one Undo', async () => {
    const { main, user, toasts } = await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    await waitFor(() => {
      expect(main.callsTo('section.page').length).toBeGreaterThan(0)
    })
    grid.focus()
    await user.keyboard(' {Shift>}{ArrowDown}{/Shift}')
    expect(screen.getByText('2 selected')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Delete 2' }))
    await waitFor(() => {
      expect(toasts.current?.text).toBe('Deleted 2 memories')
    })
    expect(main.callsTo('section.remove')).toHaveLength(2)
    toasts.undo()
    await waitFor(() => {
      expect(main.callsTo('pending.undo')).toHaveLength(2)
    })
  })

  it('selects everything found with Ctrl A', async () => {
    const { user } = await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    grid.focus()
    await user.keyboard('{Control>}a{/Control}')
    expect(await screen.findByText('3 selected')).toBeTruthy()
  })

  it('is empty only when the platform said so', async () => {
    await open([memories({ items: [], total: 0 }), switches()])
    expect(await screen.findByRole('heading', { name: 'No memories yet' })).toBeTruthy()
  })
})

describe('writing a memory', () => {
  it('counts to ten characters and adds one for every agent', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add memory' }))
    const text = await screen.findByLabelText('Memory')
    expect(document.activeElement).toBe(text)
    await user.type(text, 'Short')
    expect(screen.getByText('5 of 10 characters')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: /^Add$|^Add Ctrl/ }))
    expect(screen.getByText('Write at least 10 characters.')).toBeTruthy()
    await user.type(text, ' answers first.')
    await user.click(screen.getByRole('button', { name: /^Add$|^Add Ctrl/ }))
    expect(main.inputOf('section.create')).toEqual({
      section: 'memory',
      values: { content: 'Short answers first.' },
    })
  })

  it('names everything that is missing at once', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add memory' }))
    await user.type(await screen.findByLabelText('Memory'), 'Short')
    await user.selectOptions(screen.getAllByLabelText('Agent')[0] ?? document.body, 'a1')
    await user.click(screen.getByRole('button', { name: /^Add$|^Add Ctrl/ }))
    expect(screen.getByText('Choose a category.')).toBeTruthy()
    expect(screen.getByText('Write at least 10 characters.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText('Memory'))
  })

  it('asks for a category where an agent is chosen', async () => {
    const { main, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add memory' }))
    await user.type(await screen.findByLabelText('Memory'), 'Wants the exam in May.')
    await user.selectOptions(screen.getAllByLabelText('Agent')[0] ?? document.body, 'a1')
    await user.click(screen.getByRole('button', { name: /^Add$|^Add Ctrl/ }))
    expect(screen.getByText('Choose a category.')).toBeTruthy()
    expect(main.callsTo('section.create')).toHaveLength(0)
    await user.selectOptions(
      screen.getAllByLabelText('Category')[0] ?? document.body,
      'learning_goals',
    )
    await user.click(screen.getByRole('button', { name: /^Add$|^Add Ctrl/ }))
    expect(main.inputOf('section.create')).toMatchObject({
      values: { agent: 'a1', category: 'learning_goals' },
    })
  })
})
