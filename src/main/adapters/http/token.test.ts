import { describe, expect, it } from 'vitest'
import { authorization, secretsOf, type TokenSource } from './token'

const hex = 'a1'.repeat(32)
const long = `eyJ${'x'.repeat(60)}`
const short = 'b'.repeat(30)

const headerOf = (token: TokenSource, service: 'lms' | 'dm') =>
  authorization({ lms: () => token, dm: () => token }, service)

const own = (text: string): TokenSource => ({ reveal: () => text, isOwn: true })
const first = (text: string): TokenSource => ({ reveal: () => text })

describe('the scheme of a token', () => {
  it.each([
    ['the documented form', hex, `Api-Token ${hex}`],
    ['more than 30 characters', long, `JWT ${long}`],
    ['31 characters', `${short}b`, `JWT ${short}b`],
    ['30 characters', short, `Bearer ${short}`],
    ['a scheme of its own', `Bearer ${long}`, `Bearer ${long}`],
    ['a scheme of its own, short', `JWT ${short}`, `JWT ${short}`],
    ['Api-Token before something long', `Api-Token ${long}`, `Api-Token ${long}`],
  ])('of the LMS’s own with %s', (_what, text, header) => {
    expect(headerOf(own(text), 'lms')).toEqual({ header })
  })

  it.each([long, short, hex])('of the DM’s own %s is Api-Token', (text) => {
    expect(headerOf(own(text), 'dm')).toEqual({ header: `Api-Token ${text}` })
  })

  it.each(['lms', 'dm'] as const)('of the first at the %s host goes by no length', (service) => {
    expect(headerOf(first(long), service)).toEqual({ header: `Api-Token ${long}` })
    expect(headerOf(first(`JWT ${long}`), service)).toEqual({ header: `JWT ${long}` })
  })

  it.each(['JWT a b', 'JWT a\r\nX: y', 'Basic abc', 'JWT ö'])('leaves %j unsent', (text) => {
    expect(headerOf(own(text), 'lms')).toMatchObject({ error: { kind: 'refused-input' } })
  })

  it('without anything behind it is no token', () => {
    expect(headerOf(own('JWT '), 'lms')).toEqual({
      error: { kind: 'unauthorized', service: 'lms' },
    })
  })
})

it('hides the secret without its scheme, as a server may echo it', () => {
  const secrets = secretsOf({ lms: () => own(`JWT ${long}`), dm: () => first(hex) })
  expect(secrets).toEqual([long, hex])
})
