import type { MutationId, SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AppError, Result } from '../../shared/errors'
import { ok } from '../../shared/result'
import { backoffMs } from '../../shared/sync/backoff'
import type { SyncEffect, SyncEvent } from '../../shared/sync/events'
import type { Clock, Log, OutboxStore, Random, SectionApi } from '../../shared/sync/ports'
import { nextWakeAt, sendable } from '../../shared/sync/schedule'
import type { SyncState } from '../../shared/sync/state'
import type { UploadProgress } from '../../shared/sync/status'
import { step } from '../../shared/sync/step'
import { pushMutation } from './push-mutation'

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
  /** Takes an edit back. One that is being sent is stopped first. */
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
  let state = initial
  let mailbox: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let upload: UploadProgress | undefined
  let cancelWake: (() => void) | undefined
  let failedProbes = 0
  const claimed = new Map<MutationId, AbortController>()
  const reads = new Map<SectionId, Promise<void>>()

  const apply = async (event: SyncEvent): Promise<Result<void>> => {
    const [next, effects] = step(state, event)
    const records = effects.flatMap((effect) => (effect.type === 'persist' ? effect.records : []))
    if (records.length > 0) {
      const stored = await ports.store.append(records)
      if (!stored.ok) {
        ports.log.info('journal not written', { event: event.type })
        if (!isAnswer(event)) return stored
      }
    }
    state = next
    if (state.connectivity.isOnline) failedProbes = 0
    effects.forEach(perform)
    pump()
    return ok(undefined)
  }

  const perform = (effect: SyncEffect): void => {
    switch (effect.type) {
      case 'persist':
        return
      case 'save-snapshot':
        void ports.store.saveSnapshot(effect.snapshot).then((saved) => {
          if (!saved.ok) ports.log.info('snapshot not saved', { section: effect.snapshot.section })
        })
        return
      case 'publish':
        listeners.onSection(effect.section, state)
        return
      case 'publish-status':
        listeners.onStatus(state, upload)
    }
  }

  const dispatch = (event: SyncEvent): Promise<Result<void>> => {
    const done = mailbox.then(() => apply(event))
    mailbox = done.catch((cause: unknown) => ports.log.error('sync event', cause))
    return done
  }

  const pump = (): void => {
    if (isStopped) return
    const moment = { now: ports.clock.now(), claimed: new Set<string>(claimed.keys()) }
    for (const { id } of sendable(state, ports.registry, moment)) void send(id)
    scheduleWake()
  }

  const send = async (id: MutationId): Promise<void> => {
    const abort = new AbortController()
    claimed.set(id, abort)
    try {
      await pushMutation(id, {
        ...ports,
        state: () => state,
        dispatch,
        signal: abort.signal,
        onProgress: (sentBytes, totalBytes) => {
          upload = { sentBytes, totalBytes }
          listeners.onStatus(state, upload)
        },
      })
    } catch (cause) {
      const reference = ports.log.error('push', cause)
      await failUnexpectedly(id, { kind: 'unexpected', reference })
    } finally {
      claimed.delete(id)
      upload = undefined
      listeners.onStatus(state, upload)
      pump()
    }
  }

  const failUnexpectedly = async (id: MutationId, error: AppError): Promise<void> => {
    const at = ports.clock.now()
    await dispatch({ type: 'failed', id, service: 'dm', error, at, chance: ports.random() })
  }

  /** Wakes for the next edit that is due, and while offline to ask whether the platform is back. */
  const scheduleWake = (): void => {
    cancelWake?.()
    cancelWake = undefined
    const now = ports.clock.now()
    if (!state.connectivity.isOnline) {
      const delay = Math.min(60_000, 1_000 + backoffMs(failedProbes, ports.random()))
      cancelWake = ports.clock.after(delay, probe)
      return
    }
    const at = nextWakeAt(state, now)
    if (at !== undefined) cancelWake = ports.clock.after(Math.max(0, at - now), pump)
  }

  const probe = (): void => {
    const [first] = ports.registry.shown
    const section = state.outbox[0]?.section ?? [...state.snapshots.keys()][0] ?? first?.id
    failedProbes += 1
    if (section !== undefined) void refresh(section)
  }

  const refresh = (section: SectionId): Promise<void> => {
    const running = reads.get(section)
    if (running) return running
    const reading = readSection(section)
      .catch((cause: unknown) => void ports.log.error('read', cause))
      .finally(() => reads.delete(section))
    reads.set(section, reading)
    return reading
  }

  const readSection = async (id: SectionId): Promise<void> => {
    const section = ports.registry.find(id)
    if (!section || isStopped) return
    await dispatch({ type: 'read-started', section: id })
    const api = await ports.api()
    const pulled = api.ok ? await api.value.pull(section, stopSignal.signal) : api
    if (isStopped) return
    const at = ports.clock.now()
    await dispatch(
      pulled.ok
        ? { type: 'pulled', section: id, pulled: pulled.value, at }
        : { type: 'pull-failed', section: id, service: section.service, error: pulled.error, at },
    )
  }

  const stopSignal = new AbortController()
  return {
    state: () => state,
    dispatch,
    refresh,
    withdraw: async (id) => {
      const sending = claimed.get(id)
      if (sending) {
        sending.abort()
        await settled(() => claimed.has(id), ports.clock)
      }
      return dispatch({ type: 'withdrawn', id })
    },
    wake: () => {
      if (!state.connectivity.isOnline) probe()
      else pump()
    },
    stop: () => {
      isStopped = true
      cancelWake?.()
      stopSignal.abort()
      for (const abort of claimed.values()) abort.abort()
    },
  }
}

/**
 * What the platform answered is taken even when the disk refuses to keep it: after a restart the
 * same question is asked again. What the person did is not taken unless it is kept.
 */
const isAnswer = ({ type }: SyncEvent): boolean =>
  type === 'accepted' || type === 'failed' || type === 'contested'

/** Waits until `isBusy` no longer holds. */
async function settled(isBusy: () => boolean, clock: Clock): Promise<void> {
  while (isBusy()) {
    await new Promise<void>((resolve) => {
      clock.after(5, resolve)
    })
  }
}
