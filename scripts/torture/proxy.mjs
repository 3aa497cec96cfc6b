import { createServer, request as ask } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** How often each thing goes wrong while the network is bad. The rest of the requests pass. */
const badWrites = {
  'reset before': 16,
  'lost answer': 22,
  'error before': 8,
  'error after': 12,
  slow: 12,
  silence: 6,
  pass: 24,
}
const badReads = { 'reset before': 6, 'error before': 6, slow: 8, 'cut short': 4, pass: 76 }

/**
 * A network between the app and the platform that can be `clean`, `bad` or `offline`. It forwards
 * requests and, while it is bad, loses them, loses their answers, or answers with errors.
 */
export class FaultProxy {
  #target
  #chance
  #server
  #port = 0
  #sockets = new Set()
  mode = 'clean'
  /** How many requests met each fate. */
  fates = {}

  constructor({ target, chance }) {
    this.#target = new URL(target)
    this.#chance = chance
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Changes the weather. Connections that are open are cut, as a change of network does. */
  async set(mode) {
    this.mode = mode
    for (const socket of this.#sockets) socket.resetAndDestroy()
    if (mode === 'offline') await this.close()
    else await this.#listen()
  }

  async close() {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  }

  async #listen() {
    if (this.#server) return
    const server = createServer((request, response) => void this.#serve(request, response))
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, '127.0.0.1', resolve)
    })
    this.#port = server.address().port
    this.#server = server
  }

  #fateOf({ method }) {
    if (this.mode !== 'bad') return 'pass'
    return this.#chance.weighted(method === 'GET' ? badReads : badWrites)
  }

  async #serve(request, response) {
    const fate = this.#fateOf(request)
    this.fates[fate] = (this.fates[fate] ?? 0) + 1
    const cut = () => request.socket.resetAndDestroy()
    try {
      const body = await read(request)
      if (fate === 'reset before') return cut()
      if (fate === 'error before') return fail(response, this.#chance)
      if (fate === 'slow') await wait(this.#chance.between(30, 500))
      const answer = await this.#forward(request, body)
      if (fate === 'silence') return
      if (fate === 'lost answer') return cut()
      if (fate === 'error after') return fail(response, this.#chance)
      const whole = this.#rewritten(answer.body)
      const sent = fate === 'cut short' ? whole.subarray(0, whole.length >> 1) : whole
      response.writeHead(answer.status, { ...answer.headers, 'content-length': whole.length })
      if (fate !== 'cut short') return response.end(sent)
      response.write(sent, cut)
    } catch {
      cut()
    }
  }

  async #forward({ method, url, headers }, body) {
    const { hostname, port, host } = this.#target
    return new Promise((resolve, reject) => {
      const options = { hostname, port, method, path: url, headers: { ...headers, host } }
      const sent = ask(options, (answer) => {
        read(answer).then(
          (content) =>
            resolve({ status: answer.statusCode, headers: answer.headers, body: content }),
          reject,
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  /** The platform names its own address in links; here it is known by ours. */
  #rewritten(body) {
    const { origin } = this.#target
    if (!body.includes(origin) || body.subarray(0, 4).toString('latin1') === '%PDF') return body
    return Buffer.from(body.toString('utf8').replaceAll(origin, this.origin))
  }
}

async function read(stream) {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

const failures = [
  [500, 'application/json', '{"detail":"Internal error"}'],
  [502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>'],
  [503, 'text/plain', 'Service unavailable'],
]

function fail(response, chance) {
  const [status, type, text] = chance.pick(failures)
  response.writeHead(status, { 'content-type': type, 'content-length': text.length })
  response.end(text)
}
