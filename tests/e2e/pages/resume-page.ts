import type { Locator } from 'playwright'
import type { FramePage } from './frame-page'

export class ResumePage {
  readonly choose: Locator
  readonly alert: Locator
  readonly closeNote: Locator
  readonly progress: Locator
  readonly cancelUpload: Locator
  readonly dropOverlay: Locator
  readonly #frame: FramePage

  constructor(frame: FramePage) {
    this.#frame = frame
    this.choose = frame.main.getByRole('button', { name: 'Choose a file' }).first()
    this.alert = frame.main.getByRole('alert')
    this.closeNote = frame.main.getByRole('button', { name: 'Close this note' })
    this.progress = frame.main.getByRole('progressbar')
    this.dropOverlay = frame.page.getByText('Drop the PDF to make it your résumé')
    this.cancelUpload = frame.main.getByRole('button', { name: 'Cancel upload' })
  }

  /** What the file can be dragged by. */
  dragArea(name: string): Locator {
    return this.#frame.main.getByRole('group', {
      name: `${name}, can be dragged to a folder or another app`,
    })
  }

  file(name: string): Locator {
    return this.#frame.main.getByText(name, { exact: true }).first()
  }
}
