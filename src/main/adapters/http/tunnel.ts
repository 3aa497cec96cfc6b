import { request as requestOverTcp } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { ProxyTrouble } from '../../../shared/errors'
import { proxyName, type Proxy } from './proxy-list'

/** A connection that a proxy did not give. Nothing was sent to the host itself. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly trouble: ProxyTrouble
  readonly proxy: string

  constructor(trouble: ProxyTrouble, proxy: string, cause?: unknown) {
    super(`the proxy gave no connection: ${trouble}`, { cause })
    this.trouble = trouble
    this.proxy = proxy
  }
}

export interface TunnelOptions {
  readonly timeoutMs: number
  /** Whom to trust, for a proxy that is spoken to over TLS. */
  readonly secureContext?: SecureContext | undefined
}

/**
 * Asks a proxy for a connection to `host:port` (HTTP CONNECT, RFC 9110 9.3.6), without a password.
 * Throws a `ProxyError`.
 */
export function openTunnel(
  proxy: Proxy,
  target: { readonly hostname: string; readonly port: number },
  { timeoutMs, secureContext }: TunnelOptions,
): Promise<Socket> {
  const authority = authorityOf(target)
  const name = proxyName(proxy)
  const options = {
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority },
    timeout: timeoutMs,
    agent: false,
  } as const
  return new Promise((resolve, reject) => {
    const request =
      proxy.kind === 'http'
        ? requestOverTcp(options)
        : requestOverTls({
            ...options,
            // Said here, for it would be taken from the Host header, which names the host behind.
            servername: isIP(proxy.host) === 0 ? proxy.host : '',
            ...(secureContext && { secureContext }),
            rejectUnauthorized: true,
          })
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0).setNoDelay(true)
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
        return
      }
      socket.destroy()
      reject(new ProxyError(statusCode === 407 ? 'password' : 'refused', name))
    })
    request.once('timeout', () => {
      request.destroy(new Error('the proxy did not answer in time'))
    })
    request.once('error', (cause) => {
      reject(new ProxyError('unreachable', name, cause))
    })
    request.end()
  })
}

const authorityOf = ({ hostname, port }: { readonly hostname: string; readonly port: number }) =>
  hostname.includes(':') ? `[${hostname}]:${port}` : `${hostname}:${port}`
