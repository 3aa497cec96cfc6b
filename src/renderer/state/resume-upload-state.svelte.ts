import type { AppError } from '../../shared/errors'
import type { ProfileClient } from '../client/client'
import { ResumeDragState } from './resume-drag-state'

/** A file given as the résumé: by drop, paste or the system's own chooser. */
export class ResumeUploadState {
  /** The way out, which must not be taken for one in. */
  readonly drag: ResumeDragState
  readonly #client: ProfileClient
  #error = $state.raw<AppError | undefined>()
  #isTaking = $state(false)

  constructor(client: ProfileClient) {
    this.#client = client
    this.drag = new ResumeDragState(client)
  }

  /** Why the last file was not taken. Stays until closed or until one is taken. */
  get error(): AppError | undefined {
    return this.#error
  }

  /** While main looks at the file and copies it. */
  get isTaking(): boolean {
    return this.#isTaking
  }

  closeError(): void {
    this.#error = undefined
  }

  /** Answers whether the file is now the résumé on this computer. */
  async take(files: readonly File[]): Promise<boolean> {
    if (files.length === 0) return false
    this.#error = undefined
    if (files.length > 1) {
      this.#error = { kind: 'file', reason: 'several' }
      return false
    }
    this.#isTaking = true
    const answer = await this.#client.resume.upload({}, files)
    this.#isTaking = false
    // Called off: the workspace has changed, or it is the file that was dragged out of here.
    if (!answer.ok && answer.error.kind !== 'cancelled') this.#error = answer.error
    return answer.ok
  }

  /** Takes what was given to the app outside its window; asked twice, there is nothing the second time. */
  async takeHanded(): Promise<void> {
    this.#isTaking = true
    const answer = await this.#client.resume.takeHanded({})
    this.#isTaking = false
    const wasNothing = !answer.ok && answer.error.kind === 'cancelled'
    if (!wasNothing) this.#error = answer.ok ? undefined : answer.error
  }

  async choose(): Promise<void> {
    this.#error = undefined
    const answer = await this.#client.resume.choose({})
    if (!answer.ok && answer.error.kind !== 'cancelled') this.#error = answer.error
  }
}
