import { Agent } from 'undici'
import type { Origins } from '../../../shared/domain/workspace'
import type { AppError, Result } from '../../../shared/errors'
import type { Clock, Log, Random } from '../../../shared/sync/ports'
import { maxAnswerBytes } from './answer-text'
import { exchange, type Connection, type Exchange, type MakeAgent } from './exchange'
import { createDownload } from './files'
import type { Answer, HttpClient, Timeouts } from './requests'
import { isPutOff, isWorthARetry, withRetries } from './retry'
import type { Credentials } from './token'

export interface HttpClientParts {
  readonly origins: Origins
  readonly credential: Credentials
  readonly clock: Clock
  readonly random: Random
  readonly log?: Log
  readonly timeouts?: Partial<Timeouts>
  /** Opens the connections. Default: the library's agent, which tests give other names and times. */
  readonly agent?: MakeAgent
}

const libraryAgent: MakeAgent = (options) => new Agent(options)

const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyIdleMs: 30_000,
  uploadIdleMs: 60_000,
}

export function createHttpClient(parts: HttpClientParts): HttpClient {
  const timeouts = { ...defaultTimeouts, ...parts.timeouts }
  const makeAgent = parts.agent ?? libraryAgent
  const agent = makeAgent(agentOptions(timeouts))
  const connection: Connection = { ...parts, timeouts, sender: agent }
  const once = logged(parts, (request) => exchange(connection, request))
  const download = createDownload(connection, makeAgent)
  return {
    read: (request) =>
      withRetries(parts, {
        once: () => once({ ...request, method: 'GET' }),
        isWorthIt: isWorthARetry,
        signal: request.signal,
        tries: request.tries,
      }),
    write: once,
    // Not after anything else: pieces of the file may have been handed on already.
    download: (request) =>
      withRetries(parts, {
        once: () => download.run(request),
        isWorthIt: isPutOff,
        signal: request.signal,
      }),
    hostOf: (service) => new URL(parts.origins[service]).host,
    close: async () => {
      await Promise.all([agent.destroy(), download.close()])
    },
  }
}

/** The same client without second tries, for a person who waits for the answer. */
export const withoutRetry = (client: HttpClient): HttpClient => ({
  ...client,
  read: (request) => client.read({ ...request, tries: 1 }),
})

function agentOptions(timeouts: Timeouts): Agent.Options {
  return {
    connections: 8,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyIdleMs,
    maxResponseSize: maxAnswerBytes,
    // Said here so that no environment variable can switch the check off.
    connect: { timeout: timeouts.connectMs, rejectUnauthorized: true },
  }
}

type Once = (request: Exchange) => Promise<Result<Answer>>

const reasonOf = (error: AppError): { readonly reason?: string } =>
  'reason' in error ? { reason: error.reason } : {}

/** Logs that a request was made and how it went: routes, never addresses or values. */
function logged({ log, clock }: HttpClientParts, once: Once): Once {
  if (!log) return once
  return async (request) => {
    const start = clock.now()
    const result = await once(request)
    log.info('request', {
      service: request.service,
      method: request.method,
      route: request.path.ok ? request.path.value.route : '',
      durationMs: clock.now() - start,
      outcome: result.ok ? result.value.status : result.error.kind,
      ...(!result.ok && reasonOf(result.error)),
    })
    return result
  }
}
