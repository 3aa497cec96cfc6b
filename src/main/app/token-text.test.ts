import { describe, expect, it } from 'vitest'
import { valueOf } from '../../../tests/fakes/main-world'
import { credentialFrom, ownCredentialFrom } from './token-text'

const kept = (text: string) => valueOf(credentialFrom(text)).reveal()
const ownKept = (text: string) => valueOf(ownCredentialFrom(text)).reveal()

describe('a pasted token', () => {
  it.each([
    ['abc', 'abc', 'abc'],
    [' abc\n', 'abc', 'abc'],
    ['Api-Token abc', 'abc', 'Api-Token abc'],
    ['authorization: api-token abc', 'abc', 'Api-Token abc'],
    ['IBLAI_API_KEY="abc"', 'abc', 'abc'],
    ['export IBLAI_API_KEY = "JWT abc"', 'JWT abc', 'JWT abc'],
    ['JWT abc', 'JWT abc', 'JWT abc'],
    ['jwt   abc', 'JWT abc', 'JWT abc'],
    ['Authorization: Bearer abc', 'Bearer abc', 'Bearer abc'],
    ['"Authorization: JWT abc"', 'JWT abc', 'JWT abc'],
    ['Bearer "abc"', 'Bearer abc', 'Bearer abc'],
    ['\u200bJWT abc\ufeff', 'JWT abc', 'JWT abc'],
    ['JWTabc', 'JWTabc', 'JWTabc'],
  ])('%j is kept as %j, and as %j for one host', (text, first, own) => {
    expect([kept(text), ownKept(text)]).toEqual([first, own])
  })

  it.each(['', ' ', 'JWT ', 'Bearer', 'Authorization:'])('%j holds none', (text) => {
    expect(ownCredentialFrom(text).ok).toBe(false)
  })

  it.each(['JWT a b', 'JWT a\nb', 'Basic abc', 'JWT tökén', 'JWT Bearer abc'])(
    '%j cannot stand in a header',
    (text) => {
      expect(ownCredentialFrom(text)).toMatchObject({
        ok: false,
        error: { kind: 'refused-input', field: 'token' },
      })
    },
  )
})
