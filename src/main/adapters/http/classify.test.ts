import { describe, expect, it } from 'vitest'
import { isAmbiguous, isTemporary } from '../../../shared/errors'
import { classifyAnswer, classifyException, type Asked } from './classify'
import { parseBody } from './parse-json'

const asked: Asked = {
  service: 'dm',
  host: 'api.example.org',
  secrets: [],
  isUpload: false,
  fieldsOf: (key) => [key],
  now: 0,
}

const classify = (status: number, json: unknown, more: Partial<Asked> = {}) => {
  const text = JSON.stringify(json)
  return classifyAnswer({ status, text, body: parseBody(text, '') }, { ...asked, ...more })
}

it.each(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED', 'UND_ERR_ABORTED'])(
  '%s: the connection was given up here, nobody has refused anything',
  (code) => {
    const cause = Object.assign(new Error('The client is destroyed'), { code })
    expect(classifyException(cause, asked)).toEqual({ kind: 'cancelled' })
  },
)

describe('a status', () => {
  it.each([
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'invalid'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'forbidden'],
    [406, 'invalid'],
    [408, 'timeout'],
    [409, 'duplicate'],
    [410, 'not-found'],
    [412, 'stale'],
    [415, 'invalid'],
    [422, 'invalid'],
    [425, 'server'],
    [429, 'rate-limited'],
    [451, 'invalid'],
    [500, 'server'],
    [501, 'forbidden'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
  ])('E37: %i is %s, with the number and the server’s own text', (status, kind) => {
    const error = classify(status, { detail: 'Because.' })
    expect(error).toMatchObject({ kind, status, detail: 'Because.', service: 'dm' })
  })

  it('E5: 413 on an upload is about the file, and final', () => {
    const error = classify(413, '', { isUpload: true })
    expect(error).toMatchObject({ kind: 'file', reason: 'too-large', status: 413 })
    expect(isTemporary(error)).toBe(false)
  })

  it('E19: 400 with a developer’s message only is shown as it is', () => {
    const json = {
      developer_message: 'Email address changes have been disabled.',
      user_message: null,
    }
    expect(classify(400, json)).toMatchObject({
      kind: 'invalid',
      fields: {},
      detail: 'Email address changes have been disabled.',
    })
  })

  it('E2: 429 without a time leaves the waiting to whoever retries', () => {
    expect(classify(429, { error: 'Too many requests' })).not.toHaveProperty('retryAfterMs')
  })

  it('503 that names a time asks for patience', () => {
    const answer = { status: 503, text: '', body: parseBody('', ''), retryAfter: '7' }
    expect(classifyAnswer(answer, asked)).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 7_000,
    })
  })

  it('a definite refusal is never taken for a lost answer', () => {
    for (const status of [400, 401, 403, 404, 405, 409, 413, 415, 422, 429]) {
      expect(isAmbiguous(classify(status, {}, { isUpload: true }))).toBe(false)
    }
  })
})

describe('an exception', () => {
  const failed = (code: string, more: object = {}) =>
    classifyException(Object.assign(new Error('x'), { code }, more), asked)

  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['UND_ERR_CONNECT_TIMEOUT', 'refused'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['UND_ERR_SOCKET', 'reset'],
  ])('E36: %s is offline because of %s', (code, reason) => {
    expect(failed(code)).toMatchObject({ kind: 'offline', reason, host: 'api.example.org' })
  })

  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])(
    'E36: %s while connecting has sent nothing',
    (code) => {
      expect(failed(code, { syscall: 'connect' })).toMatchObject({ reason: 'refused' })
    },
  )

  it('E36: of several addresses that all failed, the first one’s reason counts', () => {
    const inner = Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' })
    expect(classifyException(new AggregateError([inner, inner]), asked)).toMatchObject({
      kind: 'offline',
      reason: 'refused',
    })
  })

  it.each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])(
    'E12: %s is a time-out',
    (code) => {
      expect(failed(code)?.kind).toBe('timeout')
    },
  )

  it('that is a bug is none of the expected failures', () => {
    expect(classifyException(new TypeError('x is not a function'), asked)).toBeUndefined()
  })
})
