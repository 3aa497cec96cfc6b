/** The parts of the window that F6 walks, in this order, with where each takes the focus. */
const regions: readonly { readonly place: string; readonly entries: readonly string[] }[] = [
  { place: '[data-region="sidebar"]', entries: ['[aria-current="page"]', 'a', 'button'] },
  { place: '[data-region="content"]', entries: ['h1', 'button'] },
  { place: 'aside', entries: ['h2', 'button'] },
  { place: '[data-region="toast"]', entries: ['button'] },
]

export function focusNextRegion(step: 1 | -1): void {
  // A modal dialog is the only region there is.
  if (document.querySelector('[role="dialog"]')) return
  const entries = regions.flatMap((region) => {
    const place = document.querySelector<HTMLElement>(region.place)
    const entry = place && firstOf(place, region.entries)
    return place && entry ? [{ place, entry }] : []
  })
  const active = document.activeElement
  // The toast lies inside the content: the last region that holds the focus is the innermost.
  const current = entries.findLastIndex(({ place }) => place.contains(active))
  const from = current === -1 && step === -1 ? 0 : current
  entries[(from + step + entries.length) % entries.length]?.entry.focus()
}

function firstOf(place: HTMLElement, selectors: readonly string[]): HTMLElement | undefined {
  for (const selector of selectors) {
    const found = place.querySelector<HTMLElement>(selector)
    if (found) return found
  }
  return undefined
}
