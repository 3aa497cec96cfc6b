import type { IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pace } from './body'

/** A way in which one answer goes wrong. `commit` says whether the route runs first; default no. */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      readonly commit?: boolean
    }
  | { readonly kind: 'html'; readonly status?: number; readonly commit?: boolean }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** The real answer, cut in half: well-framed, shorter than declared, or a chunked body cut off. */
  | { readonly kind: 'truncated-json'; readonly framing?: 'complete' | 'declared' | 'chunked' }
  | { readonly kind: 'wrong-type'; readonly contentType: string }
  | { readonly kind: 'encoded'; readonly encoding: 'gzip' | 'br' | 'deflate' }
  | { readonly kind: 'byte-order-mark' }
  /** Waits, then answers as always. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang'; readonly commit?: boolean }
  /** The real answer in other bytes, such as UTF-16. */
  | { readonly kind: 'charset'; readonly charset: 'utf-16le' | 'latin1' }
  /** Cuts the connection before the body is read. */
  | { readonly kind: 'reset-on-arrival' }
  /** Closes it in order instead of answering, as a server does that has been idle for too long. */
  | { readonly kind: 'end-on-arrival' }
  | { readonly kind: 'reset-before-commit' }
  | { readonly kind: 'reset-after-commit' }
  /** Cuts the connection now and carries the request out later. */
  | { readonly kind: 'late-commit'; readonly ms: number }
  | { readonly kind: 'slow-body'; readonly chunkBytes: number; readonly pauseMs: number }
  /** The status line and headers, one byte at a time. */
  | { readonly kind: 'slow-headers'; readonly pauseMs: number }
  /** Takes so much of the request's body and cuts the connection, or takes no more. */
  | { readonly kind: 'reset-during-upload'; readonly bytes: number }
  | { readonly kind: 'stalled-upload'; readonly bytes: number }
  /** Waits after every piece of the request's body. */
  | { readonly kind: 'slow-upload'; readonly pauseMs: number }
  /** Headers and the first bytes, then silence. */
  | { readonly kind: 'stalled-body'; readonly bytes: number }
  | { readonly kind: 'huge-body'; readonly bytes: number }
  /** Answers as always, then closes a connection the client thinks is kept alive. */
  | { readonly kind: 'close-after' }

export interface FaultRule {
  readonly match: {
    readonly method?: string
    /** Tested against path and query. Default: every path. */
    readonly path?: RegExp
  }
  /** How many requests it hits. Default 1; `Infinity` for all. */
  readonly times?: number
  /** How many matching requests pass unharmed first. Default 0. */
  readonly skip?: number
  readonly fault: Fault
}

export interface Faults {
  /** Rules are tried in the order they were added; the first that matches is used up by one. */
  readonly add: (rule: FaultRule) => void
  readonly clear: () => void
  /** How many hits are still to come, over all rules. */
  readonly remaining: () => number
  readonly take: (method: string, target: string) => Fault | undefined
}

export function createFaults(): Faults {
  let rules: { readonly rule: FaultRule; left: number; skip: number }[] = []
  const matches = (rule: FaultRule, method: string, target: string): boolean =>
    (rule.match.method ?? method) === method && (rule.match.path?.test(target) ?? true)
  return {
    add: (rule) => rules.push({ rule, left: rule.times ?? 1, skip: rule.skip ?? 0 }),
    clear: () => {
      rules = []
    },
    remaining: () => rules.reduce((sum, { left }) => sum + left, 0),
    take: (method, target) => {
      const hit = rules.find(({ rule, left }) => left > 0 && matches(rule, method, target))
      if (hit === undefined) return undefined
      if (hit.skip > 0) {
        hit.skip -= 1
        return undefined
      }
      hit.left -= 1
      return hit.rule.fault
    },
  }
}

/** Faults that strike while the request's body is being read. */
export function paceOf(fault: Fault | undefined, request: IncomingMessage): Pace | undefined {
  switch (fault?.kind) {
    case 'slow-upload':
      return () => pause(fault.pauseMs)
    case 'stalled-upload':
      return (received) => (received < fault.bytes ? Promise.resolve() : untilClosed(request))
    case 'reset-during-upload':
      return (received) => {
        if (received >= fault.bytes) request.socket.resetAndDestroy()
        return Promise.resolve()
      }
    default:
      return undefined
  }
}

function untilClosed(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    request.socket.once('close', () => resolve())
  })
}
