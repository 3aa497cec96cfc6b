import type { IncomingMessage } from 'node:http'
import { isRecord, parseJson, type JsonRecord } from '../json'
import { type Answer, detail, json, unsupported } from './answer'

/** Awaited after every piece, with the bytes received so far; the sender feels it. */
export type Pace = (received: number) => Promise<void>

/** Undefined when the body is over the limit; the rest of it is read and thrown away. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  pace?: Pace,
): Promise<Buffer | undefined> {
  const declared = Number(request.headers['content-length'] ?? 0)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBytes && declared <= maxBytes) chunks.push(chunk)
    await pace?.(size)
  }
  return size > maxBytes || declared > maxBytes ? undefined : Buffer.concat(chunks)
}

export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer }

const ACCEPTED = new Set(['application/json', 'application/scim+json'])

export function readJsonObject(contentType: string, body: Buffer): Read<JsonRecord> {
  if (!ACCEPTED.has(mediaType(contentType))) return { ok: false, answer: unsupported(contentType) }
  return parseObject(body)
}

export function parseObject(body: Buffer): Read<JsonRecord> {
  const parsed = parseJson(body.toString('utf8'))
  if (parsed === undefined) {
    return {
      ok: false,
      answer: detail(400, 'JSON parse error - Expecting value: line 1 column 1 (char 0)'),
    }
  }
  if (isRecord(parsed.value)) return { ok: true, value: parsed.value }
  const message = 'Invalid data. Expected a dictionary, but got another type.'
  return { ok: false, answer: json(400, { non_field_errors: [message] }) }
}
