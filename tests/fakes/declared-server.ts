import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a declared server answers to one request. */
export interface DeclaredAnswer {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** Takes over the connection: hangs, cuts, drips. */
  readonly act?: (request: IncomingMessage, response: ServerResponse) => void
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The body as JSON; a bug in the test where it is none. */
  readonly json: () => unknown
}

export interface DeclaredServer {
  readonly origin: string
  readonly requests: RecordedRequest[]
  /** `GET /path` → its answers in order; the last one stays. Other routes answer 404. */
  readonly on: (route: string, ...answers: readonly DeclaredAnswer[]) => void
  /** Requests to a route so far. */
  readonly to: (route: string) => readonly RecordedRequest[]
  readonly close: () => Promise<void>
}

/** A real HTTP server on loopback whose answers are declared in the test. */
export async function startDeclaredServer(): Promise<DeclaredServer> {
  const declared = new Map<string, DeclaredAnswer[]>()
  const requests: RecordedRequest[] = []
  const server = createServer((request, response) => {
    void answerTo(request, response)
  })
  const answerTo = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://declared')
    const route = `${request.method ?? ''} ${url.pathname}`
    const answers = declared.get(route) ?? []
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer?.act) answer.act(request, response)
    const pieces: Buffer[] = []
    try {
      for await (const piece of request) {
        if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece))
      }
    } catch {
      return
    }
    const body = Buffer.concat(pieces)
    requests.push({
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body,
      json: () => JSON.parse(body.toString()) as unknown,
    })
    if (!answer?.act) send(response, answer ?? notFound)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    on: (route, ...answers) => {
      declared.set(route, [...answers])
    },
    to: (route) => requests.filter(({ method, path }) => `${method} ${path}` === route),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}

const notFound: DeclaredAnswer = { status: 404, json: { detail: 'Not found.' } }

function send(response: ServerResponse, answer: DeclaredAnswer): void {
  const hasJson = answer.json !== undefined
  const body = answer.bytes ?? answer.text ?? (hasJson ? JSON.stringify(answer.json) : '')
  const type = hasJson ? { 'content-type': 'application/json' } : {}
  response.writeHead(answer.status ?? 200, { ...type, ...answer.headers })
  response.end(body)
}
