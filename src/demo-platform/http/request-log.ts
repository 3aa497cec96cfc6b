import type { IncomingMessage } from 'node:http'
import { parseJson } from '../json'
import { parseMultipart } from './multipart'

/** One request as it came in. The credential's value is never kept. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  /** The `authorization` header holds its scheme only. */
  readonly headers: Readonly<Record<string, string>>
  /** Which of the two listeners took it. */
  readonly listener: 'platform' | 'files'
  readonly bodyLength: number
  /** The parsed body of a JSON request. */
  readonly body: unknown
  readonly parts: readonly LoggedPart[]
  /** Undefined while unanswered, and for ever when the connection was cut instead. */
  readonly status: number | undefined
  readonly fault: string | undefined
}

export interface LoggedPart {
  readonly name: string
  readonly filename: string | undefined
  readonly contentType: string
  readonly length: number
  /** Text of a part that is not a file. */
  readonly value: string | undefined
}

export type LogEntry = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] }

export function describeRequest(request: IncomingMessage, url: URL): LogEntry {
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.search,
    headers: describeHeaders(request),
    listener: 'platform',
    bodyLength: 0,
    body: undefined,
    parts: [],
    status: undefined,
    fault: undefined,
  }
}

function describeHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const pairs = Object.entries(request.headers).map(([name, value]): [string, string] => {
    const joined = Array.isArray(value) ? value.join(', ') : (value ?? '')
    return [name, name === 'authorization' ? `${joined.split(' ')[0] ?? ''} [hidden]` : joined]
  })
  return Object.fromEntries(pairs)
}

export function describeBody(entry: LogEntry, body: Buffer): void {
  const contentType = entry.headers['content-type'] ?? ''
  entry.bodyLength = body.length
  if (/json/i.test(contentType)) entry.body = parseJson(body.toString('utf8'))?.value
  if (/^multipart\//i.test(contentType)) {
    entry.parts = (parseMultipart(contentType, body) ?? []).map((part) => ({
      name: part.name,
      filename: part.filename,
      contentType: part.contentType,
      length: part.content.length,
      value: part.filename === undefined ? part.content.toString('utf8') : undefined,
    }))
  }
}
