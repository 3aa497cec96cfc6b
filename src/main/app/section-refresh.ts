import type { SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AnySection } from '../../shared/domain/sections/section'
import type { Result } from '../../shared/errors'
import type { SyncEvent } from '../../shared/sync/events'
import type { Clock, Log, Pulled, SectionApi } from '../../shared/sync/ports'
import { foundCreates } from '../../shared/sync/situation'
import type { SyncState } from '../../shared/sync/state'

export interface RefreshPorts {
  readonly registry: SectionRegistry
  readonly api: () => Promise<Result<SectionApi>>
  readonly clock: Clock
  readonly log: Log
  readonly state: () => SyncState
  readonly dispatch: (event: SyncEvent) => Promise<Result<void>>
  /** Aborted when the engine ends. */
  readonly signal: AbortSignal
}

/** A read that an edit has overtaken is done again, but not forever. */
const maxReads = 3

/** Reads sections from the platform. Overlapping calls for one section share one read. */
export class SectionRefresh {
  readonly #ports: RefreshPorts
  readonly #running = new Map<SectionId, Promise<void>>()

  constructor(ports: RefreshPorts) {
    this.#ports = ports
  }

  run(section: SectionId): Promise<void> {
    const running = this.#running.get(section)
    if (running) return running
    const reading = this.#read(section)
      .catch((cause: unknown) => void this.#ports.log.error('read', cause))
      .finally(() => this.#running.delete(section))
    this.#running.set(section, reading)
    return reading
  }

  async #read(id: SectionId): Promise<void> {
    const { api, dispatch, signal, clock, registry } = this.#ports
    const section = registry.find(id)
    if (!section || signal.aborted) return
    await dispatch({ type: 'read-started', section: id })
    for (let tries = 0; tries < maxReads; tries += 1) {
      const confirmations = this.#confirmations(id)
      const way = await api()
      const pulled = way.ok ? await way.value.pull(section, signal) : way
      if (this.#ports.signal.aborted) return
      const at = clock.now()
      await dispatch(
        pulled.ok
          ? {
              ...pulledEvent(section, this.#ports.state(), { pulled: pulled.value, at }),
              confirmations,
            }
          : { type: 'pull-failed', section: id, service: section.service, error: pulled.error, at },
      )
      if (!pulled.ok || this.#ports.state().snapshots.get(id)?.readAt === at) return
    }
  }

  #confirmations(id: SectionId): number {
    return this.#ports.state().confirmations.get(id) ?? 0
  }
}

/** What was read, and the lost creates found in it. */
export const pulledEvent = (
  section: AnySection,
  state: SyncState,
  { pulled, at }: { readonly pulled: Pulled; readonly at: number },
) =>
  ({
    type: 'pulled',
    section: section.id,
    service: section.service,
    pulled,
    found: foundCreates(section, state, { items: pulled.items, now: at }),
    at,
  }) as const
