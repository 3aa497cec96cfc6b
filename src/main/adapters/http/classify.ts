import type { AppError, ServerAnswer, Service } from '../../../shared/errors'
import type { ParsedBody } from './parse-json'
import { retryAfterMs } from './retry-after'
import { plainText, serverMessages, type FieldsOf } from './server-text'
import { certificateTrouble, isTlsFailure } from './tls-failure'
import { ProxyError } from './tunnel'

/** Who was asked, and what may not appear in a message. */
export interface Asked {
  /** Absent for a host that is none of the platform's and gets no token. */
  readonly service?: Service
  readonly host: string
  readonly secrets: readonly string[]
  /** Whether the request carried a file. */
  readonly isUpload: boolean
  readonly fieldsOf: FieldsOf
  readonly now: number
}

export interface ReceivedAnswer {
  readonly status: number
  readonly text: string
  readonly body: ParsedBody
  readonly retryAfter?: string
  readonly location?: string
}

/** The one place where an answer that is no success becomes an error. By status, never by wording. */
export function classifyAnswer(answer: ReceivedAnswer, asked: Asked): AppError {
  const { status } = answer
  const said = messagesOf(answer, asked)
  const from = {
    host: asked.host,
    ...serviceOf(asked),
    status,
    ...(said.detail !== undefined && { detail: said.detail }),
  }
  if (status < 200 || status >= 600) return { kind: 'unexpected-answer', reason: 'shape', ...from }
  if (status < 300) return { kind: 'unexpected-answer', reason: brokenReason(answer.body), ...from }
  if (status < 400) return redirected(answer, asked)
  switch (status) {
    case 401:
      return asked.service ? { kind: 'unauthorized', ...from } : withoutToken(from)
    case 403:
      return asked.service ? { kind: 'forbidden', ...from } : withoutToken(from)
    case 405:
      return { kind: 'forbidden', ...from }
    case 404:
    case 410:
      return { kind: 'not-found', ...from }
    case 408:
      return { kind: 'timeout', ...from }
    case 409:
      return { kind: 'duplicate', ...from }
    case 412:
      return { kind: 'stale', ...from }
    case 413:
      return asked.isUpload
        ? { kind: 'file', reason: 'too-large', ...from }
        : { kind: 'invalid', fields: said.fields, ...from }
    case 425:
      return { kind: 'server', ...from }
    case 429:
      return { kind: 'rate-limited', ...waitOf(answer, asked), ...from }
    case 501:
    case 505:
      return { kind: 'forbidden', ...from }
    case 503:
      // A server that names a time is not broken, it asks for patience.
      return answer.retryAfter === undefined
        ? { kind: 'server', ...from }
        : { kind: 'rate-limited', ...waitOf(answer, asked), ...from }
  }
  if (status >= 500) return { kind: 'server', ...from }
  return { kind: 'invalid', fields: said.fields, ...from }
}

/** A host that was given no token cannot have refused it. */
const withoutToken = (from: ServerAnswer): AppError => ({
  kind: 'forbidden',
  isWithoutToken: true,
  ...from,
})

const serviceOf = ({ service }: Asked): { readonly service?: Service } =>
  service === undefined ? {} : { service }

function messagesOf(answer: ReceivedAnswer, asked: Asked): ReturnType<typeof serverMessages> {
  if (answer.body.kind === 'json') {
    return serverMessages(answer.body.json, asked.fieldsOf, asked.secrets)
  }
  return serverMessages(answer.text, asked.fieldsOf, asked.secrets)
}

const brokenReason = (body: ParsedBody): 'html' | 'json' => (body.kind === 'html' ? 'html' : 'json')

function waitOf(answer: ReceivedAnswer, asked: Asked): { readonly retryAfterMs?: number } {
  const waitMs = retryAfterMs(answer.retryAfter, asked.now)
  return waitMs === undefined ? {} : { retryAfterMs: waitMs }
}

