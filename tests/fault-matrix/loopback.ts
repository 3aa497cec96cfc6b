import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { certificates, leafKey, type CertificateName } from './certificates'

/** Places on this computer that connections can be led to, shared by all cells. */
export interface Loopback {
  /** Nobody listens here. */
  readonly closed: number
  /** Connections are neither taken nor refused. */
  readonly blackHole: number
  /** Connections are taken, and nothing is ever said. */
  readonly silent: number
  readonly badCertificate: Readonly<Record<Exclude<CertificateName, 'good'>, number>>
  readonly elsewhere: Elsewhere
  readonly close: () => Promise<void>
}

/** Another origin. It gives out a page, and remembers who showed it a credential. */
export interface Elsewhere {
  readonly port: number
  readonly credentials: string[]
}

export async function startLoopback(): Promise<Loopback> {
  const silent = await listening(createServer(ignoreErrors))
  const bad = async (name: CertificateName) =>
    listening(createTlsServer({ key: leafKey, cert: certificates[name] }, ignoreErrors))
  const [expired, wrongHost, selfSigned] = await Promise.all([
    bad('expired'),
    bad('wrongHost'),
    bad('selfSigned'),
  ])
  const elsewhere = await startElsewhere()
  const hole = await startBlackHole()
  const servers = [silent, expired, wrongHost, selfSigned, elsewhere.server]
  return {
    closed: 1,
    blackHole: hole.port,
    silent: portOf(silent),
    badCertificate: {
      expired: portOf(expired),
      wrongHost: portOf(wrongHost),
      selfSigned: portOf(selfSigned),
    },
    elsewhere: { port: portOf(elsewhere.server), credentials: elsewhere.credentials },
    close: async () => {
      for (const server of servers) server.close()
      await hole.close()
    },
  }
}

/** Ends TLS with the right certificate in front of a platform. */
export async function startTlsFront(platformPort: number) {
  const sockets = new Set<Socket>()
  const server = createTlsServer({ key: leafKey, cert: certificates.good }, (incoming) => {
    const onward = connect(platformPort, '127.0.0.1')
    for (const socket of [incoming, onward]) {
      sockets.add(socket)
      ignoreErrors(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    incoming.pipe(onward).pipe(incoming)
  })
  await listening(server)
  return {
    port: portOf(server),
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function ignoreErrors(socket: Socket): void {
  socket.on('error', () => socket.destroy())
}

function listening<S extends Server>(server: S): Promise<S> {
  server.on('tlsClientError', () => undefined)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function startElsewhere() {
  const credentials: string[] = []
  const server = createServer((socket) => {
    ignoreErrors(socket)
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      const shown = /^authorization:.*$/im.exec(text)
      if (shown) credentials.push(shown[0])
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nelsewhere')
    })
  })
  return { server: await listening(server), credentials }
}

/** Listens with a queue of one and never takes anybody from it: once it is full, nobody gets in. */
const blackHole = `
const { createServer } = require('node:net')
const { parentPort } = require('node:worker_threads')
const server = createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

async function startBlackHole() {
  const worker = new Worker(blackHole, { eval: true })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const waiting = Array.from({ length: 6 }, () => connect(port, '127.0.0.1'))
  waiting.forEach(ignoreErrors)
  return {
    port,
    close: async () => {
      for (const socket of waiting) socket.destroy()
      await worker.terminate()
    },
  }
}
