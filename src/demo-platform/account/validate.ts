import { characterCount, isRecord, type JsonRecord, shown } from '../json'
import type { Settings } from '../options'
import type { Person } from '../store/state'
import { COUNTRIES, EDUCATION_LEVELS, GENDERS, LANGUAGES, PRIVACY, US_STATES } from './choices'
import { type FieldError, raisedError, readOnlyError, valueError } from './field-errors'
import { badLinkMessage, canonicalLink, knownPlatforms } from './social'

const READ_ONLY = [
  'username',
  'date_joined',
  'is_active',
  'profile_image',
  'requires_parental_consent',
  'password_toggle_history',
]
const MAX_NAME = 255
const MAX_BIO = 300
const MAX_LINK = 100
const MAX_PHONE = 50
const NULL = 'This field may not be null.'

interface Subject {
  readonly person: Person
  readonly settings: Settings
}

type Check = (value: unknown, subject: Subject) => FieldError | undefined

const choice = (name: string, allowed: ReadonlySet<string>, blank: boolean): Check => {
  return (value) => {
    if (blank && (value === '' || value === null)) return undefined
    if (typeof value === 'string' && allowed.has(value)) return undefined
    return valueError(
      name,
      value,
      value === null ? NULL : `"${shown(value)}" is not a valid choice.`,
    )
  }
}

const freeText = (name: string): Check => {
  return (value) =>
    value === null || typeof value === 'string'
      ? undefined
      : valueError(name, value, 'Not a valid string.')
}

const CHECKS: Readonly<Record<string, Check>> = {
  name: checkName,
  bio: checkBio,
  email: checkEmail,
  language_proficiencies: checkLanguages,
  social_links: checkLinks,
  gender: choice('gender', GENDERS, true),
  level_of_education: choice('level_of_education', EDUCATION_LEVELS, true),
  country: choice('country', COUNTRIES, true),
  state: choice('state', US_STATES, true),
  account_privacy: choice('account_privacy', PRIVACY, false),
  year_of_birth: checkYear,
  goals: freeText('goals'),
  mailing_address: freeText('mailing_address'),
  city: freeText('city'),
  phone_number: checkPhone,
  extended_profile: checkExtended,
}

/** A null biography makes the length check raise, and the request dies with it. */
export function killsServer(update: JsonRecord): boolean {
  return update['bio'] === null
}

/** All errors at once; keys nobody knows are not errors. */
export function checkAccount(
  update: JsonRecord,
  subject: Subject,
): ReadonlyMap<string, FieldError> {
  const errors = new Map<string, FieldError>()
  for (const [name, value] of Object.entries(update)) {
    const locked = READ_ONLY.includes(name) || subject.settings.lockedFields.includes(name)
    const error = locked ? readOnlyError(name) : CHECKS[name]?.(value, subject)
    if (error !== undefined) errors.set(name, error)
  }
  return errors
}

function checkName(value: unknown): FieldError | undefined {
  if (value === null) return valueError('name', value, NULL)
  if (typeof value !== 'string') return valueError('name', value, 'Not a valid string.')
  const raise = (message: string): FieldError => raisedError('validate_name', message)
  if (value.trim() === '') return raise('Enter your full name')
  if (value.trim().length > MAX_NAME)
    return raise(`Full name must be at most ${String(MAX_NAME)} characters long`)
  if (/[<>]/.test(value)) return raise('Full Name cannot contain the following characters: < >')
  return /https?:\/\//i.test(value) ? raise('Enter a valid name') : undefined
}

function checkBio(value: unknown): FieldError | undefined {
  if (typeof value !== 'string') return valueError('bio', value, 'Not a valid string.')
  const message = `The about me field must be at most ${String(MAX_BIO)} characters long.`
  // Python counts code points where this language counts UTF-16 units.
  return characterCount(value) > MAX_BIO ? valueError('bio', value, message, message) : undefined
}

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/

function checkEmail(value: unknown, { person }: Subject): FieldError | undefined {
  const raise = (message: string): FieldError => raisedError('validate_new_email', message)
  if (typeof value !== 'string' || !EMAIL.test(value))
    return raise('Valid e-mail address required.')
  return value === person.email ? raise('Old email is the same as the new email.') : undefined
}

function checkLanguages(value: unknown): FieldError | undefined {
  const error = (reason: unknown): FieldError => valueError('language_proficiencies', value, reason)
  if (!Array.isArray(value)) return error(value === null ? NULL : 'Expected a list of items.')
  const codes = value.map((item) => (isRecord(item) ? item['code'] : undefined))
  const wrong = codes.map((code) =>
    typeof code === 'string' && LANGUAGES.has(code)
      ? {}
      : {
          code: [
            code === undefined
              ? 'This field is required.'
              : `"${shown(code)}" is not a valid choice.`,
          ],
        },
  )
  if (wrong.some((item) => 'code' in item)) return error(wrong)
  if (new Set(codes).size === codes.length) return undefined
  return error('The language_proficiencies field must consist of unique languages.')
}

function checkLinks(value: unknown, { settings }: Subject): FieldError | undefined {
  const error = (reason: unknown): FieldError => valueError('social_links', value, reason)
  if (!Array.isArray(value)) return error(value === null ? NULL : 'Expected a list of items.')
  const seen = new Set<string>()
  for (const item of value) {
    const platform: unknown = isRecord(item) ? item['platform'] : undefined
    const link: unknown = isRecord(item) ? item['social_link'] : undefined
    if (typeof platform !== 'string' || !knownPlatforms(settings).has(platform)) {
      return error([{ platform: [`"${String(platform)}" is not a valid choice.`] }])
    }
    if (typeof link !== 'string') return error([{ social_link: [NULL] }])
    if (link.length > MAX_LINK) {
      return error([
        { social_link: [`Ensure this field has no more than ${String(MAX_LINK)} characters.`] },
      ])
    }
    if (seen.has(platform))
      return error('The social_links field must consist of unique social platforms.')
    seen.add(platform)
    if (link.trim() !== '' && canonicalLink(platform, link.trim(), settings) === undefined) {
      const message = badLinkMessage(platform)
      return {
        developer_message: `Error thrown from adding new social link: '${message}'`,
        user_message: message,
      }
    }
  }
  return undefined
}

function checkYear(value: unknown): FieldError | undefined {
  if (value === null) return undefined
  const year = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return Number.isInteger(year)
    ? undefined
    : valueError('year_of_birth', value, 'A valid integer is required.')
}

function checkPhone(value: unknown): FieldError | undefined {
  if (value === null) return undefined
  if (typeof value !== 'string') return valueError('phone_number', value, 'Not a valid string.')
  const tooLong = `Ensure this field has no more than ${String(MAX_PHONE)} characters.`
  return value.length > MAX_PHONE ? valueError('phone_number', value, tooLong) : undefined
}

function checkExtended(value: unknown): FieldError | undefined {
  const valid =
    Array.isArray(value) &&
    value.every(
      (item) => isRecord(item) && typeof item['field_name'] === 'string' && 'field_value' in item,
    )
  return valid
    ? undefined
    : valueError('extended_profile', value, 'Expected a list of field_name and field_value.')
}
