import { describe, expect, it } from 'vitest'
import { aMutation, aSnapshot } from '../../../tests/fakes/main-records'
import { valueOf } from '../../../tests/fakes/main-world'
import {
  asItemId,
  asMutationId,
  localItemId,
  selfItemId,
  type ItemId,
} from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import { education } from '../../shared/domain/sections/education'
import { institutions } from '../../shared/domain/sections/institutions'
import { memorySettings } from '../../shared/domain/sections/memory-settings'
import { registry } from '../../shared/domain/sections/registry'
import { resume } from '../../shared/domain/sections/resume'
import { social } from '../../shared/domain/sections/social'
import type { AnySection } from '../../shared/domain/sections/section'
import type { Values } from '../../shared/domain/values'
import { emptyState, type Mutation, type SyncState } from '../../shared/sync/state'
import { choicesOf, createOf, deleteOf, updateOf } from './edits'

const moment = { now: 5_000, unique: 'u-1' }
const refused = (field: string) => ({ ok: false, error: { kind: 'refused-input', field } })

function stateWith(
  section: AnySection,
  values: Values,
  some: { readonly id?: ItemId; readonly outbox?: readonly Mutation[] } = {},
): SyncState {
  const items = [{ id: some.id ?? selfItemId, values, wire: {} }]
  return {
    ...emptyState(1_000),
    snapshots: new Map([[section.id, aSnapshot({ section: section.id, items })]]),
    outbox: some.outbox ?? [],
  }
}

const update = (section: AnySection, state: SyncState, patch: Values, base?: Values) =>
  updateOf(section, state, { item: selfItemId, patch, base }, moment)

const school = asItemId('7')
const entry = { institution: '3', startDate: '2011-09-15', endDate: '2015-06-12', isCurrent: false }

const updateEntry = (patch: Values, values: Values = entry) =>
  updateOf(education, stateWith(education, values, { id: school }), { item: school, patch }, moment)

describe('update', () => {
  it('stores what was typed tidily, with the values it replaces', () => {
    const state = stateWith(basic, { name: 'Noor', bio: 'old' })
    expect(valueOf(update(basic, state, { bio: '  new  ', title: '  ' }))).toMatchObject({
      op: 'update',
      item: 'self',
      patch: { bio: 'new', title: null },
      base: { bio: 'old', title: null },
      editedAt: 5_000,
      attempts: 0,
      state: { kind: 'queued' },
    })
  })

  it('takes the base the person saw, also where that was empty', () => {
    const state = stateWith(basic, { bio: 'theirs, come meanwhile' })
    const made = valueOf(update(basic, state, { bio: 'mine' }, { bio: null }))
    expect(made.base).toEqual({ bio: null })
  })

  it.each<readonly [string, AnySection, Values]>([
    ['bio', basic, { bio: 'x'.repeat(301) }],
    ['name', basic, { name: '<script>' }],
    ['pendingEmail', basic, { pendingEmail: 'a@b.example' }],
    ['nickname', basic, { nickname: 'no such field' }],
    ['toString', basic, { toString: 'no such field' }],
    ['x', social, { x: 'javascript:alert(1)' }],
    ['otherLinks', social, { otherLinks: [] }],
  ])('refuses a bad %s', (field, section, patch) => {
    const state = stateWith(section, {})
    expect(update(section, state, patch)).toMatchObject(refused(field))
  })

  it('is not refused for a stored value it does not touch', () => {
    const state = stateWith(basic, { bio: 'x'.repeat(400), name: 'Noor' })
    expect(update(basic, state, { name: 'Noor Haddad' }).ok).toBe(true)
  })

  it.each([
    ['@noor', 'https://www.x.com/noor'],
    ['https://mobile.twitter.com/noor?s=20', 'https://www.x.com/noor'],
    ['', null],
  ])('stores the link %j in its canonical form', (typed, stored) => {
    const made = valueOf(update(social, stateWith(social, {}), { x: typed }))
    expect(made.patch).toEqual({ x: stored })
  })

  it('keeps each language once', () => {
    const made = valueOf(update(basic, stateWith(basic, {}), { languages: ['en', 'ar', 'en'] }))
    expect(made.patch).toEqual({ languages: ['en', 'ar'] })
  })

  it('empties what a flag rules out', () => {
    expect(valueOf(updateEntry({ isCurrent: true })).patch).toEqual({
      isCurrent: true,
      endDate: null,
    })
  })

  it('keeps a ruled out field empty while the flag stands', () => {
    const current = { ...entry, isCurrent: true, endDate: null }
    expect(valueOf(updateEntry({ endDate: '2020-01-31' }, current)).patch).toEqual({
      endDate: null,
    })
  })

  it('lets an end date stand beside the flag put out', () => {
    const current = { ...entry, isCurrent: true, endDate: null }
    const patch = { isCurrent: false, endDate: '2020-01-31' }
    expect(valueOf(updateEntry(patch, current)).patch).toEqual(patch)
  })

  it('leaves the exact days that it does not name', () => {
    expect(Object.keys(valueOf(updateEntry({ degree: 'MSc' })).patch)).toEqual(['degree'])
  })

  it('holds an end against the start that is stored', () => {
    expect(updateEntry({ endDate: '2010-01-31' })).toMatchObject(refused('endDate'))
  })

  it('finds a record under the id it had before the platform gave its own', () => {
    const local = localItemId('1')
    const known = stateWith(education, entry, { id: school })
    const state = { ...known, aliases: new Map([[local, school]]) }
    const made = updateOf(education, state, { item: local, patch: { degree: 'MSc' } }, moment)
    expect(valueOf(made).item).toBe(school)
  })

  it('does not know a record that is not there', () => {
    const edit = { item: asItemId('404'), patch: { degree: 'MSc' } }
    const made = updateOf(education, stateWith(education, entry), edit, moment)
    expect(made).toEqual({ ok: false, error: { kind: 'not-found' } })
  })

  it('can give a résumé that was never read', () => {
    const file = { name: 'cv.pdf', spoolId: 's-1', size: 9 }
    const made = valueOf(update(resume, emptyState(1_000), { file }))
    expect([made.patch, made.base]).toEqual([{ file }, { file: null }])
  })

  it('switches a memory setting off', () => {
    const state = stateWith(memorySettings, { learn: true, use: true })
    expect(valueOf(update(memorySettings, state, { learn: false })).base).toEqual({ learn: true })
  })
})

