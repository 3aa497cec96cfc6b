import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createOf, updateOf } from '../../../src/main/app/edits'
import { asItemId, asSectionId } from '../../../src/shared/domain/ids'
import * as check from '../../../src/shared/domain/sections/checks'
import { createRegistry, registry } from '../../../src/shared/domain/sections/registry'
import { defineSection } from '../../../src/shared/domain/sections/section'
import { planPush } from '../../../src/shared/sync/plan'
import { sendable } from '../../../src/shared/sync/schedule'
import { emptyState } from '../../../src/shared/sync/state'
import { pendingChanges } from '../../../src/shared/sync/status'
import { step } from '../../../src/shared/sync/step'
import { sectionView } from '../../../src/shared/sync/view'

const prizes = defineSection({
  id: asSectionId('prizes'),
  title: 'Prizes',
  icon: 'award',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'career', name: 'prizes' },
  schema: v.object({ name: check.requiredText(40, 'Name the prize.'), year: check.year }),
  fields: {
    name: { kind: 'text', limit: 40, label: 'Name', required: true },
    year: { kind: 'year', label: 'Year', merge: 'server' },
  },
  groups: [{ heading: 'Prize', fields: ['name', 'year'] }],
  row: { title: ['name'], subtitle: ['year'] },
  sortBy: ['year'],
  identity: ['name'],
  allows: { create: true, update: true, delete: true },
  words: { one: 'prize' },
})

const known = createRegistry([...registry.all, prizes])
const moment = (unique: string) => ({ now: 1, unique })

describe('a section that is one file and one line', () => {
  it('has its place in the navigation', () => {
    expect(known.shown.map(({ id }) => id)).toContain('prizes')
  })

  it('is validated, created, titled, shown, scheduled, edited and merged by its descriptor', () => {
    const refused = createOf(prizes, emptyState(0), { year: 2020 }, moment('a'))
    expect(refused).toMatchObject({ error: { field: 'name', problem: 'Name the prize.' } })
    const made = createOf(prizes, emptyState(0), { name: 'Medal', year: 2020 }, moment('a'))
    if (!made.ok) throw new Error('not made')
    const [created] = step(emptyState(0), { type: 'edited', mutation: made.value })
    expect(sectionView(prizes, created).items).toMatchObject([
      { values: { name: 'Medal' }, mark: 'here' },
    ])
    expect(pendingChanges(created, known)).toMatchObject([
      { title: 'Medal', icon: 'award', fields: ['Name', 'Year'] },
    ])
    expect(sendable(created, known, { now: 1, claimed: new Set() })).toMatchObject([{ id: 'a' }])

    const item = { id: asItemId('9'), values: { name: 'Medal', year: 2020 }, wire: {} }
    const [kept] = step(created, { type: 'accepted', id: made.value.id, at: 2, item })
    const [read] = step(kept, {
      type: 'pulled',
      section: prizes.id,
      pulled: { items: [item], facts: {} },
      at: 3,
    })
    const local = made.value.item
    const edit = updateOf(
      prizes,
      read,
      { item: local, patch: { name: 'Gold', year: 2021 } },
      moment('b'),
    )
    if (!edit.ok) throw new Error('not edited')
    expect(edit.value).toMatchObject({
      item: '9',
      title: 'Gold',
      base: { name: 'Medal', year: 2020 },
    })
    const theirs = { ...item, values: { name: 'Medal', year: 1999 } }
    expect(planPush(prizes, edit.value, { items: [theirs], now: 4 })).toMatchObject({
      kind: 'update',
      toWrite: { name: 'Gold' },
    })
  })
})
