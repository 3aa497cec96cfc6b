import { WebSocket } from 'undici'

/** The DevTools protocol over its socket, as far as measuring needs it. */
export class DevTools {
  #socket
  #answers = new Map()
  #listeners = []
  #lastId = 0

  static async connect(address) {
    const socket = new WebSocket(address)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('error', () => reject(new Error('no DevTools there')), { once: true })
    })
    return new DevTools(socket)
  }

  constructor(socket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(data)))
  }

  /** @returns the answer to one command, sent to a page when `sessionId` names one. */
  send(method, params = {}, sessionId) {
    const id = (this.#lastId += 1)
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }))
  }

  /** Calls `listener(params, sessionId)` for each such event. */
  on(method, listener) {
    this.#listeners.push({ method, listener })
  }

  close() {
    this.#socket.close()
  }

  #receive({ id, method, params, result, error, sessionId }) {
    if (id === undefined) {
      for (const entry of this.#listeners)
        if (entry.method === method) entry.listener(params, sessionId)
      return
    }
    const { resolve, reject } = this.#answers.get(id)
    this.#answers.delete(id)
    if (error) reject(new Error(error.message))
    else resolve(result)
  }
}
