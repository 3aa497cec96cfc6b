import { fieldOf, type AnySection, type FieldGroup } from '../../../shared/domain/sections/section'

/** Fields that stand beside each other: one, two, or three. */
export interface FormRow {
  readonly keys: readonly string[]
  readonly isWide: boolean
}

/** The rows of a group: wide fields alone, the others in pairs, an odd rest as three. */
export function formRows(section: AnySection, group: FieldGroup): readonly FormRow[] {
  const keys = group.fields.filter((key) => isEdited(section, key))
  return runsOf(section, keys).flatMap((run) =>
    run.isWide ? [run] : chunks(section, run.keys).map((chunk) => ({ keys: chunk, isWide: false })),
  )
}

const isEdited = (section: AnySection, key: string): boolean => {
  const field = fieldOf(section, key)
  return field !== undefined && field.kind !== 'shown'
}

const isWide = (section: AnySection, key: string): boolean => {
  const field = fieldOf(section, key)
  return field?.width === 'full' || field?.kind === 'file'
}

function runsOf(section: AnySection, keys: readonly string[]): readonly FormRow[] {
  const runs: { keys: string[]; isWide: boolean }[] = []
  for (const key of keys) {
    const last = runs.at(-1)
    if (isWide(section, key)) runs.push({ keys: [key], isWide: true })
    else if (last && !last.isWide) last.keys.push(key)
    else runs.push({ keys: [key], isWide: false })
  }
  return runs
}

function chunks(section: AnySection, keys: readonly string[]): readonly (readonly string[])[] {
  const start = keys.findIndex((_, index) => isSwitchedSpan(section, keys.slice(index, index + 3)))
  if (start >= 0) {
    return [
      ...chunks(section, keys.slice(0, start)),
      keys.slice(start, start + 3),
      ...chunks(section, keys.slice(start + 3)),
    ]
  }
  if (keys.length === 0) return []
  if (keys.length === 1 || keys.length === 3) return [keys]
  return [keys.slice(0, 2), ...chunks(section, keys.slice(2))]
}

/** From, until, and the flag that empties the second: they are read as one. */
function isSwitchedSpan(section: AnySection, keys: readonly string[]): boolean {
  const [from, until, flag] = keys
  if (from === undefined || until === undefined || flag === undefined) return false
  return (
    fieldOf(section, from)?.kind === fieldOf(section, until)?.kind &&
    fieldOf(section, until)?.unless === flag
  )
}
