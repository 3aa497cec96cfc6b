import type { AnySection, SocialPlatform } from '../../../shared/domain/sections/section'
import { parseSocialLink } from '../../../shared/domain/social-link'
import {
  listOf,
  textOf,
  type FieldValue,
  type JsonObject,
  type Values,
} from '../../../shared/domain/values'
import { arrayIn, isObject, own, textIn } from './json-read'

interface StoredLink {
  readonly platform: string
  readonly link: string
}

/** Servers of different age know the third platform as `x` or as `twitter`. */
const wireNames: Readonly<Record<SocialPlatform, readonly string[]>> = {
  linkedin: ['linkedin'],
  facebook: ['facebook'],
  x: ['x', 'twitter'],
}
const knownNames = Object.values(wireNames).flat()

export const linkFields = (section: AnySection): readonly (readonly [string, SocialPlatform])[] =>
  Object.entries(section.fields).flatMap(([key, field]) =>
    field.kind === 'social-link' ? [[key, field.platform] as const] : [],
  )

function storedLinks(account: JsonObject): readonly StoredLink[] {
  return arrayIn(account, 'social_links')
    .filter(isObject)
    .flatMap((entry) => {
      const platform = textIn(entry, 'platform')
      const link = textIn(entry, 'social_link')
      return platform === undefined || link === undefined ? [] : [{ platform, link }]
    })
}

const linkOf = (links: readonly StoredLink[], platform: SocialPlatform): StoredLink | undefined =>
  wireNames[platform]
    .map((name) => links.find((link) => link.platform === name))
    .find((link) => link !== undefined)

/** Links in their canonical form, whatever form a server or an older client stored. */
export function linkValues(section: AnySection, account: JsonObject): Values {
  if (own(account, 'social_links') === undefined) return {}
  const links = storedLinks(account)
  const values: Record<string, FieldValue> = {}
  for (const [key, platform] of linkFields(section)) {
    const stored = linkOf(links, platform)?.link
    values[key] = stored === undefined ? null : canonical(platform, stored)
  }
  if (Object.hasOwn(section.fields, 'otherLinks')) values.otherLinks = otherLinks(account)
  return values
}

function canonical(platform: SocialPlatform, stored: string): string {
  const link = parseSocialLink(platform, stored)
  return link.kind === 'link' ? link.stored : stored
}

/** Platforms the app has no field for, as `platform<tab>address`. */
const otherLinks = (account: JsonObject): readonly string[] =>
  storedLinks(account)
    .filter(({ platform }) => !knownNames.includes(platform))
    .map(({ platform, link }) => `${platform}\t${link}`)

/** The host of the server's own form of X links, once one is stored. */
export function xHostOf(account: JsonObject): string | undefined {
  const name = linkOf(storedLinks(account), 'x')?.platform
  return name === undefined ? undefined : `${name}.com`
}

/**
 * `social_links` for a PATCH. The server merges by platform and ignores an empty list, so what goes
 * is sent as an empty text, and what stays is not sent.
 */
export function linksToWire(
  section: AnySection,
  account: JsonObject,
  write: { readonly patch: Values; readonly xName: string },
): readonly JsonObject[] {
  const links = storedLinks(account)
  const edited = linkFields(section).flatMap(([key, platform]) => {
    const value = write.patch[key]
    if (value === undefined) return []
    const stored = wireNames[platform].filter((name) => links.some((l) => l.platform === name))
    const name = stored[0] ?? (platform === 'x' ? write.xName : platform)
    const text = textOf(value).trim()
    const names = text === '' && stored.length > 0 ? stored : [name]
    return names.map((wireName) => entry(wireName, outgoing(platform, text)))
  })
  return [...edited, ...otherToWire(account, write.patch.otherLinks)]
}

const entry = (platform: string, link: string): JsonObject => ({ platform, social_link: link })

/** X goes as the bare name: a server refuses the address form of the other of its two hosts. */
function outgoing(platform: SocialPlatform, text: string): string {
  const link = parseSocialLink(platform, text)
  if (link.kind !== 'link') return text
  return platform === 'x' ? link.name : link.stored
}

function otherToWire(account: JsonObject, wanted: FieldValue | undefined): readonly JsonObject[] {
  if (wanted === undefined) return []
  const after = new Set(listOf(wanted))
  return otherLinks(account)
    .filter((line) => !after.has(line))
    .map((line) => entry(line.split('\t')[0] ?? '', ''))
}

/** Whether the server has not yet shown by which name it knows X. */
export const isXNameUnknown = (account: JsonObject): boolean => xHostOf(account) === undefined

/** Which of the edited links a message about `social_links` means. */
export function linkFieldsIn(
  section: AnySection,
  patch: Values,
  message: string,
): readonly string[] {
  const edited = linkFields(section).filter(([key]) => patch[key] !== undefined)
  const named = edited.filter(([, platform]) => wordsFor[platform].test(message))
  return (named.length > 0 ? named : edited).map(([key]) => key)
}

const wordsFor: Readonly<Record<SocialPlatform, RegExp>> = {
  linkedin: /linkedin/i,
  facebook: /facebook/i,
  x: /twitter|\bx\b/i,
}
