import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { MadeCertificate } from './certificates'

/** A forward proxy on loopback that leads names of a test to ports of this computer. */
export interface ConnectProxy {
  readonly port: number
  /** `host:port` that was asked for, in order. */
  readonly asked: string[]
  /** Everything its callers told it before the tunnel stood. */
  readonly heads: string[]
  /** What every question is answered with from now on; `undefined`: a connection. */
  refusal: number | undefined
  readonly close: () => Promise<void>
}

export interface ProxyOptions {
  /** `host:port` → port on loopback. */
  readonly leads: Readonly<Record<string, number>>
  /** Speaks TLS itself, with this certificate. */
  readonly tls?: MadeCertificate
}

export async function startConnectProxy({ leads, tls }: ProxyOptions): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const server = tls
    ? createTlsServer({ key: tls.key, cert: tls.certificate })
    : createServer((_request, response) => response.writeHead(405).end())
  const proxy: ConnectProxy = {
    port: 0,
    asked: [],
    heads: [],
    refusal: undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const target = request.url ?? ''
    proxy.asked.push(target)
    proxy.heads.push([target, ...request.rawHeaders].join('\n'))
    const port = leads[target]
    const status = proxy.refusal ?? (port === undefined ? 502 : undefined)
    if (status !== undefined || port === undefined) {
      socket.end(`HTTP/1.1 ${status ?? 502} Refused\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const onward = connect(port, '127.0.0.1')
    sockets.add(onward)
    for (const side of [socket, onward]) side.on('error', () => side.destroy())
    onward.once('close', () => socket.destroy())
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(proxy, { port: (server.address() as AddressInfo).port })
}
