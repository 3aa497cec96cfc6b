import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { authorize } from '../core/authorize'
import type { Settings } from '../options'
import type { Store } from '../store/store'
import { type Answer, empty, html, noSuchPage, notAllowed } from './answer'
import { readBody } from './body'
import { cut, deliver, type Exchange, send } from './deliver'
import { type Faults, paceOf } from './faults'
import { describeBody, describeRequest, type LogEntry } from './request-log'
import type { Call } from './route'
import type { Find, Match } from './router'

export interface Origins {
  readonly own: () => string
  readonly files: () => string
}

export interface Service {
  readonly store: Store
  readonly settings: Settings
  readonly find: Find
  readonly faults: Faults
  readonly log: LogEntry[]
  readonly origins: Origins
  readonly timers: Set<NodeJS.Timeout>
}

const JSON_LIMIT_BYTES = 2_621_440

/** Log → fault on arrival → read → fault or route → answer. */
export function createListener(service: Service, name: LogEntry['listener']): Server {
  return createServer((request, response) => {
    serve(service, name, request, response).catch(() => {
      // The client went away while its body was being read; there is nobody to answer.
      request.socket.destroy()
    })
  })
}

async function serve(
  service: Service,
  name: LogEntry['listener'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(service.origins.own() + (request.url ?? '/'))
  const entry = { ...describeRequest(request, url), listener: name }
  remember(service, entry)
  response.once('finish', () => {
    entry.status = response.statusCode
  })
  const fault = service.faults.take(entry.method, url.pathname + url.search)
  entry.fault = fault?.kind
  if (fault?.kind === 'reset-on-arrival') return cut(request)
  if (fault?.kind === 'end-on-arrival') return void request.socket.end()
  const match = service.find(url.pathname)
  const maxBytes = match?.route.maxBytes ?? JSON_LIMIT_BYTES
  const body = await readBody(request, maxBytes, paceOf(fault, request))
  if (body !== undefined) describeBody(entry, body)
  const commit = (): Answer =>
    body === undefined ? tooLarge() : answer(service, request, url, body)
  const later = laterIn(service.timers)
  const commitLater = service.settings.commitLater ?? later
  const exchange: Exchange = { request, response, commit, later, commitLater }
  if (fault === undefined && body === undefined) return send(response, tooLarge())
  deliver(exchange, fault)
}

function laterIn(timers: Set<NodeJS.Timeout>): Exchange['later'] {
  return (ms, act) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }
}

function remember({ log, settings }: Service, entry: LogEntry): void {
  log.push(entry)
  if (log.length > settings.keepRequests) log.shift()
}

function tooLarge(): Answer {
  return html(413, '413 Request Entity Too Large')
}

function answer(service: Service, request: IncomingMessage, url: URL, body: Buffer): Answer {
  const match = service.find(url.pathname)
  if (match === undefined) return missing(service, url)
  try {
    return route(service, match, { request, url, body })
  } catch {
    // Also what the storage below does when it cannot write: nothing was changed.
    return html(500, 'Server Error (500)')
  }
}

interface Incoming {
  readonly request: IncomingMessage
  readonly url: URL
  readonly body: Buffer
}

function route(service: Service, match: Match, { request, url, body }: Incoming): Answer {
  const { store, settings, origins } = service
  const gate = { state: store.state(), settings }
  const authorized = authorize(match.route.service, request.headers.authorization, gate)
  if (!authorized.ok) return authorized.answer
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '')
  const handler = match.route.methods[method]
  if (handler === undefined) return notAllowed(method)
  const call: Call = {
    method,
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    disposition: request.headers['content-disposition'] ?? '',
    body,
    caller: authorized.caller,
    store,
    settings,
    origin: origins.own(),
    filesOrigin: origins.files(),
    param: match.param,
    timestamp: () => new Date(settings.now()).toISOString(),
  }
  const result = handler(call)
  if (method !== 'GET' && result.status < 400) store.commit()
  return result
}

/** Django sends a path that only lacks its trailing slash there, whatever the method. */
function missing(service: Service, url: URL): Answer {
  if (url.pathname.endsWith('/') || service.find(`${url.pathname}/`) === undefined) {
    return noSuchPage()
  }
  return empty(301, { location: `${url.pathname}/${url.search}` })
}
