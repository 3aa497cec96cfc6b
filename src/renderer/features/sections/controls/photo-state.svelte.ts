import type { AppError } from '../../../../shared/errors'
import { sentenceFor } from '../../../../shared/text/errors'
import type { AppState } from '../../../state/app-state.svelte'

/** Changing and removing the picture, and why it did not go. */
export class PhotoState {
  readonly #app: AppState
  #problem = $state('')
  #isWorking = $state(false)

  constructor(app: AppState) {
    this.#app = app
  }

  get problem(): string {
    return this.#problem
  }

  get isWorking(): boolean {
    return this.#isWorking
  }

  /** The platform keeps no picture of somebody whose age it does not know. */
  askForBirthYear(): void {
    this.#problem = `${this.#app.workspaces.org} keeps a photo only with a birth year. Give yours below, save, then choose the photo.`
  }

  async change(file: File): Promise<void> {
    this.#problem = ''
    this.#isWorking = true
    const { preparePhoto } = await import('./photo-file')
    const photo = await preparePhoto(file)
    if ('problem' in photo) {
      this.#say({
        kind: 'file',
        reason: photo.problem === 'unreadable' ? 'not-image' : 'too-large',
      })
    } else {
      const answer = await this.#app.client.photo.set({ bytes: photo.bytes })
      if (!answer.ok) this.#say(answer.error)
    }
    this.#isWorking = false
  }

  async remove(): Promise<void> {
    this.#problem = ''
    const answer = await this.#app.client.photo.remove({})
    if (!answer.ok) this.#say(answer.error)
  }

  #say(error: AppError): void {
    const { title, text } = sentenceFor(error, this.#app.errorContext())
    this.#problem = `${title}. ${text}`
  }
}
