import { CancellationToken } from 'electron-updater'
import type { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor'
import type { UpdateTrouble } from '../../../shared/domain/updates'
import type { Clock } from '../../../shared/sync/ports'
import { isSafe } from './configuration'
import { UpdateFailure } from './trouble'

export interface Limits {
  readonly maxBytes: number
  /** What a longer answer is called. */
  readonly tooLong: UpdateTrouble
  /** How long nothing may come. */
  readonly quietMs: number
  /** How long all of it may take; without it as long as it likes. */
  readonly totalMs?: number
}

interface Watched {
  readonly onBytes: (count: number) => void
  readonly requests: Abortable[]
}

interface Abortable {
  readonly abort: () => void
}

interface Answer {
  readonly on: (event: 'data', listener: (piece: Uint8Array | string) => void) => unknown
}

interface Target {
  readonly protocol?: string | null
  readonly hostname?: string | null
}

/** The library keeps it from others; it is called for each redirect Electron tells of. */
interface Redirecting {
  addRedirectHandlers: (
    request: { on: (event: 'redirect', listener: (...told: never[]) => void) => unknown },
    options: Target,
    reject: (cause: Error) => void,
    ...more: readonly unknown[]
  ) => void
}

/**
 * Stands between the updater and the network. The updater neither ends a request that hangs, nor one
 * whose answer has no end, and follows a redirect to anywhere.
 */
export class RequestGuard {
  readonly #clock: Clock
  #watched: Watched | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Makes the executor refuse addresses without TLS, and count what comes in. */
  guard(executor: ElectronHttpExecutor): ElectronHttpExecutor {
    const create = executor.createRequest.bind(executor)
    const redirecting = executor as unknown as Redirecting
    const addRedirectHandlers = redirecting.addRedirectHandlers.bind(executor)
    executor.createRequest = (options: Target, onAnswer: (answer: Answer) => void) => {
      if (!isSafeTarget(options)) throw new UpdateFailure('insecure')
      const request = create(options, (answer: Answer) => {
        answer.on('data', (piece) => this.#watched?.onBytes(piece.length))
        onAnswer(answer)
      })
      this.#watched?.requests.push(request)
      return request
    }
    redirecting.addRedirectHandlers = (request, options, reject, ...more) => {
      // Called before the library’s own listener, which then has nothing left to do.
      let isRefused = false
      request.on('redirect', (_status: number, _method: string, url: string) => {
        isRefused = !URL.canParse(url) || !isSafe(new URL(url))
        if (isRefused) reject(new UpdateFailure('insecure'))
      })
      const unlessRefused = more.map((part) =>
        typeof part === 'function'
          ? (next: unknown) => {
              if (!isRefused) (part as (next: unknown) => void)(next)
            }
          : part,
      )
      addRedirectHandlers(request, options, reject, ...unlessRefused)
    }
    return executor
  }

  /** Does one thing over the network; ends it, and fails, when it goes over a limit. */
  async within<T>(limits: Limits, work: (token: CancellationToken) => Promise<T>): Promise<T> {
    const token = new CancellationToken()
    let trouble: UpdateTrouble | undefined
    const requests: Abortable[] = []
    const stop = (why: UpdateTrouble) => {
      trouble ??= why
      token.cancel()
      // The library ends a download it is told to cancel only when the answer names its length.
      for (const request of requests) request.abort()
    }
    const quietAfter = () => this.#clock.after(limits.quietMs, () => stop('timeout'))
    let cancelQuiet = quietAfter()
    const cancelTotal = limits.totalMs && this.#clock.after(limits.totalMs, () => stop('timeout'))
    let count = 0
    this.#watched = {
      requests,
      onBytes: (more) => {
        cancelQuiet()
        cancelQuiet = quietAfter()
        count += more
        if (count > limits.maxBytes) stop(limits.tooLong)
      },
    }
    try {
      return await work(token)
    } catch (cause) {
      throw trouble === undefined ? cause : new UpdateFailure(trouble)
    } finally {
      this.#watched = undefined
      cancelQuiet()
      if (cancelTotal) cancelTotal()
    }
  }
}

const isSafeTarget = ({ protocol, hostname }: Target): boolean =>
  isSafe({ protocol: protocol ?? 'https:', hostname: hostname ?? '' })
