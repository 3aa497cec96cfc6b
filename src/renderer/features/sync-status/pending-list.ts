import type { AnySection } from '../../../shared/domain/sections/section'
import { isFileValue, textOf, type FileValue, type Values } from '../../../shared/domain/values'
import type { PendingChange } from '../../../shared/sync/status'
import type { ItemView } from '../../../shared/sync/view'
import { cutText } from '../../../shared/text/pending'

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
    if (mine !== '' || other !== '')
      return `Mine: ${ended(shown(mine))} Theirs: ${ended(shown(other))}`
  }
  return keys.map((key) => section?.fields[key]?.label ?? key).join(', ')
}

/** A file that waits to be sent, by name, with the one it replaces. */
export function fileText(
  item: ItemView,
): { readonly what: string; readonly detail: string } | undefined {
  const waiting = filesOf(item.values).find(([, file]) => file.spoolId !== undefined)
  if (!waiting) return undefined
  const [key, file] = waiting
  const replaced = item.saved[key]
  return {
    what: file.name,
    detail: isFileValue(replaced) ? `Replaces ${replaced.name}` : '',
  }
}

const filesOf = (values: Values): readonly (readonly [string, FileValue])[] =>
  Object.entries(values).flatMap(([key, value]) => (isFileValue(value) ? [[key, value]] : []))

const ended = (text: string): string => (text.endsWith('…') ? text : `${text}.`)

function shown(text: string): string {
  if (text === '') return 'empty'
  const cut = cutText(text)
  return cut === text ? text.replace(/\.$/, '') : cut
}
