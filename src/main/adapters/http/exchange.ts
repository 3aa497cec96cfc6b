import { setMaxListeners } from 'node:events'
import type { Agent, Dispatcher } from 'undici'
import type { Origins } from '../../../shared/domain/workspace'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Clock } from '../../../shared/sync/ports'
import { answerText } from './answer-text'
import { classifyAnswer, classifyException, type Asked, type ReceivedAnswer } from './classify'
import { FileReadError, formBody, type FormBody } from './multipart'
import { parseBody } from './parse-json'
import { queryText } from './path'
import type { Answer, Timeouts, WriteBody, WriteRequest } from './requests'
import { authorization, secretsOf, type Credentials } from './token'
import { watchForStall } from './wait'

/** What every request of a workspace shares. */
export interface Connection {
  readonly origins: Origins
  readonly credential: Credentials
  readonly clock: Clock
  readonly timeouts: Timeouts
  readonly sender: Sender
}

/** Makes what opens connections and keeps them. */
export type MakeAgent = (options: Agent.Options) => Dispatcher

/** The library takes any async iterable as a body, which its types do not say. */
export interface Sender {
  request(options: SendOptions): Promise<Dispatcher.ResponseData>
}
type LibraryBody = Exclude<Dispatcher.RequestOptions['body'], undefined>
type SendOptions = Omit<Dispatcher.RequestOptions, 'body'> & {
  body?: LibraryBody | AsyncIterable<Uint8Array>
}

/** A read is the same exchange without a body. */
export type Exchange = Omit<WriteRequest, 'method'> & {
  readonly method: WriteRequest['method'] | 'GET'
}

/** One request and its whole answer. */
export async function exchange(connection: Connection, request: Exchange): Promise<Result<Answer>> {
  if (!request.path.ok) return request.path
  const permission = authorization(connection.credential, request.service)
  if ('error' in permission) return err(permission.error)
  if (request.signal.aborted) return err({ kind: 'cancelled' })
  // Many requests at a time listen to one signal, and each stops when it is done.
  setMaxListeners(0, request.signal)
  const base = new URL(connection.origins[request.service])
  const target = {
    origin: base.origin,
    path: base.pathname.replace(/\/+$/, '') + request.path.value.text + queryText(request.query),
    method: request.method,
  }
  const asked = askedOf(connection, request, base.host)
  const headers = { ...commonHeaders, authorization: permission.header }
  const send =
    request.body?.kind === 'form'
      ? upload(connection, request, formBody(request.body.parts))
      : sendSmall(connection, request)
  return send({ ...target, headers }, asked)
}

const commonHeaders = { accept: 'application/json', 'accept-encoding': 'gzip, br' }

type Target = Pick<Dispatcher.RequestOptions, 'origin' | 'path' | 'method'> & {
  readonly headers: Readonly<Record<string, string>>
}
type Send = (target: Target, asked: Asked) => Promise<Result<Answer>>

function sendSmall(connection: Connection, request: Exchange): Send {
  const body = request.body && jsonBody(request.body)
  return (target, asked) =>
    settle(asked, request.signal, () =>
      connection.sender.request({
        ...target,
        headers: { ...target.headers, ...body?.headers },
        body: body?.text ?? null,
        signal: request.signal,
      }),
    )
}

function jsonBody(body: WriteBody) {
  if (body.kind === 'form') return undefined
  const type = body.kind === 'json' ? 'application/json' : 'application/merge-patch+json'
  return { text: JSON.stringify(body.json), headers: { 'content-type': type } }
}

/**
 * Sends a form from the disk. The library's own limit on the time until the answer starts counts the
 * time of sending too, so a watch on moving bytes stands in for it.
 */
function upload(connection: Connection, request: Exchange, form: FormBody): Send {
  return async (target, asked) => {
    const stalled = new AbortController()
    const watch = watchForStall(connection.clock, connection.timeouts.uploadIdleMs, () => {
      stalled.abort()
    })
    const pieces = form.read((sentBytes) => {
      watch.touch()
      request.onProgress?.(sentBytes, form.length)
    })
    const result = await settle(asked, request.signal, () =>
      connection.sender.request({
        ...target,
        headers: {
          ...target.headers,
          'content-type': form.contentType,
          'content-length': String(form.length),
        },
        body: pieces,
        headersTimeout: 0,
        signal: AbortSignal.any([request.signal, stalled.signal]),
      }),
    )
    watch.stop()
    const isStalled = !result.ok && result.error.kind === 'cancelled' && !request.signal.aborted
    return isStalled ? err({ kind: 'timeout', host: asked.host, service: request.service }) : result
  }
}

async function settle(
  asked: Asked,
  signal: AbortSignal,
  send: () => Promise<Dispatcher.ResponseData>,
): Promise<Result<Answer>> {
  try {
    const response = await send()
    return await readAnswer(response, asked)
  } catch (cause) {
    if (signal.aborted) return err({ kind: 'cancelled' })
    if (cause instanceof FileReadError) return err({ kind: 'file', reason: 'unreadable' })
    const error = classifyException(cause, asked)
    if (error) return err(error)
    throw cause
  }
}

async function readAnswer(
  response: Dispatcher.ResponseData,
  asked: Asked,
): Promise<Result<Answer>> {
  const bytes = new Uint8Array(await response.body.arrayBuffer())
  const text = await answerText(bytes, headerOf(response, 'content-encoding') ?? '')
  const body = parseBody(text, headerOf(response, 'content-type') ?? '')
  const status = response.statusCode
  if (status >= 200 && status < 300 && body.kind === 'json') return ok({ status, body: body.json })
  if (status >= 200 && status < 300 && body.kind === 'empty') return ok({ status })
  const retryAfter = headerOf(response, 'retry-after')
  const location = headerOf(response, 'location')
  const received: ReceivedAnswer = {
    status,
    text,
    body,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(location !== undefined && { location }),
  }
  return err(classifyAnswer(received, asked))
}

export function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

function askedOf(connection: Connection, request: Exchange, host: string): Asked {
  return {
    service: request.service,
    host,
    secrets: secretsOf(connection.credential),
    isUpload: request.body?.kind === 'form',
    fieldsOf: request.fieldsOf ?? noFields,
    now: connection.clock.now(),
  }
}

export const noFields = (): readonly string[] => []
