import { connect, type AddressInfo, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { MadeCertificate } from './certificates'

/** Ends TLS with a certificate in front of a server of this computer. */
export async function startTlsFront(shown: MadeCertificate, behindPort: number) {
  const sockets = new Set<Socket>()
  const server = createServer({ key: shown.key, cert: shown.certificate }, (incoming) => {
    const onward = connect(behindPort, '127.0.0.1')
    for (const socket of [incoming, onward]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => sockets.delete(socket))
    }
    onward.once('close', () => incoming.destroy())
    incoming.pipe(onward).pipe(incoming)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
