import type { Result } from '../../shared/errors'
import { ok } from '../../shared/result'
import type { SyncEvent } from '../../shared/sync/events'
import type { Log } from '../../shared/sync/ports'

interface MailboxPorts {
  readonly log: Log
  /** One event; rejects with a fault of ours. */
  readonly apply: (event: SyncEvent) => Promise<Result<void>>
  /** All of them with one write to the disk. False: nothing has changed, and each is to be applied by itself. */
  readonly applyTogether: (events: readonly SyncEvent[]) => Promise<boolean>
}

interface Waiting {
  /** Read when its turn has come: the clock may have been set since. */
  readonly event: () => SyncEvent
  readonly resolve: (answer: Result<void>) => void
  readonly reject: (cause: unknown) => void
}

/** One piece of work at a time. Events that came during it are applied together, in their order. */
export class EventMailbox {
  readonly #ports: MailboxPorts
  #last: Promise<unknown> = Promise.resolve()
  #waiting: readonly Waiting[] = []

  constructor(ports: MailboxPorts) {
    this.#ports = ports
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const worked = this.#last.then(work)
    this.#last = worked.catch((cause: unknown) => this.#ports.log.error('sync event', cause))
    return worked
  }

  post(event: () => SyncEvent): Promise<Result<void>> {
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, { event, resolve, reject }]
      if (this.#waiting.length === 1) void this.inTurn(() => this.#takeAll())
    })
  }

  async #takeAll(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length > 1 && (await this.#together(waiting))) return
    for (const { event, resolve, reject } of waiting) {
      try {
        resolve(await this.#ports.apply(event()))
      } catch (cause) {
        this.#ports.log.error('sync event', cause)
        reject(cause)
      }
    }
  }

  async #together(waiting: readonly Waiting[]): Promise<boolean> {
    try {
      const isDone = await this.#ports.applyTogether(waiting.map(({ event }) => event()))
      if (isDone) for (const { resolve } of waiting) resolve(ok(undefined))
      return isDone
    } catch (cause) {
      this.#ports.log.error('sync event', cause)
      for (const { reject } of waiting) reject(cause)
      return true
    }
  }
}
