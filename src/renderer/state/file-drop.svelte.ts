/** Files that hang over the window, are dropped on it or pasted into it. */
export class FileDrop {
  readonly #onFiles: (files: readonly File[]) => void
  readonly #isOwn: () => boolean
  /** Enter and leave come in pairs for every element passed on the way. */
  #depth = $state(0)

  /** `isOwn`: what is dragged now came out of this window, and is not for it. */
  constructor(onFiles: (files: readonly File[]) => void, isOwn: () => boolean = () => false) {
    this.#onFiles = onFiles
    this.#isOwn = isOwn
  }

  get isOver(): boolean {
    return this.#depth > 0
  }

  readonly enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (this.#isOwn()) return
    this.#depth += 1
  }

  /** Without this the window would open the file itself. */
  readonly over = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = this.#isOwn() ? 'none' : 'copy'
  }

  readonly leave = (event: DragEvent): void => {
    if (hasFiles(event)) this.#depth = Math.max(0, this.#depth - 1)
  }

  readonly drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    this.#depth = 0
    if (this.#isOwn()) return
    this.#take(event.dataTransfer)
  }

  readonly paste = (event: ClipboardEvent): void => {
    const clipboard = event.clipboardData
    if (!clipboard || clipboard.files.length === 0) return
    // Word processors put a picture of the text beside the text; in a field the text is meant.
    if (isTextField(event.target) && clipboard.types.includes('text/plain')) return
    event.preventDefault()
    this.#take(clipboard)
  }

  #take(given: DataTransfer | null): void {
    const files = [...(given?.files ?? [])]
    if (files.length > 0) this.#onFiles(files)
  }
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
