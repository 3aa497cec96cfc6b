import { asItemId, asMutationId, asSectionId } from '../../src/shared/domain/ids'
import type { JournalRecord } from '../../src/shared/sync/ports'
import {
  historyEntry,
  type HistoryEntry,
  type NewHistoryEntry,
} from '../../src/shared/sync/history-entry'
import type { Draft, Mutation, Snapshot } from '../../src/shared/sync/state'

export function aMutation(some: Partial<Mutation> = {}): Mutation {
  return {
    id: asMutationId('m-1'),
    section: asSectionId('basic'),
    item: asItemId('self'),
    op: 'update',
    patch: { bio: 'new' },
    base: { bio: 'old' },
    title: 'Basic',
    editedAt: 1,
    attempts: 0,
    state: { kind: 'queued' },
    ...some,
  }
}

export const aMutationRecord = (id: string, some: Partial<Mutation> = {}): JournalRecord => ({
  type: 'mutation',
  mutation: aMutation({ id: asMutationId(id), ...some }),
})

export const anEntry = (id: string, some: Partial<NewHistoryEntry> = {}): HistoryEntry =>
  historyEntry({
    id,
    at: 1,
    section: asSectionId('basic'),
    item: asItemId('self'),
    title: 'Basic',
    why: 'saved',
    before: { bio: 'old' },
    after: { bio: 'new' },
    ...some,
  })

export const aHistoryRecord = (id: string, some: Partial<NewHistoryEntry> = {}): JournalRecord => ({
  type: 'history',
  entry: anEntry(id, some),
})

export function aDraft(some: Partial<Draft> = {}): Draft {
  return {
    section: asSectionId('basic'),
    item: asItemId('self'),
    values: { bio: 'typing' },
    savedAt: 1,
    ...some,
  }
}

export function aSnapshot(some: Partial<Snapshot> = {}): Snapshot {
  return {
    section: asSectionId('basic'),
    items: [{ id: asItemId('self'), values: { name: 'Noor Haddad', bio: 'old' }, wire: {} }],
    facts: {},
    readAt: 1,
    ...some,
  }
}
