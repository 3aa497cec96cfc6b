import type { MutationId, SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { eventOnSetClock, onSetClock } from '../../shared/sync/clock-set'
import { isAnswer, recordsIn, type SyncEffect, type SyncEvent } from '../../shared/sync/events'
import { refusalToWithdraw } from '../../shared/sync/in-use'
import type { Clock, Log, OutboxStore, Random, SectionApi } from '../../shared/sync/ports'
import { nextWakeAt, sectionsToLookAt, sendable } from '../../shared/sync/schedule'
import type { Snapshot, SyncState } from '../../shared/sync/state'
import type { UploadProgress } from '../../shared/sync/status'
import { step } from '../../shared/sync/step'
import { ClockWatch } from './clock-watch'
import { HostProbe } from './host-probe'
import { PauseEnd } from './pause-end'
import { pushMutation } from './push-mutation'
import { copyingAfter, SectionCopies } from './section-copies'
import { SectionRefresh } from './section-refresh'
import { StepRecords } from './step-records'

export interface SyncPorts {
  readonly registry: SectionRegistry
  readonly store: OutboxStore
  /** The way to the platform; fails while there is no credential. */
  readonly api: () => Promise<Result<SectionApi>>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export interface SyncListeners {
  readonly onSection: (section: SectionId, state: SyncState) => void
  readonly onStatus: (state: SyncState, upload: UploadProgress | undefined) => void
}

export interface SyncEngine {
  readonly state: () => SyncState
  /** Applies an event and returns once its records are on the disk. On failure nothing has changed. */
  readonly dispatch: (event: SyncEvent) => Promise<Result<void>>
  /** Reads a section from the platform. Overlapping calls share one read. */
  readonly refresh: (section: SectionId) => Promise<void>
  /**
   * Takes an edit back. One that is being sent is stopped first; a new record that another edit
   * refers to stays.
   */
  readonly withdraw: (mutation: MutationId) => Promise<Result<void>>
  /** Something may have changed for the better: look at the queue now. */
  readonly wake: () => void
  /** Ends timers and requests; what is in the queue stays there. */
  readonly stop: () => void
}

/** Runs the pure engine: one event at a time, effects through ports, sending in lanes. */
export function createSyncEngine(
  initial: SyncState,
  ports: SyncPorts,
  listeners: SyncListeners,
): SyncEngine {
  const runner = new SyncRunner(initial, ports, listeners)
  return {
    state: () => runner.state,
    dispatch: (event) => runner.dispatch(event),
    refresh: (section) => runner.refresh(section),
    withdraw: (mutation) => runner.withdraw(mutation),
    wake: () => runner.wake(),
    stop: () => runner.stop(),
  }
}

interface Sending {
  readonly abort: AbortController
  readonly done: Promise<void>
}

class SyncRunner {
  readonly #ports: SyncPorts
  readonly #listeners: SyncListeners
  readonly #stopSignal = new AbortController()
  readonly #probe: HostProbe
  readonly #pauseEnd: PauseEnd
  readonly #sending = new Map<MutationId, Sending>()
  /** Being taken back: not to be sent in between. */
  readonly #withdrawing = new Set<MutationId>()
  readonly #refresh: SectionRefresh
  readonly #clockWatch: ClockWatch
  readonly #copies: SectionCopies
  readonly #records: StepRecords
  #state: SyncState
  /** What the clock had been set by when the times in the state were right. */
  #stateSetMs = 0
  #mailbox: Promise<unknown> = Promise.resolve()
  #upload: (UploadProgress & { readonly of: MutationId }) | undefined
  #cancelWake: (() => void) | undefined

  constructor(initial: SyncState, ports: SyncPorts, listeners: SyncListeners) {
    this.#state = initial
    this.#ports = ports
    this.#listeners = listeners
    this.#clockWatch = new ClockWatch(ports.clock)
    const parts = {
      ...ports,
      state: () => this.state,
      dispatch: (event: SyncEvent) => this.dispatch(event),
      refresh: (section: SectionId) => this.refresh(section),
      onLook: () => this.#publishStatus(),
      signal: this.#stopSignal.signal,
    }
    this.#refresh = new SectionRefresh(parts)
    this.#probe = new HostProbe(parts)
    this.#pauseEnd = new PauseEnd(parts)
    this.#copies = new SectionCopies({
      ...ports,
      state: () => this.#state,
      isAllStored: () => this.#records.isAllStored,
    })
    this.#records = new StepRecords({
      ...ports,
      copies: this.#copies,
      inTurn: (work) => void this.#inTurn(work),
    })
  }

  get state(): SyncState {
    this.#followClock()
    return this.#state
  }

  dispatch(event: SyncEvent): Promise<Result<void>> {
    const toldMs = this.#clockWatch.setMs()
    return this.#inTurn(() =>
      this.#apply(eventOnSetClock(event, this.#clockWatch.setMs() - toldMs)),
    )
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#mailbox.then(work)
    this.#mailbox = done.catch((cause: unknown) => this.#ports.log.error('sync event', cause))
    return done
  }

  refresh(section: SectionId): Promise<void> {
    return this.#refresh.run(section)
  }

  async withdraw(id: MutationId): Promise<Result<void>> {
    const refused = refusalToWithdraw(this.#state.outbox, id)
    if (refused) return err(refused)
    this.#withdrawing.add(id)
    const sending = this.#sending.get(id)
    sending?.abort.abort()
    await sending?.done
    const mutation = this.#state.outbox.find((entry) => entry.id === id)
    const section = mutation && this.#ports.registry.find(mutation.section)
    const canDelete = section?.allows.delete === true
    const at = this.#ports.clock.now()
    return this.dispatch({ type: 'withdrawn', id, canDelete, at }).finally(() => {
      this.#withdrawing.delete(id)
      this.#pump()
    })
  }

  wake(): void {
    this.#probe.askNow()
    this.#pump()
  }

  stop(): void {
    this.#stopSignal.abort()
    this.#cancelWake?.()
    this.#probe.stop()
    this.#pauseEnd.stop()
    this.#copies.stop()
    this.#records.stop()
    for (const { abort } of this.#sending.values()) abort.abort()
  }

  #hasStopped(): boolean {
    return this.#stopSignal.signal.aborted
  }

  #followClock(): void {
    const setMs = this.#clockWatch.setMs()
    if (setMs === this.#stateSetMs) return
    this.#state = onSetClock(this.#state, setMs - this.#stateSetMs)
    this.#stateSetMs = setMs
  }

  async #apply(event: SyncEvent): Promise<Result<void>> {
    const [next, effects] = step(this.state, event)
    const setMs = this.#stateSetMs
    const before = this.#state
    const stored = await this.#records.keep(recordsIn(effects), event, before)
    if (!stored.ok && !isAnswer(event)) return stored
    this.#state = next
    this.#stateSetMs = setMs
    for (const effect of effects) this.#perform(effect, event, before)
    this.#pump()
    return ok(undefined)
  }

  #perform(effect: SyncEffect, event: SyncEvent, before: SyncState): void {
    switch (effect.type) {
      case 'persist':
        return
      case 'save-snapshot':
        this.#copy(effect.snapshot, event, before)
        return
      case 'publish':
        this.#listeners.onSection(effect.section, this.#state)
        return
      case 'publish-status':
        this.#publishStatus()
    }
  }

  #copy(snapshot: Snapshot, event: SyncEvent, { snapshots }: SyncState): void {
    const { section } = snapshot
    this.#copies.copy(section, copyingAfter(event, snapshots.get(section), snapshot))
  }

  #publishStatus(): void {
    const upload = this.#upload
    this.#listeners.onStatus(
      this.#state,
      upload && { sentBytes: upload.sentBytes, totalBytes: upload.totalBytes },
    )
  }

  #pump(): void {
    if (this.#hasStopped()) return
    this.#followClock()
    const claimed = new Set<string>([...this.#sending.keys(), ...this.#withdrawing])
    const moment = { now: this.#ports.clock.now(), claimed }
    for (const { id } of sendable(this.#state, this.#ports.registry, moment)) this.#send(id)
    for (const section of sectionsToLookAt(this.#state, this.#ports.registry, moment.now))
      void this.refresh(section)
    this.#scheduleWake(moment.now)
    this.#probe.schedule()
    this.#pauseEnd.schedule()
  }

  #send(id: MutationId): void {
    const abort = new AbortController()
    // Not before it is known as being sent.
    const done = Promise.resolve()
      .then(() => this.#push(id, abort.signal))
      .finally(() => {
        this.#sending.delete(id)
        if (this.#upload?.of === id) this.#upload = undefined
      })
      .then(() => {
        this.#publishStatus()
        this.#pump()
      })
      // A fault of ours: the next event looks at the edit again, a loop would not end.
      .catch((cause: unknown) => void this.#ports.log.error('push', cause))
    this.#sending.set(id, { abort, done })
  }

  async #push(id: MutationId, signal: AbortSignal): Promise<void> {
    try {
      await pushMutation(id, {
        ...this.#ports,
        state: () => this.state,
        dispatch: (event) => this.dispatch(event),
        signal,
        onProgress: (sentBytes, totalBytes) => {
          this.#upload = { of: id, sentBytes, totalBytes }
          this.#publishStatus()
        },
      })
    } catch (cause) {
      const reference = this.#ports.log.error('push', cause)
      await this.#failUnexpectedly(id, { kind: 'unexpected', reference })
    }
  }

  async #failUnexpectedly(id: MutationId, error: AppError): Promise<void> {
    const at = this.#ports.clock.now()
    const chance = this.#ports.random()
    await this.dispatch({ type: 'failed', id, service: 'dm', error, at, chance })
  }

  /** `now`: the moment that was looked at. What fell due since has not been sent and is to be woken for. */
  #scheduleWake(now: number): void {
    this.#cancelWake?.()
    this.#cancelWake = undefined
    const at = nextWakeAt(this.#state, now)
    if (at === undefined) return
    this.#cancelWake = this.#ports.clock.after(Math.max(0, at - now), () => this.#pump())
  }
}
