import type { AnySection } from '../../../shared/domain/sections/section'
import { textOf, type Values } from '../../../shared/domain/values'
import type { PendingChange } from '../../../shared/sync/status'
import type { ItemView } from '../../../shared/sync/view'

export interface PendingGroup {
  readonly id: PendingChange['group']
  readonly heading: string
  readonly changes: readonly PendingChange[]
}

const headings: readonly (readonly [PendingChange['group'], string])[] = [
  ['needs-you', 'Needs you'],
  ['sending', 'Sending'],
  ['here', 'On this computer'],
]

/** Groups that have something, each in sending order. */
export const pendingGroups = (changes: readonly PendingChange[]): readonly PendingGroup[] =>
  headings
    .map(([id, heading]) => ({ id, heading, changes: changes.filter(({ group }) => group === id) }))
    .filter((group) => group.changes.length > 0)

/** "Mine: Principal data engineer. Theirs: Head of platform." Only for texts, field by field. */
export function bothSidesText(
  section: AnySection | undefined,
  item: ItemView | undefined,
  theirs: Values,
): string {
  const keys = Object.keys(theirs)
  const [only] = keys
  if (keys.length === 1 && only !== undefined && item) {
    const mine = textOf(item.values[only])
    const other = textOf(theirs[only])
    if (mine !== '' || other !== '') return `Mine: ${shown(mine)}. Theirs: ${shown(other)}.`
  }
  return keys.map((key) => section?.fields[key]?.label ?? key).join(', ')
}

const longest = 80

function shown(text: string): string {
  if (text === '') return 'empty'
  return text.length > longest ? `${text.slice(0, longest)}…` : text.replace(/\.$/, '')
}
