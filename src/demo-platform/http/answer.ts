/** What a route says, before it is put on the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const JSON_TYPE = 'application/json'
const HTML_TYPE = 'text/html; charset=utf-8'

export function json(status: number, value: unknown): Answer {
  return text(status, JSON.stringify(value), JSON_TYPE)
}

export function text(status: number, body: string, contentType: string): Answer {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(body) }
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: Buffer.alloc(0) }
}

export function bytes(body: Buffer, headers: Readonly<Record<string, string>>): Answer {
  return { status: 200, headers, body }
}

export function html(status: number, title: string): Answer {
  const page = `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
  return text(status, page, HTML_TYPE)
}

export function detail(status: number, message: string): Answer {
  return json(status, { detail: message })
}

export function failure(status: number, message: string): Answer {
  return json(status, { error: message })
}

export const notFound = (): Answer => detail(404, 'Not found.')
export const noSuchPage = (): Answer => html(404, '404 Not Found')
export const forbidden = (): Answer =>
  detail(403, 'You do not have permission to perform this action.')
export const notAllowed = (method: string): Answer => detail(405, `Method "${method}" not allowed.`)
export const unsupported = (contentType: string): Answer =>
  detail(415, `Unsupported media type "${contentType}" in request.`)
