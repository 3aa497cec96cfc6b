import { describe, expect, it } from 'vitest'
import { asItemId, asMutationId, asSectionId, localItemId, selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import { registry } from '../domain/sections/registry'
import type { SyncEvent } from './events'
import { planPush } from './plan'
import { sendable } from './schedule'
import { emptyState } from './state'

import { syncStatus } from './status'
import { step } from './step'
import {
  aCreate,
  aMutation,
  after,
  anItem,
  edited,
  failed,
  local,
  m2,
  pulled,
  sending,
  server,
} from './testing/made'
import { sectionView } from './view'

const pulledBasic = (bio: string) =>
  ({
    type: 'pulled',
    section: basic.id,
    pulled: { items: [anItem({ bio })], facts: {} },
    at: 5,
  }) as const

describe('sending', () => {
  it('is held back by a stuck edit of the same record only', () => {
    const blocked = aMutation({ state: { kind: 'blocked', error: { kind: 'forbidden' } } })
    const other = m2({ section: asSectionId('social'), patch: { x: 'n' }, base: { x: null } })
    const state = { ...emptyState(0), outbox: [blocked, m2({ id: asMutationId('m3') }), other] }
    expect(sendable(state, registry, { now: 0, claimed: new Set() })).toMatchObject([{ id: 'm2' }])
  })

  it('leaves a section alone as long as the platform has asked one of its edits to wait', () => {
    const error = { kind: 'rate-limited', status: 429 } as const
    const asked = aMutation({ state: { kind: 'waiting', until: 50, error } })
    const beside = m2({ item: asItemId('9') })
    const elsewhere = m2({ id: asMutationId('m3'), section: asSectionId('memory') })
    const state = { ...emptyState(0), outbox: [asked, beside, elsewhere] }
    const due = (now: number) =>
      sendable(state, registry, { now, claimed: new Set() }).map(({ id }) => id)
    expect(due(49)).toEqual(['m3'])
    expect(due(50)).toEqual(['m1', 'm2', 'm3'])
  })

  it('shows of a contested field what it was before both sides changed it', () => {
    const edit = aMutation({ patch: { bio: 'mine', title: 'T' }, base: { bio: 'old', title: 't' } })
    const at = { id: asMutationId('m1'), at: 20 }
    const state = after([
      pulled([anItem({ bio: 'theirs' })]),
      edited(edit),
      { type: 'contested', ...at, theirs: { bio: 'theirs' } },
    ])
    expect(sectionView(basic, state).items).toMatchObject([{ began: { bio: 'old' } }])
  })

  it('goes on at once when the network is back', () => {
    const down = failed({ kind: 'offline', reason: 'dns' })
    const state = after([edited(aMutation()), sending(), down])
    expect(state.connectivity.isOnline).toBe(false)
    const [back] = step(state, pulled([anItem({ bio: 'old' })]))
    expect(back.outbox).toMatchObject([{ state: { kind: 'queued' } }])
  })

  it('looks for its record for half a minute before a create is repeated', () => {
    const lost = aCreate({ isUncertain: true, sent: [aCreate().patch], sentAt: 0, knownIds: [] })
    expect(planPush(education, lost, { items: [], now: 1_000 })).toEqual({
      kind: 'later',
      until: 2_000,
    })
    expect(planPush(education, lost, { items: [], now: 30_000 })).toEqual({ kind: 'create' })
    const twin = anItem(aCreate().patch, server)
    expect(planPush(education, lost, { items: [twin], now: 1_000 })).toEqual({
      kind: 'done',
      item: twin,
    })
    expect(
      planPush(education, lost, { items: [twin], now: 30_000, taken: new Set([server]) }),
    ).toEqual({ kind: 'create' })
  })
})

describe('a draft', () => {
  const draft = {
    section: basic.id,
    item: selfItemId,
    values: { bio: 'typing', title: 't' },
    savedAt: 1,
  }

  it('loses to an edit only the fields the edit holds', () => {
    const state = after([{ type: 'draft-saved', draft }, edited(aMutation())])
    expect([...state.drafts.values()]).toMatchObject([{ values: { title: 't' } }])
  })
})

describe('syncStatus', () => {
  it('tells a refused credential while edits wait for its host, and not where nothing does', () => {
    const refused = after([
      pulled([], education.id),
      edited(aMutation()),
      failed({ kind: 'unauthorized', status: 401 }),
    ])
    expect(syncStatus(refused)).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'unauthorized' },
    })
    expect(syncStatus({ ...refused, outbox: [] })).toMatchObject({ kind: 'saved' })
  })

  it('puts offline before sending and sending before here', () => {
    const flying = {
      ...emptyState(0),
      outbox: [aMutation({ state: { kind: 'in-flight', since: 1 } }), m2()],
    }
    expect(syncStatus(flying)).toEqual({ kind: 'sending', unsent: 2 })
    expect(syncStatus({ ...flying, connectivity: { isOnline: false, since: 3 } })).toEqual({
      kind: 'offline',
      since: 3,
      unsent: 2,
    })
    expect(syncStatus({ ...emptyState(0), outbox: [m2()] })).toEqual({ kind: 'here', unsent: 1 })
  })
})

describe('a create whose name alone was stored before the app ended', () => {
  it('still tells that its record is known when another record is named', () => {
    const first = aCreate({ id: asMutationId('m1'), isUncertain: true })
    const other = aCreate({ id: asMutationId('m2'), item: localItemId('2') })
    const aliases = new Map([[local, server]])
    const [restarted] = step(
      { ...emptyState(0), outbox: [first, other], aliases },
      { type: 'restarted' },
    )
    const item = anItem({ degree: 'MSc' }, asItemId('8'))
    const [named] = step(restarted, { type: 'accepted', id: other.id, at: 2, item })
    expect(named.outbox).toMatchObject([{ id: 'm1', item: local }])
  })
})

describe('two reads of a section at a time', () => {
  it('leave the one that was told first: the other may be older', () => {
    const read = (bio: string): SyncEvent => ({ ...pulledBasic(bio), confirmations: 0 })
    const { snapshots } = after([read('newer'), read('older')])
    expect(snapshots.get(basic.id)?.items).toMatchObject([{ values: { bio: 'newer' } }])
  })
})
