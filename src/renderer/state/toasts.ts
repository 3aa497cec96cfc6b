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
}
