import { parse } from 'yaml'

/** Reading all of the document takes seconds and a test needs a few entries of it. */
export interface Blocks {
  readonly names: readonly string[]
  /** The parsed value under one name. */
  readonly get: (name: string) => unknown
}

/** The entries of the mapping that starts on the line `heading`, told by their indentation alone. */
export function blocksUnder(lines: readonly string[], heading: string, indent: number): Blocks {
  const start = lines.indexOf(heading) + 1
  if (start === 0) throw new Error(`The document has no line "${heading}".`)
  const outside = new RegExp(`^ {0,${String(indent - 1)}}\\S`)
  const length = lines.slice(start).findIndex((line) => outside.test(line))
  const end = length === -1 ? lines.length : start + length
  const entry = new RegExp(`^ {${String(indent)}}(\\S+):$`)
  const starts = new Map<string, number>()
  for (let at = start; at < end; at++) {
    const name = entry.exec(lines[at] ?? '')?.[1]
    if (name !== undefined) starts.set(name, at)
  }
  const names = [...starts.keys()]
  const ends = new Map(names.map((name, at) => [name, starts.get(names[at + 1] ?? '') ?? end]))
  const parsed = new Map<string, unknown>()
  const read = (name: string): unknown => {
    const from = starts.get(name)
    if (from === undefined) return undefined
    return parse(lines.slice(from + 1, ends.get(name)).join('\n')) as unknown
  }
  return {
    names,
    get: (name) => {
      if (!parsed.has(name)) parsed.set(name, read(name))
      return parsed.get(name)
    },
  }
}
