import type { Service } from '../errors'

/** What a person calls the two hosts of a platform. */
export const hostNames: Readonly<Record<Service, string>> = { lms: 'LMS', dm: 'DM' }

/** "Basic", "Basic and Social", "Education, Experience and Memory". */
export function listText(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  return before.length === 0 ? last : `${before.join(', ')} and ${last}`
}
