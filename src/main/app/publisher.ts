import type { SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AnySection } from '../../shared/domain/sections/section'
import type { IpcContract } from '../../shared/ipc/contract'
import type { Publish } from '../../shared/ipc/define'
import type { Clock } from '../../shared/sync/ports'
import type { SyncState } from '../../shared/sync/state'
import { pendingChanges, syncStatus, type UploadProgress } from '../../shared/sync/status'
import { sectionRows, type SectionView } from '../../shared/sync/view'
import type { SyncListeners } from './sync-engine'

/** Rows in one message: more would leave the message path that copies once (64 KB). */
export const pageSize = 100

/** The view as it goes to the page: at most the first hundred rows, `total` tells the rest. */
export function sectionSlice(section: AnySection, state: SyncState): SectionView {
  const { head, slice } = sectionRows(section, state)
  return { ...head, items: slice(0, pageSize) }
}

/** The head alone: marks, counts and ages for the navigation. */
export const sectionHead = (section: AnySection, state: SyncState): SectionView =>
  sectionRows(section, state).head

/** While much is sent there are hundreds of changes a second; nobody sees more than a few of them. */
const leastGapMs = 25
/** With a long queue each telling is long too. */
const longQueue = { from: 50, leastGapMs: 100 } as const

const leastGapOf = ({ outbox }: SyncState): number =>
  outbox.length < longQueue.from ? leastGapMs : longQueue.leastGapMs

interface PublisherSetup {
  readonly registry: SectionRegistry
  readonly clock: Clock
  /** How many edits waited when the workspace was opened; the page starts from there. */
  readonly waiting: number
}

/**
 * Tells the page what changed: at once after a rest, else once per gap however many events there
 * were. What is told is always the latest.
 */
export function createPublisher(
  publish: Publish<IpcContract>,
  { registry, clock, waiting }: PublisherSetup,
): SyncListeners & { readonly stop: () => void } {
  const dirty = new Set<SectionId>()
  let latest: SyncState | undefined
  let upload: UploadProgress | undefined
  let isPlanned = false
  let toldAt = -Infinity
  let isStopped = false
  let wasEmpty = waiting === 0

  const flush = (): void => {
    isPlanned = false
    toldAt = clock.now()
    if (!latest || isStopped) return
    for (const id of dirty) {
      const section = registry.find(id)
      if (section) publish('section', 'changed', sectionSlice(section, latest))
    }
    dirty.clear()
    publish('pending', 'status', syncStatus(latest, upload))
    const changes = pendingChanges(latest, registry)
    const isEmpty = changes.length === 0
    if (!isEmpty || !wasEmpty) publish('pending', 'changed', changes)
    wasEmpty = isEmpty
  }

  const plan = (state: SyncState): void => {
    latest = state
    if (isPlanned) return
    isPlanned = true
    const rested = clock.now() - toldAt
    // A clock that was set back must not hold anything up.
    const gap = leastGapOf(state)
    const isSoon = rested >= 0 && rested < gap
    clock.after(isSoon ? gap - rested : 0, flush)
  }

  return {
    onSection: (section, state) => {
      dirty.add(section)
      plan(state)
    },
    onStatus: (state, progress) => {
      upload = progress
      plan(state)
    },
    stop: () => {
      isStopped = true
    },
  }
}
