import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp, testNow } from '../../../../tests/fakes/fake-app'
import {
  FakeMain,
  aPendingChange,
  aSectionView,
  aStartView,
  anItem,
} from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import type { PendingChange, SyncStatus } from '../../../shared/sync/status'
import PendingDrawer from './PendingDrawer.svelte'

const user = userEvent.setup()

const contested = aPendingChange({
  group: 'needs-you',
  editedAt: testNow,
  state: { kind: 'conflict', theirs: { title: 'Head of data' }, seenAt: testNow },
})
const refused = aPendingChange({
  id: 'm2',
  section: 'education',
  item: '7',
  title: 'BSc',
  fields: ['Institution'],
  group: 'needs-you',
  state: {
    kind: 'blocked',
    error: { kind: 'invalid', fields: { institution: '<b>Institution</b> not found.' } },
  },
})
const waiting = aPendingChange({
  id: 'm3',
  section: 'experience',
  op: 'create',
  title: 'Guest lecturer',
  state: { kind: 'waiting', until: testNow + 20_000, error: { kind: 'timeout' } },
})

async function aDrawer(items: readonly PendingChange[], status?: SyncStatus) {
  const basic = aSectionView({
    items: [anItem({ id: 'self', values: { title: 'Engineer' }, saved: { title: 'Intern' } })],
  })
  const main = new FakeMain(
    aStartView({ sections: [basic], pendingCount: items.length, ...(status && { status }) }),
  )
  main.answer('pending.list', { ok: true, value: items })
  const fake = await aStartedApp(main)
  fake.app.openPending()
  render(WithApp, { app: fake.app, of: PendingDrawer })
  return fake
}

describe('Pending changes', () => {
  it('groups what waits, gravest first', async () => {
    await aDrawer([waiting, contested, refused])
    const headings = await screen.findAllByRole('heading', { level: 3 })
    expect(headings.map((heading) => heading.textContent)).toEqual([
      'Needs you',
      'On this computer',
    ])
    const needs = screen.getByRole('region', { name: 'Needs you' })
    expect(within(needs).getAllByRole('listitem')).toHaveLength(2)
  })

  it('shows both sides of a contested field and leads to the comparison', async () => {
    const { app } = await aDrawer([contested])
    expect(await screen.findByText('Mine: Engineer. Theirs: Head of data.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Compare Title' }))
    expect(app.section?.id).toBe('basic')
    expect(app.wantedItem).toBe('self')
  })

  it('quotes the platform as text, never as markup', async () => {
    await aDrawer([refused])
    expect(await screen.findByText(/“<b>Institution<\/b> not found\.”/)).toBeTruthy()
  })

  it('undoes and retries one change', async () => {
    const { main } = await aDrawer([waiting])
    await user.click(await screen.findByRole('button', { name: 'Retry New: Guest lecturer' }))
    expect(main.inputOf('pending.retry')).toEqual({ mutation: 'm3' })
    await user.click(screen.getByRole('button', { name: 'Undo New: Guest lecturer' }))
    expect(main.inputOf('pending.undo')).toEqual({ mutation: 'm3' })
  })

  it('counts the seconds to the next try', async () => {
    const { clock } = await aDrawer([waiting])
    expect(await screen.findByText('Tries again in 20 s')).toBeTruthy()
    clock.advance(5_000)
    expect(await screen.findByText('Tries again in 15 s')).toBeTruthy()
  })

  it('shows the bytes of an upload', async () => {
    const upload = aPendingChange({
      section: 'resume',
      group: 'sending',
      title: 'Résumé',
      fields: ['Résumé file'],
      state: { kind: 'in-flight', since: testNow },
    })
    const sent = { sentBytes: 264_000, totalBytes: 412_000 }
    await aDrawer([upload], { kind: 'sending', unsent: 1, ...sent })
    const bar = await screen.findByRole('progressbar', { name: 'Résumé file' })
    expect(bar.getAttribute('aria-valuetext')).toBe('264 of 412 KB')
    expect(screen.getByRole('button', { name: 'Cancel Résumé file' })).toBeTruthy()
  })

  it('sends everything now, and exports', async () => {
    const { main } = await aDrawer([waiting])
    await user.click(await screen.findByRole('button', { name: 'Send now' }))
    expect(main.inputOf('pending.retry')).toEqual({})
    await user.click(screen.getByRole('button', { name: 'Export' }))
    expect(main.callsTo('workspace.exportUnsent')).toHaveLength(1)
  })

  it('says that nothing waits', async () => {
    await aDrawer([])
    expect(await screen.findByText('Nothing waits')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Send now' })).toBeNull()
  })

  it('says why an undo was not possible', async () => {
    const { main, toasts } = await aDrawer([waiting])
    main.fail('pending.undo', { kind: 'storage', reason: 'full' })
    await user.click(await screen.findByRole('button', { name: 'Undo New: Guest lecturer' }))
    await waitFor(() => {
      expect(toasts.current?.text).toContain('The disk is full')
    })
  })
})
