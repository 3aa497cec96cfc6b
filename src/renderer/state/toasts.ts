/** A short notice over the page. */
export interface ToastMessage {
  readonly text: string
  /** Takes back what the notice tells of. */
  readonly onUndo?: () => void
  readonly keys?: string
}

/** Where notices go; the kit's queue is one. */
export interface Toasts {
  readonly show: (message: ToastMessage) => void
  /** Takes all of them away: what they would take back is not on screen any more. */
  readonly clear: () => void
}
