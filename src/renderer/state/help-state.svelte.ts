import type { Result } from '../../shared/errors'
import type { ShowRequest } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'
import type { Toasts } from './toasts'

/** What the menu Help offers, wherever it was asked for. */
export class HelpState {
  readonly #client: ProfileClient
  readonly #toasts: Toasts

  constructor(client: ProfileClient, toasts: Toasts) {
    this.#client = client
    this.#toasts = toasts
  }

  /** Does what main asked for; other wishes are not its business. */
  show(act: ShowRequest['act']): void {
    if (act === 'diagnostics-copied') this.#confirmCopied()
  }

  async copyDiagnostics(): Promise<Result<void>> {
    const answer = await this.#client.app.copyDiagnostics({})
    if (answer.ok) this.#confirmCopied()
    return answer
  }

  #confirmCopied(): void {
    this.#toasts.show({ text: 'Diagnostics copied: versions, states and counts' })
  }
}
