import type { SectionId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { Service } from '../../shared/errors'
import { backoffMs } from '../../shared/sync/backoff'
import type { Clock, Random } from '../../shared/sync/ports'
import { hostsToProbe } from '../../shared/sync/reach'
import type { SyncState } from '../../shared/sync/state'

export interface HostProbePorts {
  readonly registry: SectionRegistry
  readonly clock: Clock
  readonly random: Random
  readonly state: () => SyncState
  readonly refresh: (section: SectionId) => Promise<void>
}

const longestPauseMs = 60_000

/** While a host is silent, asks it now and then whether it is back, by reading a section of it. */
export class HostProbe {
  readonly #ports: HostProbePorts
  #cancel: (() => void) | undefined
  #failures = 0

  constructor(ports: HostProbePorts) {
    this.#ports = ports
  }

  /** To be called after every event; what is planned already is not put off by it. */
  schedule(): void {
    if (this.#isCalm) {
      this.#failures = 0
      this.stop()
      return
    }
    if (this.#cancel) return
    const { clock, random } = this.#ports
    const pause = 1_000 + backoffMs(this.#failures, random())
    this.#cancel = clock.after(Math.min(longestPauseMs, pause), () => {
      this.#cancel = undefined
      this.#failures += 1
      this.#ask()
      this.schedule()
    })
  }

  /** Something may have changed for the better. */
  askNow(): void {
    this.#failures = 0
    this.stop()
    if (!this.#isCalm) this.#ask()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  get #isCalm(): boolean {
    const { connectivity, reach } = this.#ports.state()
    return connectivity.isOnline && reach.lms !== 'silent' && reach.dm !== 'silent'
  }

  #ask(): void {
    for (const service of hostsToProbe(this.#ports.state())) {
      const section = this.#sectionOf(service)
      if (section !== undefined) void this.#ports.refresh(section)
    }
  }

  /** One with waiting edits if there is one, for its answer is news. */
  #sectionOf(service: Service): SectionId | undefined {
    const { registry } = this.#ports
    const isOfService = (id: SectionId) => registry.find(id)?.service === service
    return (
      this.#ports.state().outbox.find(({ section }) => isOfService(section))?.section ??
      registry.shown.find((section) => section.service === service)?.id
    )
  }
}
