import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'

const request = {
  getWindowAttributes: 3,
  internAtom: 16,
  getProperty: 20,
  queryTree: 15,
  sendEvent: 25,
  getInputFocus: 43,
  queryExtension: 98,
}
const fakeInput = 2
const eventTypes = { press: 4, release: 5, motion: 6, clientMessage: 33, generic: 35 }
const replyBytes = 32
const viewable = 2

/**
 * A client of an X server that does what a person's hand and a window manager do: it moves the
 * pointer, presses its buttons (extension XTEST), and closes windows.
 * In: `env` with DISPLAY (a display of this computer) and XAUTHORITY.
 * Out: `{ move, press, release, windowNamed, closeWindow, close }`. All resolve once the server has
 * done it; programs hear of it a moment later. Rejects when the server is not there, refuses the
 * cookie or has no XTEST.
 * Source: X Window System Protocol and XTEST Extension Protocol, X Consortium Standards.
 */
export async function connectToDisplay(env) {
  const wire = await Wire.open(env)
  const root = wire.root
  const test = await extension(wire, 'XTEST')
  const fake = async (type, { detail = 0, x = 0, y = 0 } = {}) => {
    const body = Buffer.alloc(32)
    body.writeUInt8(type, 0)
    body.writeUInt8(detail, 1)
    body.writeUInt32LE(root, 8)
    body.writeInt16LE(x, 20)
    body.writeInt16LE(y, 22)
    wire.send(test, { data: fakeInput, body })
    await wire.settled()
  }
  return {
    /** Moves the pointer to a place on the screen, in pixels. */
    move: (x, y) => fake(eventTypes.motion, { x: Math.round(x), y: Math.round(y) }),
    /** Presses a button: 1 is the first one. */
    press: (button = 1) => fake(eventTypes.press, { detail: button }),
    release: (button = 1) => fake(eventTypes.release, { detail: button }),
    /** @returns the visible window in whose name this stands, or `undefined`. */
    windowNamed: (name) => windowNamed(wire, name),
    /** Asks a window to close, as the button in its frame does. */
    closeWindow: async (window) => {
      const [protocols, wanted] = await Promise.all(
        ['WM_PROTOCOLS', 'WM_DELETE_WINDOW'].map((name) => atom(wire, name)),
      )
      wire.send(request.sendEvent, { body: clientMessage(window, protocols, wanted) })
      await wire.settled()
    },
    close: () => wire.close(),
  }
}

/** Body of the request that sends a window one message. */
function clientMessage(window, type, value) {
  const body = Buffer.alloc(40)
  body.writeUInt32LE(window, 0)
  body.writeUInt8(eventTypes.clientMessage, 8)
  body.writeUInt8(32, 9)
  body.writeUInt32LE(window, 12)
  body.writeUInt32LE(type, 16)
  body.writeUInt32LE(value, 20)
  return body
}

async function extension(wire, name) {
  const reply = await wire.ask(request.queryExtension, { body: counted(name) })
  if (reply.readUInt8(8) !== 1) throw new Error(`The X server has no ${name}.`)
  return reply.readUInt8(9)
}

async function atom(wire, name) {
  return (await wire.ask(request.internAtom, { body: counted(name) })).readUInt32LE(8)
}

function counted(text) {
  const body = Buffer.alloc(4 + padded(text.length))
  body.writeUInt16LE(text.length, 0)
  body.write(text, 4, 'latin1')
  return body
}

async function windowNamed(wire, name) {
  const property = await atom(wire, '_NET_WM_NAME')
  const found = await Promise.all(
    (await childrenOf(wire, wire.root)).map(async (window) => {
      const [title, isShown] = await Promise.all([
        textOf(wire, window, property),
        isViewable(wire, window),
      ])
      return isShown && title.includes(name) ? window : undefined
    }),
  )
  return found.find((window) => window !== undefined)
}

async function childrenOf(wire, window) {
  const reply = await wire.ask(request.queryTree, { body: numbers(window) })
  const count = reply.readUInt16LE(16)
  return Array.from({ length: count }, (_, index) => reply.readUInt32LE(replyBytes + 4 * index))
}

/** A window may go while it is asked: then it has no name. */
async function textOf(wire, window, property) {
  const body = numbers(window, property, 0, 0, 64)
  const reply = await wire.ask(request.getProperty, { body }).catch(() => undefined)
  if (!reply) return ''
  return reply.subarray(replyBytes, replyBytes + reply.readUInt32LE(16)).toString('utf8')
}

