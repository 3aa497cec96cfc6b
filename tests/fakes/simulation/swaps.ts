import type { Person } from './person'
import type { FakePlatform } from './platform'

/**
 * How many records made as `tag` another wanted record has become, which was never made itself, and may
 * have been deleted as that: where the platform drops what tells two of them apart there is one for each.
 */
export function servingOthers(tag: string, person: Person, platform: FakePlatform): number {
  return person.records.filter((other) => {
    if (other.tag === undefined || other.tag === tag) return false
    if ((platform.made.get(other.tag) ?? 0) > 0) return false
    return platform.tagOf(person.current(other)) === tag
  }).length
}
