import type { Fault } from '../../src/demo-platform/http/faults'
import type { Service } from '../../src/shared/errors'
import type { Loopback } from './loopback'
import type { Reach } from './network'
import type { Operation } from './operation'

/** One way in which the network or the server goes wrong. */
export interface Row {
  readonly id: string
  readonly title: string
  /**
   * `offline`: both hosts, and the system says so. `host`: whoever connects to the operation's host.
   * `request`: the operation's own requests.
   */
  readonly at: Place
  readonly isTls?: boolean
  /** How many requests it hits; default: all while it lasts. */
  readonly times?: number
  /** The library's time-outs are waited for, so these cells are run side by side. */
  readonly isSlow?: boolean
  /** An upload that gets no answer is given up by the app's clock. */
  readonly sticksUploads?: boolean
  /** The write may have been carried out: a create is not to be repeated before it was looked for. */
  readonly isAmbiguous?: boolean
  /** A write carried out so late that no client can know; see docs/sync.md. */
  readonly mayDouble?: boolean
  /** Answers that tell to use another credential stop the other edits of that host too. */
  readonly stopsHost?: boolean
}

type Place =
  | { readonly kind: 'offline' }
  | { readonly kind: 'host'; readonly reach: (loopback: Loopback) => Reach }
  | {
      readonly kind: 'request'
      readonly fault: (operation: Operation, loopback: Loopback) => Fault
    }

export const led = (to: (loopback: Loopback) => number): Place => ({
  kind: 'host',
  reach: (loopback) => ({ kind: 'port', port: to(loopback) }),
})
export const lookup = (code: 'ENOTFOUND' | 'EAI_AGAIN' | 'never'): Place => ({
  kind: 'host',
  reach: () => ({ kind: 'lookup', code }),
})
export const request = (fault: Fault): Place => ({ kind: 'request', fault: () => fault })
export const status = (
  code: number,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Place => request({ kind: 'status', status: code, body, ...(headers && { headers }) })
export const redirect = (code: number, to: 'same' | 'other'): Place => ({
  kind: 'request',
  fault: (_operation, { elsewhere }) => ({
    kind: 'redirect',
    status: code,
    location: to === 'same' ? '/lms/moved/' : `http://127.0.0.1:${elsewhere.port}/dm/moved/`,
  }),
})
export const throttled = (retryAfter?: string): Place =>
  status(429, { detail: 'Request was throttled.' }, retryAfter ? { 'retry-after': retryAfter } : {})
export const lateBy = (ms: number): Place => request({ kind: 'late-commit', ms })

/** Hosts that a row keeps from being reached. */
export function hostsHit({ at }: Row, { service }: Operation): readonly Service[] {
  if (at.kind === 'offline') return ['lms', 'dm']
  return at.kind === 'host' ? [service] : []
}
