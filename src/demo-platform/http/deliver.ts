import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { type Answer, empty, html, json, text } from './answer'
import type { Fault } from './faults'

/** One request that has been read and not yet carried out. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Carries the request out and makes it durable. */
  readonly commit: () => Answer
  readonly later: (ms: number, act: () => void) => void
  readonly commitLater: (ms: number, act: () => void) => void
}

export function send(response: ServerResponse, answer: Answer): void {
  const length = answer.status === 204 ? {} : { 'content-length': String(answer.body.length) }
  response.writeHead(answer.status, { ...length, ...answer.headers })
  response.end(answer.body)
}

const ENCODERS = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** A fault on the way in, then the route, then a fault on the way out. */
export function deliver(exchange: Exchange, fault: Fault | undefined): void {
  if (fault === undefined) return send(exchange.response, exchange.commit())
  const changed = changedAnswer(exchange, fault)
  if (changed !== undefined) return send(exchange.response, changed)
  misdeliver(exchange, fault)
}

/** Faults that are a complete answer, only another one. */
function changedAnswer(exchange: Exchange, fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'status':
      if (fault.commit === true) exchange.commit()
      return statusAnswer(fault)
    case 'html':
      if (fault.commit === true) exchange.commit()
      return html(fault.status ?? 502, `${String(fault.status ?? 502)} Bad Gateway`)
    case 'redirect':
      return empty(fault.status ?? 302, { location: fault.location })
    case 'wrong-type':
      return withHeader(exchange.commit(), 'content-type', fault.contentType)
    case 'encoded': {
      const answer = exchange.commit()
      const body = ENCODERS[fault.encoding](answer.body)
      return withHeader({ ...answer, body }, 'content-encoding', fault.encoding)
    }
    case 'charset': {
      const answer = exchange.commit()
      const body = Buffer.from(answer.body.toString('utf8'), fault.charset)
      const type = `application/json; charset=${fault.charset}`
      return withHeader({ ...answer, body }, 'content-type', type)
    }
    case 'byte-order-mark': {
      const answer = exchange.commit()
      return { ...answer, body: Buffer.concat([BYTE_ORDER_MARK, answer.body]) }
    }
    default:
      return undefined
  }
}

function statusAnswer(fault: Extract<Fault, { readonly kind: 'status' }>): Answer {
  const { body, status } = fault
  const answer =
    body === undefined
      ? empty(status)
      : typeof body === 'string'
        ? text(status, body, 'text/plain; charset=utf-8')
        : json(status, body)
  return { ...answer, headers: { ...answer.headers, ...fault.headers } }
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  return { ...answer, headers: { ...answer.headers, [name]: value } }
}

/** Faults of the connection rather than of the answer. */
function misdeliver(exchange: Exchange, fault: Fault): void {
  const { request, response, commit, later, commitLater } = exchange
  switch (fault.kind) {
    case 'delay':
      return later(fault.ms, () => send(response, commit()))
    case 'hang':
      if (fault.commit === true) commit()
      return
    case 'reset-after-commit':
      commit()
      return cut(request)
    case 'late-commit':
      cut(request)
      return commitLater(fault.ms, commit)
    case 'truncated-json':
      return sendHalf(exchange, fault.framing ?? 'complete')
    case 'slow-body':
      return drip(exchange, fault.chunkBytes, fault.pauseMs)
    case 'stalled-body': {
      const answer = commit()
      open(response, answer, answer.body.length)
      return void response.write(answer.body.subarray(0, fault.bytes))
    }
    case 'huge-body':
      return flood(response, fault.bytes)
    case 'slow-headers':
      return dripHeaders(exchange, fault.pauseMs)
    case 'slow-upload':
      return send(response, commit())
    case 'close-after':
      response.once('finish', () => request.socket.end())
      return send(response, commit())
    default:
      return cut(request)
  }
}

/** A reset, not an orderly close, so that the client sees the connection fail. */
export function cut(request: IncomingMessage): void {
  request.socket.resetAndDestroy()
}

function open(response: ServerResponse, answer: Answer, length: number | undefined): void {
  const framing = length === undefined ? {} : { 'content-length': String(length) }
  response.writeHead(answer.status, { ...answer.headers, ...framing })
}

function sendHalf(exchange: Exchange, framing: 'complete' | 'declared' | 'chunked'): void {
  const { request, response } = exchange
  const answer = exchange.commit()
  const half = answer.body.subarray(0, Math.ceil(answer.body.length / 2))
  if (framing === 'complete') return send(response, { ...answer, body: half })
  open(response, answer, framing === 'declared' ? answer.body.length : undefined)
  response.write(half, () => request.socket.end())
}

function drip(exchange: Exchange, chunkBytes: number, pauseMs: number): void {
  const { response, later } = exchange
  const answer = exchange.commit()
  open(response, answer, answer.body.length)
  response.flushHeaders()
  const next = (from: number): void => {
    if (response.destroyed) return
    if (from >= answer.body.length) return void response.end()
    response.write(answer.body.subarray(from, from + chunkBytes))
    later(pauseMs, () => next(from + chunkBytes))
  }
  next(0)
}

/** Past the response object, which sends its headers in one piece. */
function dripHeaders({ request, commit, later }: Exchange, pauseMs: number): void {
  const answer = commit()
  const headers = { ...answer.headers, 'content-length': answer.body.length, connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  const head = Buffer.from(`HTTP/1.1 ${String(answer.status)} Slow\r\n${lines.join('')}\r\n`)
  const next = (at: number): void => {
    if (request.socket.destroyed) return
    if (at >= head.length) return void request.socket.end(answer.body)
    request.socket.write(head.subarray(at, at + 1))
    later(pauseMs, () => next(at + 1))
  }
  next(0)
}

const FLOOD_CHUNK = Buffer.alloc(64 * 1024, ' ')

function flood(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const pour = (left: number): void => {
    if (response.destroyed) return
    if (left <= 0) return void response.end('[]')
    const chunk = FLOOD_CHUNK.subarray(0, Math.min(left, FLOOD_CHUNK.length))
    response.write(chunk, () => pour(left - chunk.length))
  }
  pour(bytes)
}
