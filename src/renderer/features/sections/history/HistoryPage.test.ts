import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp, testNow } from '../../../../../tests/fakes/fake-app'
import { FakeMain } from '../../../../../tests/fakes/fake-main'
import WithApp from '../../../../../tests/fakes/WithApp.svelte'
import type { RestoreReceipt } from '../../../../shared/ipc/contract'
import type { HistoryLine } from '../../../../shared/sync/history-view'
import HistoryPage from './HistoryPage.svelte'

const user = userEvent.setup()
const dayMs = 86_400_000

const aLine = (some: Partial<HistoryLine> = {}): HistoryLine => ({
  id: 'a',
  at: testNow,
  section: 'basic',
  title: 'Basic',
  why: 'saved',
  fields: [{ key: 'bio', before: 'I build models.', after: 'I build rivers.' }],
  names: {},
  restore: 'edit',
  ...some,
})

async function aPage(lines: readonly HistoryLine[]) {
  const main = new FakeMain()
  main.answer('history.list', { ok: true, value: { total: lines.length, offset: 0, lines } })
  const fake = await aStartedApp(main)
  fake.app.navigate('history', 'basic')
  render(WithApp, { app: fake.app, of: HistoryPage })
  await waitFor(() => {
    expect(main.callsTo('history.list').length).toBeGreaterThan(0)
  })
  return fake
}

const receiptOf = (some: Partial<RestoreReceipt> = {}): RestoreReceipt => ({
  kind: 'edit',
  section: 'basic',
  item: 'self',
  undo: { kind: 'withdraw', mutation: 'm9' },
  ...some,
})

const entry = (name: string) => screen.findByRole('article', { name })

