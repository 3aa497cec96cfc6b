import type { MutationId } from '../../shared/domain/ids'
import type { AppError } from '../../shared/errors'
import type { Log } from '../../shared/sync/ports'
import type { UploadProgress } from '../../shared/sync/status'
import { pushMutation, type PushContext } from './push-mutation'

interface SendingPorts extends Omit<PushContext, 'signal' | 'onProgress'> {
  readonly log: Log
  /** What is being sent, or how far, is another. */
  readonly onChange: () => void
  /** An edit's attempt is over: another may have its place. */
  readonly onFree: () => void
}

interface Sending {
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** The edits that are being sent just now. */
export class Sendings {
  readonly #ports: SendingPorts
  readonly #sending = new Map<MutationId, Sending>()
  #upload: (UploadProgress & { readonly of: MutationId }) | undefined

  constructor(ports: SendingPorts) {
    this.#ports = ports
  }

  get ids(): Iterable<MutationId> {
    return this.#sending.keys()
  }

  get upload(): UploadProgress | undefined {
    const upload = this.#upload
    return upload && { sentBytes: upload.sentBytes, totalBytes: upload.totalBytes }
  }

  start(id: MutationId): void {
    const abort = new AbortController()
    // Not before it is known as being sent.
    const done = Promise.resolve()
      .then(() => this.#push(id, abort.signal))
      .finally(() => {
        this.#sending.delete(id)
        if (this.#upload?.of === id) this.#upload = undefined
      })
      .then(() => {
        this.#ports.onChange()
        this.#ports.onFree()
      })
      // A fault of ours: the next event looks at the edit again, a loop would not end.
      .catch((cause: unknown) => void this.#ports.log.error('push', cause))
    this.#sending.set(id, { abort, done })
  }

  /** Ends the attempt, and returns once what came of it is known. */
  async end(id: MutationId): Promise<void> {
    const sending = this.#sending.get(id)
    sending?.abort.abort()
    await sending?.done
  }

  stop(): void {
    for (const { abort } of this.#sending.values()) abort.abort()
  }

  async #push(id: MutationId, signal: AbortSignal): Promise<void> {
    try {
      await pushMutation(id, {
        ...this.#ports,
        signal,
        onProgress: (sentBytes, totalBytes) => {
          this.#upload = { of: id, sentBytes, totalBytes }
          this.#ports.onChange()
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
    await this.#ports.dispatch({ type: 'failed', id, service: 'dm', error, at, chance })
  }
}