describe('references', () => {
  const local = localItemId('school')
  const parent = aMutation({
    id: asMutationId('p'),
    section: institutions.id,
    item: local,
    op: 'create',
    patch: { name: 'Delta School' },
  })
  const create = (state: SyncState, institution: string) =>
    createOf(education, state, { institution, startDate: '2011-09-01', degree: 'MSc' }, moment)

  it('name a new record by its local id until it has one', () => {
    const state = { ...emptyState(1_000), outbox: [parent] }
    expect(valueOf(create(state, local)).patch['institution']).toBe(local)
  })

  it('name it by its own id once it has one', () => {
    const state = { ...emptyState(1_000), aliases: new Map([[local, asItemId('17')]]) }
    expect(valueOf(create(state, local)).patch['institution']).toBe('17')
  })

  it('name no record that was taken back', () => {
    expect(create(emptyState(1_000), local)).toMatchObject(refused('institution'))
  })

  it.each(['', '  '])('have to be given: %j', (institution) => {
    expect(create(emptyState(1_000), institution)).toMatchObject(refused('institution'))
  })
})

describe('create', () => {
  it('checks the whole record', () => {
    expect(createOf(education, emptyState(1_000), { institution: '3' }, moment)).toMatchObject(
      refused('startDate'),
    )
  })

  it('gives it an id of this computer', () => {
    const values = {
      institution: '3',
      startDate: '2011-09-01',
      isCurrent: true,
      endDate: '2015-01-31',
    }
    const made = valueOf(createOf(education, emptyState(1_000), values, moment))
    expect([made.item, made.patch['endDate'], made.base]).toEqual(['local:u-1', null, {}])
  })

  it('is not possible where there is only one', () => {
    expect(createOf(basic, emptyState(1_000), {}, moment)).toEqual({
      ok: false,
      error: { kind: 'forbidden' },
    })
  })
})

describe('delete', () => {
  it('waits as long as Undo is offered, and remembers what it deletes', () => {
    const made = valueOf(
      deleteOf(education, stateWith(education, entry, { id: school }), school, moment),
    )
    expect(made).toMatchObject({ op: 'delete', base: entry, state: { notBefore: 17_000 } })
  })

  it('is not possible where the platform cannot', () => {
    const state = stateWith(institutions, { name: 'Delta School' }, { id: school })
    expect(deleteOf(institutions, state, school, moment)).toMatchObject({
      error: { kind: 'forbidden' },
    })
  })
})

describe('choices in a conflict', () => {
  const id = asMutationId('m-1')
  const conflict = aMutation({
    patch: { bio: 'mine', name: 'Noor' },
    state: { kind: 'conflict', theirs: { bio: 'x'.repeat(400) }, seenAt: 1 },
  })
  const choose = (choices: Values, outbox = [conflict]) =>
    choicesOf(registry, stateWith(basic, {}, { outbox }), { mutation: id, choices })

  it('may take what the platform has, whatever this app would ask', () => {
    expect(choose({ bio: 'x'.repeat(400) }).ok).toBe(true)
  })

  it('may be a new value in stored form', () => {
    expect(valueOf(choose({ bio: ' both ' }))).toEqual({ bio: 'both' })
  })

  it('has to be valid when it is new', () => {
    expect(choose({ bio: 'y'.repeat(301) })).toMatchObject(refused('bio'))
  })

  it('concerns the contested fields only', () => {
    expect(choose({ name: 'Somebody' })).toMatchObject({ error: { kind: 'forbidden' } })
  })

  it('needs a conflict', () => {
    expect(choose({ bio: 'x' }, [aMutation()])).toMatchObject({ error: { kind: 'not-found' } })
  })
})
