import type { Result } from '../../shared/errors'
import type { ResumeFile } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'

/** The résumé on its way out of the window, to a folder or to another app. */
export class ResumeDragState {
  readonly #client: ProfileClient
  #isUnderWay = false

  constructor(client: ProfileClient) {
    this.#client = client
  }

  /** What is dragged over the window is what came out of it. */
  get isUnderWay(): boolean {
    return this.#isUnderWay
  }

  /** Has the copy made that a drag needs. Asked again, it answers when that one is there. */
  prepare(file: ResumeFile): Promise<Result<void>> {
    return this.#client.resume.prepareDrag({ file })
  }

  /** Drags it, if its copy is there; answers whether it was. */
  async drag(file: ResumeFile): Promise<Result<boolean>> {
    this.#isUnderWay = true
    const answer = await this.#client.resume.drag({ file })
    this.#isUnderWay = false
    return answer.ok ? { ok: true, value: answer.value.hasBegun } : answer
  }
}
