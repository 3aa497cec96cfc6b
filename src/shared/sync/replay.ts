import type { ItemId, MutationId } from '../domain/ids'
import type { HistoryEntry } from './history-entry'
import type { JournalRecord } from './ports'
import {
  draftKey,
  type Doubt,
  type Draft,
  type Mutation,
  type SwitchPause,
  type SyncState,
} from './state'

/** What a journal tells of the state. */
export type Durable = Pick<
  SyncState,
  'outbox' | 'drafts' | 'aliases' | 'doubts' | 'pause' | 'history'
>

/** The durable part of the state, from the journal's records in order. */
export function replay(records: Iterable<JournalRecord>): Durable {
  const outbox = new Map<MutationId, Mutation>()
  const drafts = new Map<string, Draft>()
  const aliases = new Map<ItemId, ItemId>()
  const doubts = new Map<string, Doubt>()
  const history = new Map<string, HistoryEntry>()
  let pause: SwitchPause | undefined
  const put = (record: JournalRecord): void => {
    switch (record.type) {
      case 'mutation':
        outbox.set(record.mutation.id, record.mutation)
        break
      case 'mutation-gone':
        outbox.delete(record.id)
        break
      case 'draft':
        drafts.set(draftKey(record.draft.section, record.draft.item), record.draft)
        break
      case 'draft-gone':
        drafts.delete(draftKey(record.section, record.item))
        break
      case 'alias':
        aliases.set(record.local, record.server)
        break
      case 'doubt':
        doubts.set(record.doubt.id, record.doubt)
        break
      case 'doubt-gone':
        doubts.delete(record.id)
        break
      case 'pause':
        pause = record.pause
        break
      case 'pause-over':
        pause = undefined
        break
      case 'history':
        history.set(record.entry.id, record.entry)
        break
      case 'history-gone':
        for (const id of record.ids) history.delete(id)
        break
      case 'together':
        record.records.forEach(put)
        break
      // They belong to the copies, and are put into them.
      case 'confirmed':
      case 'copied':
        break
    }
  }
  for (const record of records) put(record)
  return {
    outbox: [...outbox.values()],
    drafts,
    aliases,
    doubts: [...doubts.values()],
    pause,
    history: [...history.values()],
  }
}

/** The shortest journal that replays to the same state; compaction writes it. */
export function recordsOf({
  outbox,
  drafts,
  aliases,
  doubts,
  pause,
  history,
}: Durable): readonly JournalRecord[] {
  return [
    ...[...aliases].map(([local, server]) => ({ type: 'alias', local, server }) as const),
    ...outbox.map((mutation) => ({ type: 'mutation', mutation }) as const),
    ...[...drafts.values()].map((draft) => ({ type: 'draft', draft }) as const),
    ...doubts.map((doubt) => ({ type: 'doubt', doubt }) as const),
    ...(pause ? [{ type: 'pause', pause } as const] : []),
    ...history.map((entry) => ({ type: 'history', entry }) as const),
  ]
}
