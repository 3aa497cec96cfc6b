import type { Identity } from '../store/state'
import type { Settings } from '../options'
import type { Store } from '../store/store'
import { readJsonObject, type Read } from './body'
import type { JsonRecord } from '../json'
import type { Answer } from './answer'

/** Everything a route may know about a request. Routes validate first and change the store last. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly disposition: string
  readonly body: Buffer
  readonly caller: Identity
  readonly store: Store
  readonly settings: Settings
  /** Origin this request came in on, and the one that serves uploaded files. */
  readonly origin: string
  readonly filesOrigin: string
  readonly param: (name: string) => string
  readonly timestamp: () => string
}

export type Service = 'lms' | 'dm' | 'open'
export type Handler = (call: Call) => Answer

/** One path; methods it lacks answer 405. */
export interface Route {
  readonly service: Service
  readonly path: string
  readonly maxBytes?: number
  readonly methods: Readonly<Record<string, Handler>>
}

export function jsonBody(call: Call): Read<JsonRecord> {
  return readJsonObject(call.contentType, call.body)
}
