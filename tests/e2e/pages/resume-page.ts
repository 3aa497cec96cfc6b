import type { Locator } from 'playwright'
import type { FramePage } from './frame-page'

export class ResumePage {
  readonly choose: Locator
  readonly alert: Locator
  readonly closeNote: Locator
  readonly progress: Locator
  readonly cancelUpload: Locator
  readonly #frame: FramePage

  constructor(frame: FramePage) {
    this.#frame = frame
    this.choose = frame.main.getByRole('button', { name: 'Choose a file' }).first()
    this.alert = frame.main.getByRole('alert')
    this.closeNote = frame.main.getByRole('button', { name: 'Close this note' })
    this.progress = frame.main.getByRole('progressbar')
    this.cancelUpload = frame.main.getByRole('button', { name: 'Cancel upload' })
  }

  file(name: string): Locator {
    return this.#frame.main.getByText(name, { exact: true }).first()
  }
}