async function isViewable(wire, window) {
  const body = numbers(window)
  const reply = await wire.ask(request.getWindowAttributes, { body }).catch(() => undefined)
  return reply?.readUInt8(26) === viewable
}

function numbers(...values) {
  const body = Buffer.alloc(4 * values.length)
  values.forEach((value, index) => body.writeUInt32LE(value, 4 * index))
  return body
}

const padded = (length) => Math.ceil(length / 4) * 4

/** Requests and replies of one connection, in order. */
class Wire {
  #socket
  #waiting = []
  #sent = 0
  #input = Buffer.alloc(0)

  static open(env) {
    return new Promise((resolve, reject) => {
      const number = /:(\d+)/.exec(env.DISPLAY ?? '')?.[1]
      const socket = createConnection(`/tmp/.X11-unix/X${number}`)
      const wire = new Wire(socket, resolve, reject)
      socket.once('error', reject)
      socket.on('data', (piece) => wire.#receive(piece))
      socket.write(greeting(env))
    })
  }

  constructor(socket, opened, refused) {
    this.#socket = socket
    this.opened = opened
    this.refused = refused
  }

  send(opcode, { data = 0, body }) {
    const head = Buffer.alloc(4)
    head.writeUInt8(opcode, 0)
    head.writeUInt8(data, 1)
    head.writeUInt16LE(1 + body.length / 4, 2)
    this.#socket.write(Buffer.concat([head, body]))
    this.#sent = (this.#sent + 1) & 0xffff
  }

  ask(opcode, { data = 0, body }) {
    this.send(opcode, { data, body })
    const sequence = this.#sent
    return new Promise((resolve, reject) => this.#waiting.push({ sequence, resolve, reject }))
  }

  /** Resolves once the server has done everything that was sent. */
  async settled() {
    await this.ask(request.getInputFocus, { body: Buffer.alloc(0) })
  }

  close() {
    this.#socket.destroy()
  }

  #receive(piece) {
    this.#input = Buffer.concat([this.#input, piece])
    for (;;) {
      const taken = this.root === undefined ? this.#takeWelcome() : this.#takeMessage()
      if (taken === 0) return
      this.#input = this.#input.subarray(taken)
    }
  }

  #takeWelcome() {
    const input = this.#input
    if (input.length < 8) return 0
    const size = 8 + 4 * input.readUInt16LE(6)
    if (input.length < size) return 0
    if (input.readUInt8(0) === 1) {
      const vendor = padded(input.readUInt16LE(24))
      this.root = input.readUInt32LE(40 + vendor + 8 * input.readUInt8(29))
      this.opened(this)
    } else this.refused(new Error(`The X server refuses: ${input.toString('latin1', 8, size)}`))
    return size
  }

  #takeMessage() {
    const input = this.#input
    if (input.length < replyBytes) return 0
    const type = input.readUInt8(0) & 0x7f
    const hasMore = type === 1 || type === eventTypes.generic
    const size = replyBytes + (hasMore ? 4 * input.readUInt32LE(4) : 0)
    if (input.length < size) return 0
    const [first] = this.#waiting
    if (type <= 1 && first?.sequence === input.readUInt16LE(2)) {
      this.#waiting.shift()
      if (type === 1) first.resolve(Buffer.from(input.subarray(0, size)))
      else first.reject(new Error(`The X server answers with error ${input.readUInt8(1)}.`))
    }
    return size
  }
}

/** With the cookie of the first entry in the Xauthority file, if there is one. */
function greeting(env) {
  const { name, data } = cookieOf(env.XAUTHORITY)
  const head = Buffer.alloc(12)
  head.write('l', 0)
  head.writeUInt16LE(11, 2)
  head.writeUInt16LE(name.length, 6)
  head.writeUInt16LE(data.length, 8)
  const pad = (part) => Buffer.concat([part, Buffer.alloc(padded(part.length) - part.length)])
  return Buffer.concat([head, pad(name), pad(data)])
}

/** An entry is its family, then address, display number, name and data, each with its length. */
function cookieOf(path) {
  const none = { name: Buffer.alloc(0), data: Buffer.alloc(0) }
  if (path === undefined) return none
  const file = readFileSync(path)
  let at = 2
  const field = () => {
    const start = at + 2
    at = start + file.readUInt16BE(at)
    return file.subarray(start, at)
  }
  const [, , name, data] = [field(), field(), field(), field()]
  return { name, data }
}
