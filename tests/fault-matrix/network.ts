import type { LookupFunction, Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import type { MakeAgent } from '../../src/main/adapters/http/exchange'
import { authority } from './certificates'
import type { VirtualClock } from './virtual-clock'

/** What happens to somebody who connects to a host. */
export type Reach =
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'lookup'; readonly code: 'ENOTFOUND' | 'EAI_AGAIN' | 'never' }

export interface SentRequest {
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly hasToken: boolean
  /** Virtual time. */
  readonly at: number
}

interface Pending extends SentRequest {
  readonly isUpload: boolean
  readonly began: number
}

/** What the library's time-outs stand for in production. */
const costs: Readonly<Record<string, number>> = {
  UND_ERR_CONNECT_TIMEOUT: 10_000,
  UND_ERR_HEADERS_TIMEOUT: 30_000,
  UND_ERR_BODY_TIMEOUT: 30_000,
}

/** The app's own connections, real ones on loopback, with a say in where a host is and a count. */
export class Network {
  readonly sent: SentRequest[] = []
  /** By host name. */
  readonly reach = new Map<string, Reach>()
  /** An upload has no limit inside the library: while it is stuck, time has to pass. */
  areUploadsStuck = false
  readonly #clock: VirtualClock
  readonly #pending = new Set<Pending>()
  readonly #sockets = new Set<Socket>()

  constructor(clock: VirtualClock) {
    this.#clock = clock
  }

  readonly makeAgent: MakeAgent = (options) => {
    const given = typeof options.connect === 'object' ? options.connect : {}
    const connector = buildConnector({ ...given, ca: authority, lookup: this.#lookup })
    const agent = new Agent({
      ...options,
      connect: (target, callback) => {
        connector(this.#ledTo(target), (...result) => {
          const [, socket] = result
          if (socket) this.#sockets.add(socket)
          socket?.once('close', () => this.#sockets.delete(socket))
          callback(...result)
        })
      },
    })
    return agent.compose((dispatch) => (request, handler) => {
      const pending = this.#begin(request)
      return dispatch(
        request,
        watched(handler, (error) => this.#end(pending, error)),
      )
    })
  }

  /** Every connection that stands is gone. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Resolves once nothing is under way that ends by itself. */
  async quiet(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      await new Promise((resolve) => setImmediate(resolve))
      calm = this.#isCalm() ? calm + 1 : 0
    }
  }

  #isCalm(): boolean {
    if (this.#pending.size === 0) return true
    if (!this.areUploadsStuck) return false
    const now = performance.now()
    return [...this.#pending].every(({ isUpload, began }) => isUpload && now - began > stuckAfterMs)
  }

  #begin(request: Dispatcher.DispatchOptions): Pending {
    const headers = JSON.stringify(request.headers ?? {})
    const sent: Pending = {
      origin: String(request.origin),
      method: request.method,
      path: request.path,
      hasToken: headers.includes('Api-Token'),
      at: this.#clock.now(),
      isUpload: headers.includes('multipart/form-data'),
      began: performance.now(),
    }
    this.sent.push(sent)
    this.#pending.add(sent)
    return sent
  }

  #end(pending: Pending, error: Error | undefined): void {
    this.#pending.delete(pending)
    const code = error && 'code' in error && typeof error.code === 'string' ? error.code : ''
    this.#clock.moveTo(pending.at + (costs[code] ?? 0))
  }

  #ledTo(target: buildConnector.Options): buildConnector.Options {
    const reach = this.reach.get(target.hostname)
    return reach?.kind === 'port' ? { ...target, port: String(reach.port) } : target
  }

  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    const reach = this.reach.get(hostname)
    if (reach?.kind !== 'lookup') {
      const address = { address: '127.0.0.1', family: 4 }
      if (options.all === true) callback(null, [address])
      else callback(null, address.address, address.family)
    } else if (reach.code !== 'never') {
      const cause = Object.assign(new Error(reach.code), {
        code: reach.code,
        syscall: 'getaddrinfo',
      })
      callback(cause, '', 0)
    }
  }
}

/** Long enough for a small file to be gone into the socket. */
const stuckAfterMs = 150

/** The same handler, heard at its end. */
const watched = (
  inner: Dispatcher.DispatchHandler,
  onEnd: (error?: Error) => void,
): Dispatcher.DispatchHandler => ({
  onRequestStart: (...given) => inner.onRequestStart?.(...given),
  onResponseStart: (...given) => inner.onResponseStart?.(...given),
  onResponseData: (...given) => inner.onResponseData?.(...given),
  onResponseEnd: (...given) => {
    onEnd()
    inner.onResponseEnd?.(...given)
  },
  onResponseError: (...given) => {
    onEnd(given[1])
    inner.onResponseError?.(...given)
  },
})
