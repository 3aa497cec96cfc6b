import { screen, waitFor } from '@testing-library/svelte'
import { beforeAll, describe, expect, it } from 'vitest'
import { aSectionView, anItem } from '../../../../../tests/fakes/fake-main'
import { layOutRows } from '../../../../../tests/fakes/row-layout'
import { aSectionPage } from '../../../../../tests/fakes/section-page'
import type { ItemView } from '../../../../shared/sync/view'

beforeAll(layOutRows)

const can = { update: false, delete: true }
const forEveryAgent = anItem({
  id: 'global:1',
  values: { content: 'Metric units only.', agent: null, category: null, isAutomatic: false },
  can,
})
const reason =
  'northwind offers no way to edit a memory for every agent. Delete it and add it anew.'

const open = (item: ItemView = forEveryAgent) => {
  const view = aSectionView({
    section: 'memory',
    items: [item],
    facts: { agents: [{ id: 'a1', name: 'Coach' }], hasGlobal: true },
  })
  return aSectionPage('memory', { views: [view, aSectionView({ section: 'memory-settings' })] })
}

describe('a memory the platform lets nobody edit', () => {
  it('says why in the place of Edit, and what to do instead', async () => {
    const { user, toasts } = await open()
    await user.click(
      await screen.findByRole('button', {
        name: 'Why it cannot be edited: Metric units only.',
        hidden: true,
      }),
    )
    expect(toasts.current?.text).toBe(reason)
    expect(screen.queryByRole('region', { name: 'Edit memory' })).toBeNull()
  })

  it('says it to Enter too', async () => {
    const { main, user, toasts } = await open()
    const grid = await screen.findByRole('grid', { name: 'Memories' })
    await waitFor(() => {
      expect(main.callsTo('section.page').length).toBeGreaterThan(0)
    })
    grid.focus()
    await user.keyboard('{Enter}')
    expect(toasts.current?.text).toBe(reason)
  })

  it('promises no deletion where there is none', async () => {
    const values = { ...forEveryAgent.values, agent: 'a1' }
    const { user, toasts } = await open({
      ...forEveryAgent,
      values,
      can: { update: false, delete: false },
    })
    await user.click(await screen.findByRole('button', { name: /^Why it/, hidden: true }))
    expect(toasts.current?.text).toBe('northwind offers no way to edit this memory.')
  })

  it('is announced before one is added', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Add memory' }))
    await screen.findByLabelText('Memory')
    expect(screen.getByText('Can be deleted later, not edited.')).toBeTruthy()
    await user.selectOptions(screen.getAllByLabelText('Agent')[0] ?? document.body, 'a1')
    expect(screen.queryByText('Can be deleted later, not edited.')).toBeNull()
  })
})
