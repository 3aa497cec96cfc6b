import type { Json, JsonObject } from '../../../shared/domain/values'
import type { Result, Service } from '../../../shared/errors'
import type { FormPart } from './multipart'
import type { ApiPath } from './path'
import type { FieldsOf } from './server-text'

export interface ReadRequest {
  readonly service: Service
  readonly path: Result<ApiPath>
  readonly query?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** How often a read that may pass by itself is tried. Default 3. */
  readonly tries?: number
}

export interface WriteRequest {
  readonly service: Service
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: Result<ApiPath>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: WriteBody
  readonly signal: AbortSignal
  /** Which fields of the form a refused wire key concerns. */
  readonly fieldsOf?: FieldsOf
  /** Hears of bytes of the body that were handed to the network. */
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void
}

export type WriteBody =
  | { readonly kind: 'json'; readonly json: JsonObject }
  /** Open edX compares the whole header, so this type is sent without any parameter. */
  | { readonly kind: 'merge-patch'; readonly json: JsonObject }
  | { readonly kind: 'form'; readonly parts: readonly FormPart[] }

/** A success. `body` is absent when the server sent nothing. */
export interface Answer {
  readonly status: number
  readonly body?: Json
}

/** The platform's two hosts. Expected failures are values; only bugs throw. */
export interface HttpClient {
  readonly read: (request: ReadRequest) => Promise<Result<Answer>>
  /** One attempt. A lost answer says nothing about whether it was carried out. */
  readonly write: (request: WriteRequest) => Promise<Result<Answer>>
  readonly download: (request: DownloadRequest) => Promise<Result<Downloaded>>
  readonly hostOf: (service: Service) => string
  readonly close: () => Promise<void>
}

export interface DownloadRequest {
  /** As the server gave it: absolute, or relative to the DM host. */
  readonly url: string
  readonly maxBytes: number
  readonly signal: AbortSignal
  /** Takes the bytes as they come; the next piece waits for it, a failure ends the download. */
  readonly onPiece: (piece: Uint8Array) => Result<void> | Promise<Result<void>>
}

export interface Downloaded {
  readonly size: number
  readonly type: string
}

export interface Timeouts {
  readonly connectMs: number
  readonly headersMs: number
  readonly bodyIdleMs: number
  /** An upload may take any time as long as bytes move. */
  readonly uploadIdleMs: number
}
