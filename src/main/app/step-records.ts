import { isFileValue } from '../../shared/domain/values'
import type { Result } from '../../shared/errors'
import { ok } from '../../shared/result'
import { isAnswer, type SyncEvent } from '../../shared/sync/events'
import type { Clock, JournalRecord, Log, OutboxStore } from '../../shared/sync/ports'
import type { SyncState } from '../../shared/sync/state'
import type { SectionCopies } from './section-copies'

/** How long what the platform has accepted may wait for the next record, to share its flush. */
const acceptedWaitsMs = 20

interface RecordPorts {
  readonly store: Pick<OutboxStore, 'append'>
  readonly clock: Clock
  readonly log: Log
  readonly copies: Pick<SectionCopies, 'takeNotes' | 'release'>
  /** Runs the work when no other step is under way. */
  readonly inTurn: (work: () => Promise<unknown>) => void
}

/** What an event wants stored; `state` is the one before it. */
export interface StepToKeep {
  readonly records: readonly JournalRecord[]
  readonly event: SyncEvent
  readonly state: SyncState
}

/**
 * Stores what the engine's steps want stored, in their order. What an answer leaves may be owed: it goes
 * with the next records, before them, so nothing is sent or said on the strength of what is not stored.
 * A crash before that is a lost answer, and after the restart the same question is asked again.
 */
export class StepRecords {
  readonly #ports: RecordPorts
  #owed: readonly JournalRecord[] = []
  #isStoring = false
  #forgetTimer: (() => void) | undefined

  constructor(ports: RecordPorts) {
    this.#ports = ports
  }

  get isAllStored(): boolean {
    return this.#owed.length === 0
  }

  /**
   * Of one event, or of several at once. On failure nothing is stored, and the records of an answer that
   * came alone are owed. What was read takes along what is owed, for its copy must not know more than the
   * journal.
   */
  async keep(steps: readonly StepToKeep[]): Promise<Result<void>> {
    const records = steps.flatMap((step) => step.records)
    const due = steps.find(isDue)
    if (!due) return this.#owe(records)
    const stored = await this.#append(records, due.event.type)
    const isAnswerAlone = steps.length === 1 && isAnswer(due.event)
    if (!stored.ok && isAnswerAlone) this.#owed = [...this.#owed, ...records]
    return stored
  }

  stop(): void {
    const isWaiting = this.#forgetTimer !== undefined
    this.#forget()
    if (isWaiting && !this.#isStoring) void this.#append([], 'accepted')
  }

  #owe(records: readonly JournalRecord[]): Result<void> {
    if (records.length === 0) return ok(undefined)
    this.#owed = [...this.#owed, ...records]
    this.#forgetTimer ??= this.#ports.clock.after(acceptedWaitsMs, () => {
      this.#forgetTimer = undefined
      this.#ports.inTurn(() => this.#append([], 'accepted'))
    })
    return ok(undefined)
  }

  #forget(): void {
    this.#forgetTimer?.()
    this.#forgetTimer = undefined
  }

  async #append(
    records: readonly JournalRecord[],
    event: SyncEvent['type'],
  ): Promise<Result<void>> {
    const wanted = [...this.#owed, ...records]
    if (wanted.length === 0) return ok(undefined)
    this.#forget()
    this.#isStoring = true
    const stored = await this.#ports.store.append([...this.#ports.copies.takeNotes(), ...wanted])
    this.#isStoring = false
    if (stored.ok) {
      this.#owed = []
      this.#ports.copies.release()
    } else this.#ports.log.info('journal not written', { event })
    return stored
  }
}

const isDue = ({ records, event, state }: StepToKeep): boolean =>
  event.type === 'pulled' || (records.length > 0 && !mayWait(event, state))

/** The copy of a file goes with its edit, which may not be there any more after a crash. */
function mayWait(event: SyncEvent, { outbox }: SyncState): boolean {
  if (event.type !== 'accepted') return false
  const patch = outbox.find(({ id }) => id === event.id)?.patch ?? {}
  return !Object.values(patch).some((value) => isFileValue(value))
}
