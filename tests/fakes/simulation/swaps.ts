import type { Person } from './person'
import type { FakePlatform } from './platform'

/**
 * How many records made as `tag` another wanted record has become, which has none left that was made as
 * it, and may have been deleted as that: where the platform drops what tells them apart there is one for
 * each. `asked`: tags that are being counted already.
 */
export function servingOthers(
  tag: string,
  person: Person,
  platform: FakePlatform,
  asked: readonly string[] = [],
): number {
  const all = [...asked, tag]
  return person.records.filter((other) => {
    if (other.tag === undefined || all.includes(other.tag)) return false
    if (platform.tagOf(person.current(other)) !== tag) return false
    const made = platform.made.get(other.tag) ?? 0
    return made <= servingOthers(other.tag, person, platform, all)
  }).length
}
