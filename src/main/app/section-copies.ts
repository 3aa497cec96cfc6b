import type { SectionId } from '../../shared/domain/ids'
import type { SyncEvent } from '../../shared/sync/events'
import type { Clock, JournalRecord, Log, OutboxStore } from '../../shared/sync/ports'
import type { Snapshot, SyncState } from '../../shared/sync/state'

interface CopyPorts {
  readonly store: Pick<OutboxStore, 'saveSnapshot'>
  readonly clock: Clock
  readonly log: Log
  readonly state: () => SyncState
  /** Whether the journal has kept all it was given. */
  readonly isAllStored: () => boolean
}

/** Of many confirmed edits in a row the copy is written once: meanwhile the journal has them. */
const soonMs = 500

/** When the copy of a section is written. */
export type Copying = 'now' | 'soon'

/**
 * What was confirmed is in the journal, or will be before the copy is written, and a read that shows only
 * what is known brings nothing but its time; what else was read is nowhere else.
 */
export function copyingAfter(
  { type }: SyncEvent,
  before: Snapshot | undefined,
  after: Snapshot,
): Copying {
  if (type === 'accepted') return 'soon'
  const isKnown =
    before !== undefined && isSame(before.items, after.items) && isSame(before.facts, after.facts)
  return isKnown ? 'soon' : 'now'
}

/** Of values as JSON has them, however deep. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isHolder(one) || !isHolder(other) || Array.isArray(one) !== Array.isArray(other))
    return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]))
  )
}

const isHolder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The copies of sections on the disk, which may lag behind the state. */
export class SectionCopies {
  readonly #ports: CopyPorts
  readonly #waiting = new Map<SectionId, () => void>()
  readonly #heldBack = new Set<SectionId>()
  /** Up to which confirmed edit each copy on the disk is known to go, in the journal and in truth. */
  readonly #noted = new Map<SectionId, number>()
  readonly #written = new Map<SectionId, number>()

  constructor(ports: CopyPorts) {
    this.#ports = ports
  }

  copy(section: SectionId, when: Copying): void {
    if (when === 'soon') this.#saveSoon(section)
    else this.#save(section)
  }

  /** The journal owes nothing any more. */
  release(): void {
    const released = [...this.#heldBack]
    this.#heldBack.clear()
    for (const section of released) this.#save(section)
  }

  /** For the journal: what it need not keep any longer. Each is given once. */
  takeNotes(): readonly JournalRecord[] {
    const news = [...this.#written].filter(
      ([section, upTo]) => upTo > (this.#noted.get(section) ?? 0),
    )
    for (const [section, upTo] of news) this.#noted.set(section, upTo)
    return news.map(([section, upTo]) => ({ type: 'copied', section, upTo }))
  }

  /** Nothing is written after that: the app may end in the middle of it, and the journal has what waits. */
  stop(): void {
    for (const forget of this.#waiting.values()) forget()
    this.#waiting.clear()
    this.#heldBack.clear()
  }

  /** A copy must not know more than the journal: after a crash nothing would tell what was newer. */
  #save(section: SectionId): void {
    this.#waiting.get(section)?.()
    this.#waiting.delete(section)
    if (this.#ports.isAllStored()) void this.#write(section)
    else this.#heldBack.add(section)
  }

  #saveSoon(section: SectionId): void {
    if (this.#waiting.has(section)) return
    const forget = this.#ports.clock.after(soonMs, () => this.#save(section))
    this.#waiting.set(section, forget)
  }

  async #write(section: SectionId): Promise<void> {
    const { store, log, state } = this.#ports
    const snapshot = state().snapshots.get(section)
    if (!snapshot) return
    const saved = await store.saveSnapshot(snapshot)
    if (saved.ok) this.#written.set(section, snapshot.upTo ?? 0)
    else log.info('snapshot not saved', { section })
  }
}
