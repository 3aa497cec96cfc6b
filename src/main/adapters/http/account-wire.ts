import { selfItemId } from '../../../shared/domain/ids'
import type { AnySection, FieldDescriptor } from '../../../shared/domain/sections/section'
import {
  listOf,
  type FieldValue,
  type Json,
  type JsonObject,
  type Values,
} from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'
import { linkFieldsIn, linksToWire, linkValues, xHostOf } from './account-links'
import { fieldFromWire, wireKeyOf } from './field-wire'
import { arrayIn, booleanIn, objectIn, own, textIn } from './json-read'

/** The two documents that make up an account. `metadata` is absent where it may not be read. */
export interface AccountDocuments {
  readonly account: JsonObject
  readonly metadata?: JsonObject
}

/** Fields that are no plain key of the account; each has its own rule below. */
const special: readonly string[] = [
  'title',
  'suggestedAbout',
  'suggestedLanguage',
  'pendingEmail',
  'otherLinks',
]
const fromMetadata: readonly string[] = ['title', 'suggestedAbout', 'suggestedLanguage']

export const needsMetadata = (section: AnySection): boolean =>
  fromMetadata.some((key) => Object.hasOwn(section.fields, key))

const accountKeyOf = (key: string): string =>
  key === 'languages' ? 'language_proficiencies' : wireKeyOf(key)

const isPlain = (key: string, field: FieldDescriptor): boolean =>
  !special.includes(key) && field.kind !== 'social-link' && field.kind !== 'file'

/** Other people's accounts come without an address; that is how they are told from one's own. */
export const isOwnAccount = (account: JsonObject): boolean => own(account, 'email') !== undefined

/** Named by the end of its address, whose stamp changes with every upload. */
function storedPhoto(account: JsonObject): FieldValue {
  const name = (photoUrlIn(account) ?? '').split('/').at(-1)
  return { name: name === undefined || name === '' ? 'photo' : name.slice(-255) }
}

export function itemFromAccount(section: AnySection, documents: AccountDocuments): ServerItem {
  const { account, metadata } = documents
  const values: Record<string, FieldValue> = { ...linkValues(section, account) }
  for (const [key, field] of Object.entries(section.fields)) {
    if (field.kind === 'file') {
      const hasImage = booleanIn(objectIn(account, 'profile_image') ?? {}, 'has_image')
      if (hasImage !== undefined) values[key] = hasImage ? storedPhoto(account) : null
    } else if (isPlain(key, field)) {
      const json = own(account, accountKeyOf(key))
      if (json !== undefined) values[key] = plainValue(key, field, json)
    }
  }
  Object.assign(values, metadataValues(section, account, metadata))
  if (Object.hasOwn(section.fields, 'pendingEmail')) values.pendingEmail = null
  return {
    id: selfItemId,
    values,
    wire: { account, ...(metadata && { metadata: keptOf(metadata) }) },
    ...(!isOwnAccount(account) && { can: { update: false } }),
  }
}

const keptKeys: readonly string[] = ['title', 'about', 'language']

/**
 * Of the metadata what is shown. It repeats the account as it was when it was read, and what is written
 * there names the changed keys only: kept whole, it would hold old values of the account's.
 */
function keptOf(metadata: JsonObject): JsonObject {
  const only = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => keptKeys.includes(key)))
  const shared = objectIn(metadata, 'public_metadata')
  return { ...only(metadata), ...(shared && { public_metadata: only(shared) }) }
}

function plainValue(key: string, field: FieldDescriptor, json: Json): FieldValue {
  const value = fieldFromWire(field, json)
  // One help text of the platform says `o`, its own list `other`.
  return key === 'levelOfEducation' && value === 'o' ? 'other' : value
}

/** What the web page keeps elsewhere is offered where the account itself has nothing. */
function metadataValues(
  section: AnySection,
  account: JsonObject,
  metadata: JsonObject | undefined,
): Values {
  if (!metadata || !needsMetadata(section)) return {}
  const shared = objectIn(metadata, 'public_metadata') ?? {}
  const about = textIn(metadata, 'about') ?? textIn(shared, 'about')
  const language = textIn(shared, 'language') ?? textIn(metadata, 'language')
  const hasBio = textIn(account, 'bio') !== undefined
  const hasLanguages = arrayIn(account, 'language_proficiencies').length > 0
  const all: Values = {
    title: textIn(metadata, 'title') ?? null,
    suggestedAbout: hasBio ? null : (about ?? null),
    suggestedLanguage: hasLanguages ? null : (language ?? null),
  }
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => Object.hasOwn(section.fields, key)),
  )
}

export interface AccountFacts {
  readonly documents: AccountDocuments
  readonly isTitleRefused: boolean
}

/** What the section shows beside its values. */
export function accountFacts(section: AnySection, facts: AccountFacts): JsonObject {
  const { account, metadata } = facts.documents
  const photoUrl = photoUrlIn(account)
  const xHost = xHostOf(account)
  const isReadOnly = needsMetadata(section) && (facts.isTitleRefused || !metadata)
  return {
    isOwn: isOwnAccount(account),
    needsBirthYear: booleanIn(account, 'requires_parental_consent') === true,
    ...(photoUrl !== undefined && { photoUrl }),
    ...(xHost !== undefined && { xHost }),
    ...(isReadOnly && { readOnly: ['title'] }),
  }
}

const photoSizes = ['full', 'large', 'medium', 'small'].map((size) => `image_url_${size}`)

export function photoUrlIn(account: JsonObject): string | undefined {
  const image = objectIn(account, 'profile_image')
  if (!image || booleanIn(image, 'has_image') !== true) return undefined
  return photoSizes.map((key) => textIn(image, key)).find((url) => url !== undefined)
}

/** Only the edited keys. Title and picture have their own requests. */
export function accountPatch(
  section: AnySection,
  account: JsonObject,
  write: { readonly patch: Values; readonly xName: string },
): JsonObject {
  const body: Record<string, Json> = {}
  for (const [key, field] of Object.entries(section.fields)) {
    const value = write.patch[key]
    if (value === undefined || !isPlain(key, field) || field.kind === 'shown') continue
    body[accountKeyOf(key)] = plainToWire(key, field, value)
  }
  const links = linksToWire(section, account, write)
  return links.length === 0 ? body : { ...body, social_links: links }
}

/** Emptied text is `""`: on the bio, `null` makes the server fail. */
function plainToWire(key: string, field: FieldDescriptor, value: FieldValue): Json {
  if (key === 'languages') return listOf(value).map((code) => ({ code }))
  if (field.kind === 'year' && typeof value !== 'number') return null
  if (field.kind === 'flag') return value === true
  if (field.kind === 'choices') return listOf(value)
  return typeof value === 'number' || typeof value === 'string' ? value : ''
}

/** The fields of the form that a refused key of the account belongs to. */
export function accountFieldsOf(section: AnySection, patch: Values) {
  return (wireKey: string, message: string): readonly string[] => {
    if (wireKey === 'social_links') return linkFieldsIn(section, patch, message)
    return Object.entries(section.fields)
      .filter(([key, field]) =>
        field.kind === 'file'
          ? wireKey === 'profile_image' || wireKey === 'file'
          : accountKeyOf(key) === wireKey,
      )
      .map(([key]) => key)
  }
}
