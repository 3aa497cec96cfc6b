import { expect } from 'vitest'
import { asItemId, asMutationId, localItemId, selfItemId } from '../../domain/ids'
import { basic } from '../../domain/sections/basic'
import { education } from '../../domain/sections/education'
import { memorySettings } from '../../domain/sections/memory-settings'
import { registry } from '../../domain/sections/registry'
import type { Values } from '../../domain/values'
import { recordsIn, type Step, type SyncEvent } from '../events'
import type { JournalRecord } from '../ports'
import { recordsOf, replay } from '../replay'
import {
  emptyState,
  type Mutation,
  type ServerItem,
  type SwitchPause,
  type SyncState,
} from '../state'
import { step } from '../step'

export const local = localItemId('1')
export const server = asItemId('7')

/** An update of the only record of the first section. Only what matters has to be said. */
export function aMutation(some: Partial<Mutation> = {}): Mutation {
  return {
    id: asMutationId('m1'),
    section: basic.id,
    item: selfItemId,
    op: 'update',
    patch: { bio: 'mine' },
    base: { bio: 'old' },
    title: 'Basic',
    editedAt: 1,
    attempts: 0,
    state: { kind: 'queued' },
    ...some,
  }
}

/** Learning paused from the first second for an hour. */
export function aPause(some: Partial<SwitchPause> = {}): SwitchPause {
  return {
    id: asMutationId('m1'),
    section: memorySettings.id,
    item: selfItemId,
    field: 'learn',
    title: 'Memory switches',
    startedAt: 1_000,
    until: 3_601_000,
    ...some,
  }
}

export const aCreate = (some: Partial<Mutation> = {}) =>
  aMutation({
    section: education.id,
    item: local,
    op: 'create',
    base: {},
    patch: { institution: '1', degree: 'MSc', startDate: '2020-09-01' },
    ...some,
  })

export const anItem = (values: Values, id = selfItemId): ServerItem => ({ id, values, wire: {} })

/** What a step stores, each record by itself. */
export const storedBy = ([, effects]: Step): readonly JournalRecord[] =>
  recordsIn(effects).flatMap((record) => (record.type === 'together' ? record.records : [record]))

/** Follows the events, and checks that the journal tells the same as the state, a step in one record. */
export function after(events: readonly SyncEvent[], from: SyncState = emptyState(0)): SyncState {
  let state = from
  const journal: JournalRecord[] = [...recordsOf(from)]
  for (const event of events) {
    const [next, effects] = step(state, event)
    const stored = recordsIn(effects)
    expect(stored.length, event.type).toBeLessThanOrEqual(1)
    journal.push(...stored)
    state = next
  }
  const { outbox, drafts, aliases, doubts, pause, history } = state
  const durable = { outbox, drafts, aliases, doubts, pause, history }
  expect(replay(journal)).toEqual(durable)
  expect(replay(recordsOf(state))).toEqual(durable)
  return state
}

export const edited = (mutation: Mutation): SyncEvent => ({ type: 'edited', mutation })
export const sending = (id = 'm1', editedAt = 1, sent: Values = { bio: 'mine' }): SyncEvent => ({
  type: 'sending',
  id: asMutationId(id),
  at: 10,
  editedAt,
  sent,
  knownIds: [],
})
export const failed = (
  error: Extract<SyncEvent, { type: 'failed' }>['error'],
  id = 'm1',
): SyncEvent => ({
  type: 'failed',
  id: asMutationId(id),
  service: 'lms',
  error,
  at: 20,
  chance: 0.5,
})
export const pulled = (items: readonly ServerItem[], section = basic.id): SyncEvent => ({
  type: 'pulled',
  section,
  pulled: { items, facts: {} },
  at: 5,
  service: registry.find(section)?.service ?? 'dm',
})
export const m2 = (some: Partial<Mutation> = {}) =>
  aMutation({ id: asMutationId('m2'), editedAt: 2, ...some })
