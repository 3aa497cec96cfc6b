import type { Values } from '../../shared/domain/values'
import type { Result } from '../../shared/errors'
import type { PendingChange, SyncStatus } from '../../shared/sync/status'
import { sendable, type ProfileClient } from '../client/client'

/** The edits that wait, and the one line that says where they are. */
export class PendingState {
  readonly #client: ProfileClient
  #items = $state.raw<readonly PendingChange[] | undefined>()
  #startCount = $state.raw(0)
  #status = $state.raw<SyncStatus>({ kind: 'saved' })
  #hasStatusEvent = false

  constructor(client: ProfileClient) {
    this.#client = client
  }

  listen(): () => void {
    const stops = [
      this.#client.pending.changed((items) => {
        this.#items = items
      }),
      this.#client.pending.status((status) => {
        this.#status = status
        this.#hasStatusEvent = true
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  fill(status: SyncStatus, count: number): void {
    this.#startCount = count
    if (!this.#hasStatusEvent) this.#status = status
  }

  clear(): void {
    this.#items = undefined
    this.#startCount = 0
    this.#hasStatusEvent = false
  }

  get items(): readonly PendingChange[] {
    return this.#items ?? []
  }

  get isLoaded(): boolean {
    return this.#items !== undefined
  }

  get count(): number {
    return this.#items?.length ?? this.#startCount
  }

  get needsYouCount(): number {
    return this.#status.kind === 'needs-you' ? this.#status.count : 0
  }

  get status(): SyncStatus {
    return this.#status
  }

  get isOffline(): boolean {
    return this.#status.kind === 'offline'
  }

  /** The list is not part of the start snapshot. */
  async load(): Promise<void> {
    if (this.#items) return
    const answer = await this.#client.pending.list({})
    if (answer.ok) this.#items ??= answer.value
  }

  retry(mutation?: string): Promise<Result<void>> {
    return this.#client.pending.retry(mutation === undefined ? {} : { mutation })
  }

  undo(mutation: string): Promise<Result<void>> {
    return this.#client.pending.undo({ mutation })
  }

  resolve(mutation: string, choices: Values): Promise<Result<void>> {
    return this.#client.pending.resolve({ mutation, choices: sendable(choices) })
  }
}
