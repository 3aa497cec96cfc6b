import type { AppError, Result } from '../../../shared/errors'
import type { CertificatesView } from '../../../shared/ipc/contract'
import type { ProfileClient } from '../../client/client'

const none: CertificatesView = { names: [] }

/** The certificates the person added. Main reads and keeps them; the page knows their names. */
export class CertificatesState {
  readonly #client: ProfileClient
  #view = $state.raw(none)
  #refused = $state.raw<AppError | undefined>()
  #isBusy = $state(false)

  constructor(client: ProfileClient) {
    this.#client = client
  }

  get view(): CertificatesView {
    return this.#view
  }

  /** Why the chosen file was not taken, or the kept one does not serve. */
  get problem(): AppError | undefined {
    return this.#refused ?? this.#view.problem
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  load(): Promise<void> {
    return this.#take(this.#client.network.certificates({}))
  }

  choose(): Promise<void> {
    return this.#take(this.#client.network.chooseCertificates({}))
  }

  remove(): Promise<void> {
    return this.#take(this.#client.network.removeCertificates({}))
  }

  async #take(asked: Promise<Result<CertificatesView>>): Promise<void> {
    this.#isBusy = true
    const answer = await asked
    this.#isBusy = false
    if (answer.ok) {
      this.#view = answer.value
      this.#refused = undefined
    } else if (answer.error.kind !== 'cancelled') {
      this.#refused = answer.error
    }
  }
}
