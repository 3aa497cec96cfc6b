import type { SocialPlatform } from './sections/section'

/** What the person typed, understood. `stored` is the canonical address; `leftOut` says what was dropped. */
export type SocialLink =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'link'
      readonly name: string
      readonly stored: string
      readonly leftOut: readonly string[]
      /** Set when the name is unusual for the platform: shown, never a reason to refuse. */
      readonly doubt?: string
    }
  | { readonly kind: 'problem'; readonly problem: string }

interface PlatformRules {
  readonly title: string
  readonly hosts: readonly string[]
  /** Path before the name in the stored form. */
  readonly prefix: string
  readonly canonicalHost: string
  /** First path parts that are no person's page. */
  readonly notPeople: readonly string[]
  readonly usualName: RegExp
  readonly example: string
}

const rules: Readonly<Record<SocialPlatform, PlatformRules>> = {
  linkedin: {
    title: 'LinkedIn',
    hosts: ['linkedin.com'],
    prefix: 'in/',
    canonicalHost: 'www.linkedin.com',
    notPeople: ['company', 'school', 'groups', 'jobs', 'posts', 'feed', 'pulse', 'showcase', 'pub'],
    usualName: /^[\p{L}\p{N}.-]{3,}$/u,
    example: 'linkedin.com/in/noor.haddad',
  },
  facebook: {
    title: 'Facebook',
    hosts: ['facebook.com', 'fb.com'],
    prefix: '',
    canonicalHost: 'www.facebook.com',
    notPeople: [
      'groups',
      'pages',
      'events',
      'watch',
      'marketplace',
      'share',
      'sharer',
      'login',
      'photo',
    ],
    usualName: /^[\p{L}\p{N}._-]+$/u,
    example: 'facebook.com/noor.haddad',
  },
  x: {
    title: 'X',
    hosts: ['x.com', 'twitter.com'],
    prefix: '',
    canonicalHost: 'www.x.com',
    notPeople: [
      'i',
      'home',
      'search',
      'explore',
      'hashtag',
      'intent',
      'share',
      'settings',
      'login',
    ],
    usualName: /^[A-Za-z0-9_]{1,15}$/,
    example: 'x.com/noorhaddad',
  },
}

/** The address limit of the platform's own field. */
const maxLength = 100

/**
 * Understands any sensible form: an address with or without scheme, `www.`, `m.`, a country
 * subdomain, `@name`, a bare name, a query, a trailing slash, twitter.com for X.
 */
export function parseSocialLink(platform: SocialPlatform, input: string): SocialLink {
  const typed = input.trim()
  if (typed === '') return { kind: 'empty' }
  const rule = rules[platform]
  const parts = splitAddress(typed, rule)
  if ('problem' in parts) return { kind: 'problem', problem: parts.problem }
  const name = cleanName(parts.path, rule)
  if (typeof name !== 'string') return { kind: 'problem', problem: name.problem }
  const stored = `https://${rule.canonicalHost}/${rule.prefix}${name}`
  if (stored.length > maxLength) {
    return { kind: 'problem', problem: `At most ${maxLength} characters are stored.` }
  }
  return {
    kind: 'link',
    name,
    stored,
    leftOut: leftOut(parts),
    ...(rule.usualName.test(name) ? {} : { doubt: `This is an unusual name on ${rule.title}.` }),
  }
}

/** The name in a stored address or a stored bare name; `undefined` when it is neither. */
export function socialName(platform: SocialPlatform, stored: string): string | undefined {
  const link = parseSocialLink(platform, stored)
  return link.kind === 'link' ? link.name : undefined
}

export const socialTitle = (platform: SocialPlatform): string => rules[platform].title

interface AddressParts {
  readonly path: string
  readonly subdomain?: string
  readonly query?: string
  readonly hadAt: boolean
}

function splitAddress(
  typed: string,
  rule: PlatformRules,
): AddressParts | { readonly problem: string } {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(typed)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return { problem: `Give a web address or a name, for example ${rule.example}.` }
  }
  const bare = typed.replace(/^https?:\/*/i, '')
  const [withoutQuery, query] = splitOnce(bare, /[?#]/)
  const [host, rest] = splitOnce(withoutQuery, /\//)
  const known = rule.hosts.find(
    (domain) => host.toLowerCase() === domain || host.toLowerCase().endsWith(`.${domain}`),
  )
  const extras = { ...(query !== undefined && { query }), hadAt: /(^|\/)@/.test(withoutQuery) }
  if (known !== undefined) {
    const subdomain = host.slice(0, -known.length - 1)
    return {
      path: numericProfile(rest ?? '', query) ?? rest ?? '',
      ...(subdomain !== '' && { subdomain }),
      ...extras,
    }
  }
  if (scheme !== undefined || rest !== undefined || looksLikeForeignHost(host)) {
    return {
      problem: `This is not an address on ${rule.title}. A profile looks like ${rule.example}.`,
    }
  }
  return { path: withoutQuery, ...extras }
}

/** `facebook.com/profile.php?id=1000` names a person by number in its query. */
function numericProfile(path: string, query: string | undefined): string | undefined {
  if (!/^profile\.php\/?$/i.test(path)) return undefined
  return /(?:^|&)id=(\d+)/.exec(query ?? '')?.[1]
}

function cleanName(path: string, rule: PlatformRules): string | { readonly problem: string } {
  const parts = path.split('/').filter((part) => part !== '')
  const hint = `A profile looks like ${rule.example}.`
  const first = parts[0]?.toLowerCase()
  if (first === undefined) return { problem: `The name is missing. ${hint}` }
  if (rule.notPeople.includes(first))
    return { problem: `This is the address of ${kindOf(first)}. ${hint}` }
  const named = rule.prefix !== '' && first === rule.prefix.slice(0, -1) ? parts.slice(1) : parts
  const name = decoded(named[0] ?? '').replace(/^@/, '')
  if (name === '') return { problem: `The name is missing. ${hint}` }
  if (/[\s/\\<>"'`{}|^]/.test(name)) return { problem: `A name has no spaces or brackets. ${hint}` }
  return name
}

function kindOf(path: string): string {
  const names: Readonly<Record<string, string>> = {
    company: 'a company',
    school: 'a school',
    groups: 'a group',
    pages: 'a page',
    events: 'an event',
  }
  return Object.hasOwn(names, path) ? (names[path] ?? '') : 'something else than a person'
}

function leftOut(parts: AddressParts): readonly string[] {
  const { subdomain } = parts
  const dropped = subdomain === undefined || subdomain === 'www' ? undefined : subdomain
  return [
    ...(dropped === undefined
      ? []
      : [/^(m|mobile)$/.test(dropped) ? 'the mobile host' : `“${dropped}.”`]),
    ...(parts.hadAt ? ['“@”'] : []),
    ...(parts.query === undefined || parts.query === '' ? [] : [`?${parts.query}`]),
  ]
}

/** A bare name may hold dots; a common ending means somebody pasted another site. */
const looksLikeForeignHost = (host: string): boolean =>
  /\.(com|org|net|io|edu|gov|me|co|example)$/i.test(host)

function splitOnce(text: string, at: RegExp): readonly [string, string?] {
  const index = text.search(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
