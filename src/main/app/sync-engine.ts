import type { MutationId, SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { Result } from '../../shared/errors'
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
import { EventMailbox } from './event-mailbox'
import { HostProbe } from './host-probe'
import { PauseEnd } from './pause-end'
import { copyingAfter, SectionCopies } from './section-copies'
import { SectionRefresh } from './section-refresh'
import { Sendings } from './sendings'
import { StepRecords, type StepToKeep } from './step-records'

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

/** An event with the state around it. */
interface Step {
  readonly event: SyncEvent
  readonly before: SyncState
  readonly next: SyncState
  readonly effects: readonly SyncEffect[]
}

class SyncRunner {
  readonly #ports: SyncPorts
  readonly #listeners: SyncListeners
  readonly #stopSignal = new AbortController()
  readonly #probe: HostProbe
  readonly #pauseEnd: PauseEnd
  readonly #sendings: Sendings
  readonly #mailbox: EventMailbox
  /** Being taken back: not to be sent in between. */
  readonly #withdrawing = new Set<MutationId>()
  readonly #refresh: SectionRefresh
  readonly #clockWatch: ClockWatch
  readonly #copies: SectionCopies
  readonly #records: StepRecords
  #state: SyncState
  /** What the clock had been set by when the times in the state were right. */
  #stateSetMs = 0
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
    this.#mailbox = new EventMailbox({
      log: ports.log,
      apply: (event) => this.#apply(event),
      applyTogether: (events) => this.#applyTogether(events),
    })
    this.#sendings = new Sendings({
      ...parts,
      onChange: () => this.#publishStatus(),
      onFree: () => this.#pump(),
    })
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
      inTurn: (work) => void this.#mailbox.inTurn(work),
    })
  }

  get state(): SyncState {
    this.#followClock()
    return this.#state
  }

  dispatch(event: SyncEvent): Promise<Result<void>> {
    const toldMs = this.#clockWatch.setMs()
    return this.#mailbox.post(() => eventOnSetClock(event, this.#clockWatch.setMs() - toldMs))
  }

  refresh(section: SectionId): Promise<void> {
    return this.#refresh.run(section)
  }

  async withdraw(id: MutationId): Promise<Result<void>> {
    const refused = refusalToWithdraw(this.#state.outbox, id)
    if (refused) return err(refused)
    this.#withdrawing.add(id)
    await this.#sendings.end(id)
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
    this.#sendings.stop()
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
    const steps = this.#stepThrough([event])
    const setMs = this.#stateSetMs
    const stored = await this.#records.keep(steps.map(toKeep))
    if (!stored.ok && !isAnswer(event)) return stored
    this.#take(steps, setMs)
    return ok(undefined)
  }

  /** What was to be stored of several events shares one flush; where that fails, each has to try alone. */
  async #applyTogether(events: readonly SyncEvent[]): Promise<boolean> {
    const steps = this.#stepsWithoutFault(events)
    const setMs = this.#stateSetMs
    if (!steps) return false
    const stored = await this.#records.keep(steps.map(toKeep))
    if (stored.ok) this.#take(steps, setMs)
    return stored.ok
  }

  #stepThrough(events: readonly SyncEvent[]): readonly Step[] {
    let before = this.state
    return events.map((event) => {
      const [next, effects] = step(before, event)
      const stepped = { event, before, next, effects }
      before = next
      return stepped
    })
  }

  /** A fault of ours in one of them must not cost the others: alone it shows which it was. */
  #stepsWithoutFault(events: readonly SyncEvent[]): readonly Step[] | undefined {
    try {
      return this.#stepThrough(events)
    } catch {
      return undefined
    }
  }

  #take(steps: readonly Step[], setMs: number): void {
    for (const { event, before, next, effects } of steps) {
      this.#state = next
      this.#stateSetMs = setMs
      for (const effect of effects) this.#perform(effect, event, before)
    }
    this.#pump()
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
    this.#listeners.onStatus(this.#state, this.#sendings.upload)
  }

  #pump(): void {
    if (this.#hasStopped()) return
    this.#followClock()
    const claimed = new Set<string>([...this.#sendings.ids, ...this.#withdrawing])
    const moment = { now: this.#ports.clock.now(), claimed }
    for (const { id } of sendable(this.#state, this.#ports.registry, moment))
      this.#sendings.start(id)
    for (const section of sectionsToLookAt(this.#state, this.#ports.registry, moment.now))
      void this.refresh(section)
    this.#scheduleWake(moment.now)
    this.#probe.schedule()
    this.#pauseEnd.schedule()
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

const toKeep = ({ event, before, effects }: Step): StepToKeep => ({
  records: recordsIn(effects),
  event,
  state: before,
})
