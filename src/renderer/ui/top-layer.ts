import type { Attachment } from 'svelte/attachments'

/**
 * Lifts a `popover="manual"` element above everything, so that no scrolling ancestor clips it.
 * Where the engine has no popovers it stays in the flow, which is enough to read it.
 */
export const topLayer: Attachment<HTMLElement> = (node) => {
  if (typeof node.showPopover !== 'function') {
    node.removeAttribute('popover')
    return
  }
  node.showPopover()
  return () => {
    if (node.isConnected) node.hidePopover()
  }
}
