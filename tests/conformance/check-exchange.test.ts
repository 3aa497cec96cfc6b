import { describe, expect, it } from 'vitest'
import { checkExchange, type Exchange, type Finding } from './conformance'
import { toJsonSchema } from './json-schema'

const EDUCATION = '/dm/api/career/orgs/northwind/education/users/noor.haddad/'
const INSTITUTIONS = '/dm/api/career/orgs/northwind/institutions/users/noor.haddad/'
const VALID = { institution_id: 57, start_date: '2020-09-01', grade: '3.85', end_date: null }

const post = (requestBody: unknown, path = EDUCATION): readonly Finding[] =>
  checkExchange({ method: 'POST', path, requestBody })

describe('checking one exchange', () => {
  it('finds nothing in a request that follows the document', () => {
    expect(post(VALID)).toEqual([])
  })

  it('leaves LMS paths alone, which the document does not cover', () => {
    const path = '/lms/api/user/v1/accounts/noor.haddad'
    expect(checkExchange({ method: 'PATCH', path, requestBody: { bio: 1 } })).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['a missing required key', { institution_id: 57 }, " must have required property 'start_date'"],
    [
      'a value of the wrong type',
      { ...VALID, institution_id: 'x' },
      '/institution_id must be integer',
    ],
    [
      'a date with a time',
      { ...VALID, start_date: '2020-09-01T00:00:00Z' },
      '/start_date must match format "date"',
    ],
    [
      'a grade out of range',
      { ...VALID, grade: '10' },
      '/grade must match pattern "^-?\\d{0,1}(?:\\.\\d{0,2})?$"',
    ],
    [
      'a text over the limit',
      { ...VALID, degree: 'x'.repeat(101) },
      '/degree must NOT have more than 100 characters',
    ],
    ['a read-only key', { ...VALID, user: 48213 }, '/user has no place on this side'],
    ['a misspelt key', { ...VALID, enddate: null }, '/enddate is not declared'],
  ])('finds %s in a request', (_what, body, detail) => {
    const operation = 'POST /api/career/orgs/{org}/education/users/{username}/'
    expect(post(body)).toContainEqual({ kind: 'request-body', operation, detail })
  })

  it.each<[string, Partial<Exchange>, Finding['kind']]>([
    ['an unknown path', { path: '/dm/api/career/orgs/northwind/hobbies/' }, 'undeclared-path'],
    ['a path without its last slash', { path: EDUCATION.slice(0, -1) }, 'undeclared-path'],
    ['an undeclared method', { method: 'PATCH' }, 'undeclared-method'],
    ['an undeclared query parameter', { query: '?page=1' }, 'undeclared-query'],
    [
      'an undeclared content type',
      { method: 'POST', requestType: 'text/plain', requestBody: true },
      'request-type',
    ],
    ['a body where none is declared', { requestBody: {} }, 'undeclared-request-body'],
    ['a missing body', { method: 'POST' }, 'request-body'],
    ['an undeclared status', { status: 418 }, 'undeclared-status'],
    ['an empty answer where one is declared', { status: 200 }, 'response-body'],
    ['an answer of another shape', { status: 200, responseBody: [] }, 'response-body'],
  ])('finds %s', (_what, change, kind) => {
    const findings = checkExchange({ method: 'GET', path: EDUCATION, ...change })
    expect(findings.map((finding) => finding.kind)).toContain(kind)
  })

  it('finds a write-only key in an answer', () => {
    const answer = { id: 1, institution_id: 57 }
    const findings = checkExchange({
      method: 'GET',
      path: EDUCATION,
      status: 200,
      responseBody: answer,
    })
    expect(findings.map(({ detail }) => detail)).toContain(
      '/institution_id has no place on this side',
    )
  })

  it('takes null where the document allows it and refuses it elsewhere', () => {
    expect(post({ name: 'X', location: null }, INSTITUTIONS)).toEqual([])
    expect(post({ name: 'X', institution_type: null }, INSTITUTIONS)).not.toEqual([])
  })

  it('judges a query value as the text it is', () => {
    const path = '/dm/api/core/platform/users/'
    const kinds = (query: string): readonly string[] =>
      checkExchange({ method: 'GET', path, query }).map(({ kind }) => kind)
    expect(kinds('?page=2&platform_key=northwind')).toEqual([])
    expect(kinds('?page=two')).toEqual(['query-value'])
  })
})

describe('turning an OpenAPI 3.0 schema into JSON Schema', () => {
  it.each<[string, unknown, unknown]>([
    [
      'nullable text',
      { type: 'string', nullable: true },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    [
      'a nullable reference',
      { $ref: '#/components/schemas/X', nullable: true },
      { anyOf: [{ $ref: '/request/X' }, { type: 'null' }] },
    ],
    ['anything nullable', { nullable: true }, {}],
    [
      'an exclusive bound',
      { minimum: 0, exclusiveMinimum: true },
      { minimum: 0, exclusiveMinimum: 0 },
    ],
    ['an inclusive bound', { minimum: 0, exclusiveMinimum: false }, { minimum: 0 }],
  ])('converts %s', (_what, schema, expected) => {
    expect(toJsonSchema(schema, 'request')).toEqual(expected)
  })

  it('drops a hidden property from the required ones', () => {
    const schema = { properties: { id: { readOnly: true }, name: {} }, required: ['id', 'name'] }
    expect(toJsonSchema(schema, 'request')).toEqual({
      properties: { id: false, name: {} },
      required: ['name'],
    })
    expect(toJsonSchema(schema, 'response')).toMatchObject({ required: ['id', 'name'] })
  })
})
