import type { SectionId } from '../../shared/domain/ids'
import type { SyncEvent } from '../../shared/sync/events'
import type { Clock, JournalRecord, Log, OutboxStore } from '../../shared/sync/ports'
import type { SyncState } from '../../shared/sync/state'

interface CopyPorts {
  readonly store: Pick<OutboxStore, 'saveSnapshot'>
  readonly clock: Clock
  readonly log: Log
  readonly state: () => SyncState
}

/** Of many confirmed edits in a row the copy is written once: until then the journal has them. */
const soonMs = 500

/** When the copy of a section that has changed is written. */
export type Copying = 'now' | 'soon' | 'once-kept'

/**
 * What was confirmed is in the journal already; what was read is nowhere else. A copy must not know more
 * than the journal: after a crash, nothing would tell that something newer had been there.
 */
export function copyingAfter({ type }: SyncEvent, isStored: boolean): Copying {
  if (type === 'accepted') return isStored ? 'soon' : 'now'
  return type === 'pulled' && !isStored ? 'once-kept' : 'now'
}

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
    if (when === 'now') this.save(section)
    else if (when === 'soon') this.saveSoon(section)
    else this.#heldBack.add(section)
  }

  /** The journal has kept what it refused before. */
  release(): void {
    for (const section of this.#heldBack) this.save(section)
    this.#heldBack.clear()
  }

  /** Writes the section as it is now. */
  save(section: SectionId): void {
    this.#waiting.get(section)?.()
    this.#waiting.delete(section)
    void this.#write(section)
  }

  /** The same in half a second, with what comes until then. */
  saveSoon(section: SectionId): void {
    if (this.#waiting.has(section)) return
    const forget = this.#ports.clock.after(soonMs, () => this.save(section))
    this.#waiting.set(section, forget)
  }

  /** For the journal: what it need not keep any longer. Each is given once. */
  takeNotes(): readonly JournalRecord[] {
    const news = [...this.#written].filter(
      ([section, upTo]) => upTo > (this.#noted.get(section) ?? 0),
    )
    for (const [section, upTo] of news) this.#noted.set(section, upTo)
    return news.map(([section, upTo]) => ({ type: 'copied', section, upTo }))
  }

  stop(): void {
    for (const forget of this.#waiting.values()) forget()
    this.#waiting.clear()
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
