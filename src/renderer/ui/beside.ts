import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  shift,
  size,
  type Placement,
} from '@floating-ui/dom'
import type { Attachment } from 'svelte/attachments'
import { topLayer } from './top-layer'

interface Options {
  /** `bottom-start` unless told; it turns over where there is no room. */
  readonly placement?: Placement | undefined
  /** As wide as what it hangs on. */
  readonly isFitted?: boolean | undefined
}

/** Between it and what it hangs on. */
const gapPx = 6
/** Between it and the edge of the window. */
const edgePx = 8

/**
 * Lifts a `popover="manual"` element above everything and keeps it beside what it hangs on while the
 * window changes. Not by CSS anchors: resizing a window ends the page of Chromium 130 that has one in
 * another scrolling area than its anchor.
 */
export function beside(
  anchorOf: (node: HTMLElement) => Element | null | undefined,
  { placement = 'bottom-start', isFitted = false }: Options = {},
): Attachment<HTMLElement> {
  return (node) => {
    const lower = topLayer(node)
    const anchor = anchorOf(node)
    if (!anchor) return lower
    const fit = size({
      apply: ({ rects }) => {
        node.style.inlineSize = `${String(rects.reference.width)}px`
      },
    })
    const middleware = [
      offset(gapPx),
      ...(isFitted ? [fit] : []),
      flip({ padding: edgePx }),
      shift({ padding: edgePx }),
    ]
    const place = async () => {
      const { x, y } = await computePosition(anchor, node, {
        placement,
        strategy: 'fixed',
        middleware,
      })
      Object.assign(node.style, { left: `${String(x)}px`, top: `${String(y)}px` })
    }
    const stop = autoUpdate(anchor, node, () => void place())
    return () => {
      stop()
      if (typeof lower === 'function') lower()
    }
  }
}
