import type { SecureContext } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import type { MakeAgent } from './exchange'
import type { ProxyStep } from './proxy-list'
import type { Routes } from './routes'
import type { Trust } from './trust'
import { openTunnel, ProxyError } from './tunnel'

type Target = buildConnector.Options
type Socket = NonNullable<Parameters<buildConnector.Callback>[1]>

/** How the platform is reached, and whom to believe there. Shared by all connections of the app. */
export interface Network {
  readonly routes: Routes
  readonly trust: Trust
}

/**
 * Makes agents whose connections go the way the system's proxy settings name. The way is chosen for
 * each new connection, before a byte of a request is sent, so the next one of several can be tried
 * without doubt. Certificates are always checked.
 */
export const routedAgent =
  (network: Network): MakeAgent =>
  (options) => {
    const given = typeof options.connect === 'object' ? options.connect : {}
    const connect = createConnect(network, given)
    return new Agent({
      ...options,
      connect: (target, callback) => {
        connect(target).then(
          (socket) => {
            callback(null, socket)
          },
          (cause: unknown) => {
            callback(cause instanceof Error ? cause : new Error('no connection'), null)
          },
        )
      },
    })
  }

interface Connecting {
  readonly context: SecureContext | undefined
  readonly connector: buildConnector.connector
  readonly timeoutMs: number
}

function createConnect({ routes, trust }: Network, given: buildConnector.BuildOptions) {
  let last: Connecting | undefined
  /** The library’s part remembers TLS sessions, which belong to one trust. */
  const connecting = async (): Promise<Connecting> => {
    const context = await trust.context()
    if (last && last.context === context) return last
    const options = { ...given, ...(context && { secureContext: context }) }
    const connector = buildConnector({ ...options, rejectUnauthorized: true })
    last = { context, connector, timeoutMs: given.timeout ?? 10_000 }
    return last
  }

  return async (target: Target): Promise<Socket> => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`)
    const steps = await routes.to(url)
    const failures: unknown[] = []
    for (const step of steps) {
      try {
        return await connectedBy(step, target, await connecting())
      } catch (cause) {
        if (!isBeforeHost(cause)) throw cause
        failures.push(cause)
        routes.failed(url, step)
      }
    }
    throw failures.findLast((cause) => !isUnsupported(cause)) ?? failures.at(-1)
  }
}

async function connectedBy(step: ProxyStep, target: Target, by: Connecting): Promise<Socket> {
  if (step.kind === 'direct') return connected(by.connector, target)
  if (step.kind === 'unsupported') throw new ProxyError('unsupported', step.name)
  const isSecure = target.protocol === 'https:'
  const port = Number(target.port) || (isSecure ? 443 : 80)
  const { timeoutMs, context } = by
  const place = { hostname: target.hostname, port }
  const tunnel = await openTunnel(step, place, { timeoutMs, secureContext: context })
  return isSecure ? connected(by.connector, { ...target, httpSocket: tunnel }) : tunnel
}

function connected(connector: buildConnector.connector, target: Target) {
  return new Promise<Socket>((resolve, reject) => {
    connector(target, (...[cause, socket]) => {
      if (cause) reject(cause)
      else resolve(socket)
    })
  })
}

/** Whether another way may do better: the host itself has not been spoken to, nor the proxy refused us. */
function isBeforeHost(cause: unknown): boolean {
  if (cause instanceof ProxyError) return cause.trouble !== 'password'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^(ECONN|ENOTFOUND|EAI_|ENET|EHOST|ETIMEDOUT|EADDR|UND_ERR_CONNECT)/.test(code)
}

const isUnsupported = (cause: unknown): boolean =>
  cause instanceof ProxyError && cause.trouble === 'unsupported'
