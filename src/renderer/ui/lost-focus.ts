const regions = '[role="dialog"], aside, section[aria-label], main'
const headings = ':is(h1, h2)[tabindex="-1"]'

/**
 * What has the focus may be taken off the page: by its own press, or by an answer that comes later. Keys
 * and a screen reader then go on from the heading of the part it was in, not from the top of the window.
 * Where the code knows a better place it takes the focus there itself. Answers how to stop.
 */
export function catchLostFocus(): () => void {
  let last: Element | undefined
  let around: readonly Element[] = []

  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    last = target
    around = regionsOf(target)
  }
  const observer = new MutationObserver(() => {
    if (!last || last.isConnected) return
    last = undefined
    if (document.activeElement === document.body) focusFirst(around)
  })

  document.addEventListener('focusin', remember)
  observer.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', remember)
    observer.disconnect()
  }
}

/** From the innermost outwards. */
function regionsOf(element: Element): readonly Element[] {
  const region = element.parentElement?.closest(regions)
  return region ? [region, ...regionsOf(region)] : []
}

/** What is hidden takes no focus; then the next heading outwards has its turn. */
function focusFirst(places: readonly Element[]): void {
  for (const place of [...places, document.body]) {
    if (!place.isConnected) continue
    for (const heading of place.querySelectorAll<HTMLElement>(headings)) {
      heading.focus()
      if (document.activeElement === heading) return
    }
  }
}