/** No redirect is followed: on a write it can lose the body, and anywhere it can lead the token astray. */
function redirected(answer: ReceivedAnswer, asked: Asked): AppError {
  const target = plainText((answer.location ?? '').replace(/[?#].*$/s, ''), asked.secrets)
  return {
    kind: 'unexpected-answer',
    reason: 'redirect',
    host: asked.host,
    ...serviceOf(asked),
    status: answer.status,
    ...(target !== '' && { detail: target }),
  }
}

type NetworkFailure =
  | Extract<AppError, { readonly kind: 'offline' }>
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unexpected-answer'; readonly reason: 'shape' | 'too-large' }
  | { readonly kind: 'file'; readonly reason: 'unreadable' }
  | { readonly kind: 'cancelled' }

/**
 * What an exception of the HTTP library means; `undefined` for one that is no network failure.
 * Failures before anything was sent (`dns`, `refused`, `tls`, `proxy`) are kept apart from those after,
 * since only the latter leave in doubt whether a write was carried out.
 */
export function classifyException(cause: unknown, asked: Asked): AppError | undefined {
  const failure = failureOf(cause)
  if (!failure || failure.kind === 'cancelled' || failure.kind === 'file') return failure
  return { ...failure, host: asked.host, ...serviceOf(asked) }
}

function failureOf(cause: unknown): NetworkFailure | undefined {
  if (cause instanceof ProxyError) {
    const { trouble, proxy: name } = cause
    return { kind: 'offline', reason: 'proxy', proxy: { name, trouble } }
  }
  const { code, syscall, name } = traitsOf(cause)
  if (name === 'AbortError' || (code !== undefined && endedHere.includes(code))) {
    return { kind: 'cancelled' }
  }
  if (name === 'HTTPParserError' && code === undefined) {
    return { kind: 'unexpected-answer', reason: 'shape' }
  }
  if (code === undefined) return undefined
  const certificate = certificateTrouble(code)
  if (certificate || isTlsFailure(code)) {
    return { kind: 'offline', reason: 'tls', ...(certificate && { certificate }) }
  }
  // A connection that was never made: as with a refusal, nothing can have been sent.
  if (syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { kind: 'offline', reason: 'refused' }
  }
  return (
    byCode[code] ??
    (/^(HPE_|Z_)/.test(code) ? { kind: 'unexpected-answer', reason: 'shape' } : unknown(code))
  )
}

/** Called off, or its connection given up for a new one: of a token that was renewed, for example. */
const endedHere: readonly string[] = ['UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']

const byCode: Readonly<Record<string, NetworkFailure>> = {
  ENOTFOUND: { kind: 'offline', reason: 'dns' },
  EAI_AGAIN: { kind: 'offline', reason: 'dns' },
  EAI_FAIL: { kind: 'offline', reason: 'dns' },
  EAI_NODATA: { kind: 'offline', reason: 'dns' },
  ECONNREFUSED: { kind: 'offline', reason: 'refused' },
  ECONNRESET: { kind: 'offline', reason: 'reset' },
  ECONNABORTED: { kind: 'offline', reason: 'reset' },
  EPIPE: { kind: 'offline', reason: 'reset' },
  UND_ERR_SOCKET: { kind: 'offline', reason: 'reset' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { kind: 'offline', reason: 'reset' },
  ETIMEDOUT: { kind: 'timeout' },
  UND_ERR_HEADERS_TIMEOUT: { kind: 'timeout' },
  UND_ERR_BODY_TIMEOUT: { kind: 'timeout' },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { kind: 'unexpected-answer', reason: 'too-large' },
  UND_ERR_HEADERS_OVERFLOW: { kind: 'unexpected-answer', reason: 'too-large' },
  HPE_HEADER_OVERFLOW: { kind: 'unexpected-answer', reason: 'too-large' },
  ERR_BUFFER_TOO_LARGE: { kind: 'unexpected-answer', reason: 'too-large' },
  // The spooled file is shorter or longer than it was when its length was announced.
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: { kind: 'file', reason: 'unreadable' },
}

/** Any other errno of the system is some trouble with the connection. */
const unknown = (code: string): NetworkFailure | undefined =>
  /^E[A-Z]+$/.test(code) ? { kind: 'offline' } : undefined

interface Traits {
  readonly code?: string
  readonly syscall?: string
  readonly name?: string
}

/** Looks through wrappers: the library keeps the system's error as `cause` or in a list. */
function traitsOf(cause: unknown, depth = 0): Traits {
  if (typeof cause !== 'object' || cause === null || depth > 3) return {}
  const code = textOf(cause, 'code')
  const inner = 'cause' in cause ? traitsOf(cause.cause, depth + 1) : {}
  const listed = 'errors' in cause && Array.isArray(cause.errors) ? cause.errors : []
  const first = listed.length > 0 ? traitsOf(listed[0], depth + 1) : {}
  const isWrapper = code === undefined || code === 'UND_ERR_SOCKET'
  if (isWrapper && inner.code !== undefined) return inner
  if (code === undefined && first.code !== undefined) return first
  const syscall = textOf(cause, 'syscall') ?? first.syscall
  const name = textOf(cause, 'name')
  return {
    ...(code !== undefined && { code }),
    ...(syscall !== undefined && { syscall }),
    ...(name !== undefined && { name }),
  }
}

function textOf(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key)
  return typeof value === 'string' ? value : undefined
}
