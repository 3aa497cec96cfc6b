/** What can be dragged out of the window: how that is said, and what is done. */
export interface DragOutWords {
  readonly label: string
  readonly hint: string
  /** It may be dragged in a moment. */
  readonly onPrepare: () => void
  readonly onDrag: () => void
}
