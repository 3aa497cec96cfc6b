import { connect, createServer } from 'node:net'

/**
 * A way to a server that can be cut: connections go through it while it is open, and are refused
 * while it is cut. The address stays the same.
 * @returns `{ origin, cut, join }`
 */
export async function startRelay(origin) {
  const { hostname, port } = new URL(origin)
  const sockets = new Set()
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  const listen = (on) => new Promise((resolve) => server.listen(on, '127.0.0.1', resolve))
  await listen(0)
  const own = server.address().port
  const cut = () =>
    new Promise((resolve) => {
      if (!server.listening) return resolve()
      server.close(resolve)
      for (const socket of sockets) socket.destroy()
    })
  const join = async () => {
    if (!server.listening) await listen(own)
  }
  return { origin: `http://127.0.0.1:${own}`, cut, join }
}
