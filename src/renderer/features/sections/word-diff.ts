export interface DiffPart {
  readonly text: string
  readonly isChanged: boolean
}

const most = 400

/** The words of `text` in stretches; those that `other` does not have in this order are changed. */
export function wordDiff(text: string, other: string): readonly DiffPart[] {
  const words = wordsOf(text)
  const others = wordsOf(other)
  if (words.length > most || others.length > most) return [{ text, isChanged: text !== other }]
  const kept = withoutLoneGaps(words, commonPlaces(words, others))
  const parts: { text: string; isChanged: boolean }[] = []
  words.forEach((word, index) => {
    const isChanged = !kept.has(index)
    const last = parts.at(-1)
    if (last?.isChanged === isChanged) last.text += word
    else parts.push({ text: word, isChanged })
  })
  return parts
}

/** Both texts in one: what they share once, then what each has of its own. */
export function joinTexts(mine: string, theirs: string): string {
  if (mine === '' || mine === theirs) return theirs
  if (theirs === '') return mine
  const extra = wordDiff(theirs, mine)
    .filter((part) => part.isChanged)
    .map((part) => part.text.trim())
    .filter((part) => part !== '')
  return [mine.trim(), ...extra].join(' ')
}

const wordsOf = (text: string): readonly string[] => text.match(/\s+|[^\s]+/gu) ?? []

/** A space that both texts have does not divide a stretch of changed words. */
function withoutLoneGaps(words: readonly string[], kept: ReadonlySet<number>): ReadonlySet<number> {
  const isWordKept = (index: number) => index < 0 || index >= words.length || kept.has(index)
  const isLoneGap = (index: number) =>
    words[index]?.trim() === '' && !isWordKept(index - 1) && !isWordKept(index + 1)
  return new Set([...kept].filter((index) => !isLoneGap(index)))
}

/** Places in `words` of a longest common subsequence. */
function commonPlaces(words: readonly string[], others: readonly string[]): ReadonlySet<number> {
  const lengths = Array.from({ length: words.length + 1 }, () =>
    Array.from({ length: others.length + 1 }, () => 0),
  )
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0
  for (let row = words.length - 1; row >= 0; row -= 1) {
    for (let column = others.length - 1; column >= 0; column -= 1) {
      const line = lengths[row]
      if (!line) continue
      line[column] =
        words[row] === others[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const kept = new Set<number>()
  for (let row = 0, column = 0; row < words.length && column < others.length;) {
    if (words[row] === others[column]) {
      kept.add(row)
      row += 1
      column += 1
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return kept
}
