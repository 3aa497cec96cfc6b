import type { Result } from '../../shared/errors'
import type { ShowAct } from '../../shared/ipc/app-views'
import type { ProfileClient } from '../client/client'
import type { Toasts } from './toasts'

type HelpDialog = Extract<ShowAct, 'shortcuts' | 'about' | 'updates'>

/** What the menu Help offers, wherever it was asked for. */
export class HelpState {
  readonly #client: ProfileClient
  readonly #toasts: Toasts
  #dialog = $state<HelpDialog | undefined>()

  constructor(client: ProfileClient, toasts: Toasts) {
    this.#client = client
    this.#toasts = toasts
  }

  get dialog(): HelpDialog | undefined {
    return this.#dialog
  }

  open(dialog: HelpDialog): void {
    this.#dialog = dialog
  }

  close(): void {
    this.#dialog = undefined
  }

  /** Does what main asked for; other wishes are not its business. */
  show(act: ShowAct | undefined): void {
    if (act === 'diagnostics-copied') this.#confirmCopied()
    if (act === 'shortcuts' || act === 'about' || act === 'updates') this.open(act)
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
