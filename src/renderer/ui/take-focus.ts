import type { Attachment } from 'svelte/attachments'

/** For what comes in place of the thing that had the focus. */
export const takeFocus: Attachment<HTMLElement> = (node) => {
  node.focus()
}
