import type { Dispatcher } from 'undici'
import type { Origins } from '../../../shared/domain/workspace'
import type { Result, Service } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { classifyAnswer, classifyException, type Asked } from './classify'
import { headerOf, noFields, type Connection, type MakeAgent, type Sender } from './exchange'
import { parseBody } from './parse-json'
import type { Downloaded, DownloadRequest, HttpClient } from './requests'
import { isThisComputer } from './this-computer'
import { authorization, secretsOf } from './token'

export interface Download {
  readonly run: (request: DownloadRequest) => Promise<Result<Downloaded>>
  readonly close: () => Promise<void>
}

const maxRedirects = 3

/** Fetches files that answers point to, by address. The token goes along only to the platform itself. */
export function createDownload(connection: Connection, makeAgent: MakeAgent): Download {
  const agent = makeAgent({
    headersTimeout: connection.timeouts.headersMs,
    bodyTimeout: connection.timeouts.bodyIdleMs,
    connect: { timeout: connection.timeouts.connectMs, rejectUnauthorized: true },
  })
  return {
    run: (request) => followed(connection, agent, request),
    close: () => agent.destroy(),
  }
}

async function followed(
  connection: Connection,
  agent: Sender,
  request: DownloadRequest,
): Promise<Result<Downloaded>> {
  let target = fileAddress(connection.origins, request.url)
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    if (!target) return err({ kind: 'unexpected-answer', reason: 'shape' })
    const result = await fetchOnce(connection, agent, { ...request, target })
    if (!('redirect' in result)) return result
    target = fileAddress(connection.origins, new URL(result.redirect, target).href)
  }
  return err({ kind: 'unexpected-answer', reason: 'redirect' })
}

/**
 * The address to fetch, or `undefined` for one that must not be fetched: another scheme, or this
 * computer unless the platform itself runs here (an answer could otherwise reach local services).
 */
export function fileAddress(origins: Origins, given: string): URL | undefined {
  const base = new URL(origins.dm)
  const text = given.trim()
  if (!URL.canParse(text, base.origin)) return undefined
  const url = new URL(text, base.origin)
  if (serviceAt(origins, url) !== undefined) return url
  if (url.username !== '' || url.password !== '') return undefined
  const isLocalPlatform = isThisComputer(base.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalPlatform)) return undefined
  return isThisComputer(url.hostname) && !isLocalPlatform ? undefined : url
}

/** Which service an address belongs to, by origin; the path decides where both share one. */
function serviceAt(origins: Origins, url: URL): Service | undefined {
  const lms = new URL(origins.lms)
  const dm = new URL(origins.dm)
  const isLms = url.origin === lms.origin
  const isDm = url.origin === dm.origin
  if (isLms && isDm) return url.pathname.startsWith(`${lms.pathname}/`) ? 'lms' : 'dm'
  if (isLms) return 'lms'
  return isDm ? 'dm' : undefined
}

type Hop = DownloadRequest & { readonly target: URL }

async function fetchOnce(
  connection: Connection,
  agent: Sender,
  hop: Hop,
): Promise<Result<Downloaded> | { readonly redirect: string }> {
  const service = serviceAt(connection.origins, hop.target)
  const permission = service && authorization(connection.credential, service)
  if (permission && 'error' in permission) return err(permission.error)
  const asked: Asked = {
    ...(service && { service }),
    host: hop.target.host,
    secrets: secretsOf(connection.credential),
    isUpload: false,
    fieldsOf: noFields,
    now: connection.clock.now(),
  }
  try {
    const response = await agent.request({
      origin: hop.target.origin,
      path: hop.target.pathname + hop.target.search,
      method: 'GET',
      headers: permission ? { authorization: permission.header } : {},
      signal: hop.signal,
    })
    return await receive(response, hop, asked)
  } catch (cause) {
    if (hop.signal.aborted) return err({ kind: 'cancelled' })
    const error = classifyException(cause, asked)
    if (error) return err(error)
    throw cause
  }
}

async function receive(
  response: Dispatcher.ResponseData,
  hop: Hop,
  asked: Asked,
): Promise<Result<Downloaded> | { readonly redirect: string }> {
  const { location } = response.headers
  const status = response.statusCode
  if (status >= 300 && status < 400 && typeof location === 'string') {
    await response.body.dump()
    return { redirect: location }
  }
  if (status < 200 || status >= 300) {
    const text = await beginningOf(response.body)
    const body = parseBody(text, headerOf(response, 'content-type') ?? '')
    const retryAfter = headerOf(response, 'retry-after')
    const answer = { status, text, body, ...(retryAfter !== undefined && { retryAfter }) }
    return err(classifyAnswer(answer, asked))
  }
  let size = 0
  for await (const piece of response.body) {
    if (!(piece instanceof Uint8Array)) continue
    size += piece.length
    if (size > hop.maxBytes) {
      return err({ kind: 'unexpected-answer', reason: 'too-large', host: asked.host, status })
    }
    const taken = await hop.onPiece(piece)
    if (!taken.ok) return taken
  }
  const type = response.headers['content-type']
  return ok({ size, type: typeof type === 'string' ? type : '' })
}

/** As much of an error page as a message needs. */
async function beginningOf(body: AsyncIterable<unknown>): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) continue
    pieces.push(piece)
    size += piece.length
    if (size > 64 * 1024) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** A small file, whole. */
export async function downloadBytes(
  client: HttpClient,
  request: Omit<DownloadRequest, 'onPiece'>,
): Promise<Result<{ readonly bytes: Uint8Array; readonly type: string }>> {
  const pieces: Uint8Array[] = []
  const onPiece = (piece: Uint8Array) => {
    pieces.push(piece)
    return ok(undefined)
  }
  const result = await client.download({ ...request, onPiece })
  if (!result.ok) return result
  return ok({ bytes: Buffer.concat(pieces), type: result.value.type })
}
