/** The origin of the app's own pages. */
export const appOrigin = 'app://bundle'

interface SenderFrame {
  readonly origin: string
  readonly parent: unknown
}

/** What is looked at of an IPC event; a frame that is gone is `null`. */
export interface Sender {
  readonly senderFrame: SenderFrame | null
  readonly sender: { readonly id: number }
}

/** Only the main frame of our own window, showing our own page, may ask. */
export function isTrustedSender(event: Sender, windowId: number | undefined): boolean {
  const frame = event.senderFrame
  if (!frame || windowId === undefined) return false
  return event.sender.id === windowId && frame.parent === null && frame.origin === appOrigin
}
