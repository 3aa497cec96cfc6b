import type { Settings } from '../options'
import type { SocialLink } from '../store/state'

const STUBS: Readonly<Record<string, string>> = {
  facebook: 'facebook.com/',
  linkedin: 'linkedin.com/in/',
  twitter: 'twitter.com/',
  x: 'x.com/',
}
const NAMES: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  twitter: 'Twitter',
  x: 'X',
}

export function knownPlatforms({ social }: Settings): ReadonlySet<string> {
  return new Set(['facebook', 'linkedin', social])
}

/** Undefined when what follows the platform's address is not a bare username. */
export function canonicalLink(
  platform: string,
  link: string,
  settings: Settings,
): string | undefined {
  const stub = STUBS[platform] ?? ''
  const at = link.toLowerCase().indexOf(stub)
  const rest = at === -1 ? link : link.slice(at + stub.length)
  // The revision that knows `twitter` parses the address and drops its query; the later one does not.
  const path = settings.social === 'twitter' ? rest.replace(/[?#].*$/, '') : rest
  const username = path.endsWith('/') ? path.slice(0, -1) : path
  if (username === '' || username.includes('/')) return undefined
  return `https://www.${stub}${username}`
}

export function badLinkMessage(platform: string): string {
  const stub = STUBS[platform] ?? ''
  return (
    `Make sure that you are providing a valid username or a URL that contains "${stub}". ` +
    `To remove the link from your ${NAMES[platform] ?? platform} profile, leave this field blank.`
  )
}

/** Merged by platform: omitted ones stay, an empty link removes its platform, an empty list changes nothing. */
export function mergeLinks(
  stored: readonly SocialLink[],
  sent: readonly SocialLink[],
  settings: Settings,
): SocialLink[] {
  const merged = new Map(stored.map((link) => [link.platform, link]))
  for (const { platform, social_link } of sent) {
    const canonical = canonicalLink(platform, social_link.trim(), settings)
    if (canonical === undefined) merged.delete(platform)
    else merged.set(platform, { platform, social_link: canonical })
  }
  return [...merged.values()]
}
