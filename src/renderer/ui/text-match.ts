/** A stretch of a label, and whether it is what was typed. */
export interface LabelPart {
  readonly text: string
  readonly isMatch: boolean
}

/** Letters without case and accents, one for one, so that places in it are places in the text. */
function fold(text: string): string {
  return Array.from(text, (letter) => {
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    return plain.length === letter.length ? plain : letter
  }).join('')
}

function placeOf(label: string, typed: string): number {
  const folded = fold(label)
  const wanted = fold(typed)
  if (folded.startsWith(wanted)) return 0
  const wordStart = folded.search(
    new RegExp(`(?<![\\p{L}\\p{N}])${wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`, 'u'),
  )
  return wordStart === -1 ? folded.indexOf(wanted) : wordStart
}

/** The label in parts, the typed one marked. */
export function splitMatch(label: string, typed: string): readonly LabelPart[] {
  const wanted = typed.trim()
  const start = wanted === '' ? -1 : placeOf(label, wanted)
  if (start === -1) return [{ text: label, isMatch: false }]
  const end = start + wanted.length
  return [
    { text: label.slice(0, start), isMatch: false },
    { text: label.slice(start, end), isMatch: true },
    { text: label.slice(end), isMatch: false },
  ].filter((part) => part.text !== '')
}

/** What contains the typed text, those that begin with it first; their order stays otherwise. */
export function filterByText<Item extends { readonly label: string }>(
  items: readonly Item[],
  typed: string,
): readonly Item[] {
  const wanted = typed.trim()
  if (wanted === '') return items
  const placed = items.map((item) => ({ item, place: placeOf(item.label, wanted) }))
  const first = placed.filter(({ place }) => place === 0)
  const later = placed.filter(({ place }) => place > 0)
  return [...first, ...later].map(({ item }) => item)
}

export function isSameText(one: string, other: string): boolean {
  return fold(one.trim()) === fold(other.trim())
}