describe('History', () => {
  it('groups what happened by day, and says the time and both values', async () => {
    await aPage([
      aLine(),
      aLine({ id: 'b', at: testNow - dayMs, title: 'MSc', section: 'education' }),
      aLine({ id: 'c', at: testNow - 5 * dayMs, title: 'X', section: 'social' }),
    ])
    await entry('Basic')
    const headings = screen.getAllByRole('heading', { level: 2 })
    expect(headings.map(({ textContent }) => textContent)).toEqual(['Today', 'Yesterday', '19 Nov'])
    const table = within(await entry('Basic')).getByRole('table')
    const cells = within(table).getAllByRole('cell')
    expect(cells.map(({ textContent }) => textContent.trim())).toEqual([
      'I build models.',
      'I build rivers.',
    ])
    expect(within(await entry('Basic')).getByText('14:30')).toBeTruthy()
  })

  it('marks the words that differ, and nothing where most do', async () => {
    await aPage([
      aLine(),
      aLine({
        id: 'c',
        title: 'Draft',
        fields: [{ key: 'bio', before: 'A draft that I drop', after: 'What I said long before' }],
      }),
      aLine({ id: 'b', title: 'Other', fields: [{ key: 'bio', before: 'One', after: 'Two' }] }),
    ])
    const marked = (await entry('Basic')).querySelectorAll('ins, del')
    expect([...marked].map(({ textContent }) => textContent)).toEqual(['models.', 'rivers.'])
    expect((await entry('Other')).querySelectorAll('ins, del')).toHaveLength(0)
    expect((await entry('Draft')).querySelectorAll('ins, del')).toHaveLength(0)
  })

  it('says who won where both sides had changed', async () => {
    await aPage([aLine({ why: 'took-theirs' })])
    const conflict = within(await entry('Basic'))
    expect(conflict.getByText(/the one on northwind was kept/, { selector: 'p' })).toBeTruthy()
    expect(conflict.getByRole('columnheader', { name: 'Yours' })).toBeTruthy()
    expect(conflict.getByRole('columnheader', { name: 'On northwind, kept' })).toBeTruthy()
  })

  it('shows values as text, never as markup', async () => {
    await aPage([aLine({ fields: [{ key: 'bio', before: '<b>bold</b>', after: null }] })])
    expect(within(await entry('Basic')).getByText('<b>bold</b>')).toBeTruthy()
    expect(within(await entry('Basic')).getByText('Empty')).toBeTruthy()
  })

  it('names what a value refers to, and says when nobody knows it any more', async () => {
    const fields = [{ key: 'institution', before: '9', after: '1' }]
    await aPage([
      aLine({ section: 'education', title: 'MSc', fields, names: { 1: 'University of Jordan' } }),
    ])
    const row = within(await entry('MSc'))
    expect(row.getByText('University of Jordan')).toBeTruthy()
    expect(row.getByText('No longer known')).toBeTruthy()
  })

  it('restores, keeps the focus in place, and offers to undo', async () => {
    const { main, toasts } = await aPage([aLine()])
    main.answer('history.restore', { ok: true, value: receiptOf() })
    const stands = { total: 1, offset: 0, lines: [aLine({ restore: 'stands' })] }
    await user.tab()
    main.answer('history.list', { ok: true, value: stands })
    await user.click(await screen.findByRole('button', { name: 'Restore Basic, Saved, 14:30' }))
    expect(main.inputOf('history.restore')).toEqual({ id: 'a' })
    expect(await screen.findByText('In place now')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Basic' }))
    expect(toasts.current?.text).toBe('Restored “Basic”')
    toasts.undo()
    await waitFor(() => {
      expect(main.inputOf('pending.undo')).toEqual({ mutation: 'm9' })
    })
  })

  it.each([
    [
      { kind: 'write', values: { bio: 'unsent' } },
      'section.edit',
      { section: 'basic', item: 'self', patch: { bio: 'unsent' } },
    ],
    [{ kind: 'drop-draft' }, 'section.saveDraft', { section: 'basic', item: 'self', values: {} }],
  ] as const)('undoes by %j', async (undo, endpoint, input) => {
    const { main, toasts } = await aPage([aLine()])
    main.answer('history.restore', { ok: true, value: receiptOf({ undo }) })
    await user.click(await screen.findByRole('button', { name: /^Restore/ }))
    await waitFor(() => {
      expect(toasts.current).toBeTruthy()
    })
    toasts.undo()
    await waitFor(() => {
      expect(main.inputOf(endpoint)).toEqual(input)
    })
  })

  it('leads to the form where what was restored needs a look', async () => {
    const { main, app, toasts } = await aPage([aLine({ section: 'education', title: 'MSc' })])
    const receipt = receiptOf({
      kind: 'draft',
      section: 'education',
      item: 'new-education',
      undo: { kind: 'drop-draft' },
    })
    main.answer('history.restore', { ok: true, value: receipt })
    await user.click(await screen.findByRole('button', { name: /^Restore/ }))
    await waitFor(() => {
      expect(app.section?.id).toBe('education')
    })
    expect(toasts.current?.text).toContain('“MSc” is in the form')
  })

  it('says why nothing was restored', async () => {
    const { main, toasts } = await aPage([aLine()])
    main.fail('history.restore', { kind: 'storage', reason: 'full' })
    await user.click(await screen.findByRole('button', { name: /^Restore/ }))
    await waitFor(() => {
      expect(toasts.current?.text).toContain('The disk is full')
    })
  })

  it('offers nothing to restore where there is nothing to bring back', async () => {
    await aPage([
      aLine({ why: 'added', restore: 'none', title: 'New', fields: [] }),
      aLine({ id: 'b', restore: 'none', title: 'Photo' }),
    ])
    expect(await screen.findAllByText('Cannot be restored')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull()
  })

  it('shows the section it was opened from, and others on demand', async () => {
    const { main, app } = await aPage([aLine()])
    expect(main.inputOf('history.list')).toMatchObject({ section: 'basic', offset: 0 })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Section' }), 'All sections')
    expect(main.inputOf('history.list')).not.toHaveProperty('section')
    await user.click(screen.getByRole('button', { name: 'Basic' }))
    expect(app.section?.id).toBe('basic')
  })

  it('follows what is confirmed while it is open', async () => {
    const { main } = await aPage([])
    const value = { total: 1, offset: 0, lines: [aLine()] }
    main.answer('history.list', { ok: true, value })
    main.emit('pending.changed', [])
    expect(await entry('Basic')).toBeTruthy()
  })

  it('shows earlier ones when asked', async () => {
    const main = new FakeMain()
    const all = [aLine(), aLine({ id: 'b', title: 'Older' })]
    main.answer('history.list', ({ offset }: { offset: number }) => ({
      ok: true,
      value: { total: 2, offset, lines: all.slice(offset, offset + 1) },
    }))
    const { app } = await aStartedApp(main)
    app.navigate('history')
    render(WithApp, { app, of: HistoryPage })
    await user.click(await screen.findByRole('button', { name: 'Show earlier' }))
    expect(await entry('Older')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull()
  })

  it('shows a long record in short, and whole on demand', async () => {
    const keys = ['name', 'title', 'email', 'bio', 'country', 'yearOfBirth']
    const fields = keys.map((key) => ({ key, before: key, after: null }))
    await aPage([aLine({ why: 'deleted', fields, restore: 'record' })])
    expect(within(await entry('Basic')).getAllByRole('cell')).toHaveLength(4)
    await user.click(screen.getByRole('button', { name: 'Show all fields of Basic' }))
    expect(within(await entry('Basic')).getAllByRole('cell')).toHaveLength(6)
  })

  it('asks before it is cleared', async () => {
    const { main, toasts } = await aPage([aLine()])
    await user.click(await screen.findByRole('button', { name: 'Clear history' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Clear the history' }))
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(main.callsTo('history.clear')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Clear history' }))
    const again = within(await screen.findByRole('dialog', { name: 'Clear the history' }))
    await user.click(again.getByRole('button', { name: 'Clear history' }))
    expect(main.callsTo('history.clear')).toHaveLength(1)
    await waitFor(() => {
      expect(toasts.current?.text).toBe('The history is cleared')
    })
  })

  it('says that there is nothing yet', async () => {
    await aPage([])
    expect(await screen.findByText('No earlier values of Basic')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Clear history' })).toBeNull()
  })

  it('says that it could not be listed', async () => {
    const main = new FakeMain()
    main.fail('history.list', { kind: 'storage', reason: 'failed' })
    const { app } = await aStartedApp(main)
    app.navigate('history')
    render(WithApp, { app, of: HistoryPage })
    expect(await screen.findByRole('alert')).toBeTruthy()
  })
})
