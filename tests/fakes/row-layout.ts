/** jsdom lays nothing out; a virtual list needs to be told a height to show rows. */
export function layOutRows(): void {
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', { get: () => document.body })
  Element.prototype.scrollTo = () => undefined
  globalThis.ResizeObserver = RowsInView
}

class RowsInView implements ResizeObserver {
  readonly #tell: ResizeObserverCallback

  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell
  }

  observe(target: Element): void {
    const contentRect = new DOMRect(0, 0, 800, target.childElementCount > 0 ? 600 : 38)
    const size = [{ blockSize: contentRect.height, inlineSize: 800 }]
    const entry = {
      target,
      contentRect,
      borderBoxSize: size,
      contentBoxSize: size,
      devicePixelContentBoxSize: size,
    }
    queueMicrotask(() => {
      this.#tell([entry], this)
    })
  }

  unobserve(): void {}

  disconnect(): void {}
}
