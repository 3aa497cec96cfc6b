import { assertNever, type Result as AnyResult } from './result'

/** One of the two hosts of the platform; each accepts or refuses the credential on its own. */
export type Service = 'lms' | 'dm'

export interface ServerAnswer {
  /** Host name that answered or was asked. */
  readonly host?: string
  readonly service?: Service
  /** HTTP status. */
  readonly status?: number
  /** The server's own sentence, plain text, at most 300 characters. Shown as a quotation. */
  readonly detail?: string
  /** Other parts of the same edit had been taken before this one was refused. */
  readonly isPartly?: boolean
}

export type KeychainTrouble = 'missing' | 'locked' | 'timeout' | 'refused'

/** What is wrong with the certificate a host showed. */
export type CertificateTrouble =
  'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-issuer' | 'revoked'

/** Why a proxy gave no connection: it wants a password, is of a kind this app does not speak, … */
export type ProxyTrouble = 'password' | 'unsupported' | 'refused' | 'unreachable'

export type StorageTrouble = 'full' | 'read-only' | 'denied' | 'corrupt' | 'failed'

/** Why a file the person gave cannot become their résumé, photo, settings or trusted certificates. */
export type FileTrouble =
  | 'not-found'
  | 'not-a-file'
  | 'empty'
  | 'too-large'
  | 'not-pdf'
  | 'not-image'
  | 'unreadable'
  | 'no-settings'
  | 'several'
  | 'no-certificate'
  | 'has-private-key'
  | 'expired-certificate'

/** Every failure that is expected. Sentences for people: `text/errors.ts`. */
export type AppError =
  | ({
      readonly kind: 'offline'
      readonly reason?: 'dns' | 'refused' | 'tls' | 'reset' | 'proxy'
      /** With `tls`; absent when the connection failed before a certificate was looked at. */
      readonly certificate?: CertificateTrouble
      /** With `proxy`: which one, as host and port. */
      readonly proxy?: { readonly name: string; readonly trouble: ProxyTrouble }
    } & ServerAnswer)
  | ({ readonly kind: 'timeout' } & ServerAnswer)
  | ({ readonly kind: 'unauthorized' } & ServerAnswer)
  /** `isWithoutToken`: by a host that is none of the platform’s, so that the token has no part in it. */
  | ({ readonly kind: 'forbidden'; readonly isWithoutToken?: true } & ServerAnswer)
  | ({ readonly kind: 'not-found' } & ServerAnswer)
  | ({ readonly kind: 'stale' } & ServerAnswer)
  /** `fields`: our field key → the server's sentence. */
  | ({ readonly kind: 'invalid'; readonly fields: Readonly<Record<string, string>> } & ServerAnswer)
  | ({ readonly kind: 'duplicate' } & ServerAnswer)
  /** `retryAfterMs` is already clamped to what the client will honour. */
  | ({ readonly kind: 'rate-limited'; readonly retryAfterMs?: number } & ServerAnswer)
  | ({ readonly kind: 'server' } & ServerAnswer)
  /**
   * The answer could not be understood: HTML, truncated JSON, a foreign shape, a redirect, too large,
   * or a list of which not all could be had.
   */
  | ({
      readonly kind: 'unexpected-answer'
      readonly reason: 'html' | 'json' | 'shape' | 'redirect' | 'too-large' | 'cut'
    } & ServerAnswer)
  /** The server accepted a write and did not keep it. */
  | ({ readonly kind: 'not-stored' } & ServerAnswer)
  | { readonly kind: 'storage'; readonly reason: StorageTrouble }
  | { readonly kind: 'keychain'; readonly reason: KeychainTrouble }
  /** With a `status` it was the platform that refused the file, not this app. */
  | ({
      readonly kind: 'file'
      readonly reason: FileTrouble
      readonly found?: string
    } & ServerAnswer)
  /** Input that the app itself refuses before anything is sent. */
  | { readonly kind: 'refused-input'; readonly field: string; readonly problem: string }
  /** The token belongs to another person than the one configured. */
  | { readonly kind: 'wrong-user'; readonly actual: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unexpected'; readonly reference: string }

export type ErrorKind = AppError['kind']

export type Result<T> = AnyResult<T, AppError>

/** Whether the same request may succeed later without anybody doing anything. */
export function isTemporary(error: AppError): boolean {
  switch (error.kind) {
    case 'offline':
      return error.reason !== 'tls'
    case 'timeout':
    case 'rate-limited':
    case 'server':
      return true
    case 'unexpected-answer':
      return ['html', 'json', 'cut'].includes(error.reason)
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'stale':
    case 'invalid':
    case 'duplicate':
    case 'not-stored':
    case 'storage':
    case 'keychain':
    case 'file':
    case 'refused-input':
    case 'wrong-user':
    case 'cancelled':
    case 'unexpected':
      return false
    default:
      return assertNever(error)
  }
}

/** The same error, of an edit of which a part has been taken. */
export const partly = (error: AppError): AppError => ({ ...error, ...takenPartly })
const takenPartly: Pick<ServerAnswer, 'isPartly'> = { isPartly: true }

/** Whether the request, or a part of it, may have been carried out although no success was seen. */
export function isAmbiguous(error: AppError): boolean {
  if ('isPartly' in error && error.isPartly) return true
  switch (error.kind) {
    case 'offline':
      return error.reason === undefined || error.reason === 'reset'
    case 'timeout':
    case 'server':
    case 'unexpected-answer':
      return true
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'stale':
    case 'invalid':
    case 'duplicate':
    case 'rate-limited':
    case 'not-stored':
    case 'storage':
    case 'keychain':
    case 'file':
    case 'refused-input':
    case 'wrong-user':
    case 'cancelled':
    case 'unexpected':
      return false
    default:
      return assertNever(error)
  }
}
