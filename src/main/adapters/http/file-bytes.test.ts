import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Agent } from 'undici'
import { afterEach, expect, it } from 'vitest'
import { openHttpProfile, valueOf } from '../../../../tests/fakes/http-profile'
import { selfSigned } from '../../../../tests/fakes/self-signed'
import { pieces } from '../disk/pieces'
import type { MakeAgent } from './exchange'
import { path } from './path'

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Reads in fits and starts, so that the sender has to wait with pieces half sent. */
async function readSlowly(request: IncomingMessage): Promise<Buffer> {
  const read: Buffer[] = []
  for await (const piece of request) {
    if (piece instanceof Uint8Array) read.push(Buffer.from(piece))
    if (read.length % 8 === 0) await wait(1)
  }
  return Buffer.concat(read)
}

async function aSlowServer(scheme: 'http' | 'https') {
  const received: Buffer[] = []
  const answer: RequestListener = (request, response) => {
    void readSlowly(request).then((body) => {
      received.push(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }
  const server = scheme === 'http' ? createServer(answer) : createTlsServer(selfSigned, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  return { origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

it.each(['http', 'https'] as const)(
  'a file arrives byte for byte over %s, though its memory is used again',
  async (scheme) => {
    const folder = await mkdtemp(join(tmpdir(), 'iblai-file-bytes-'))
    ends.push(() => rm(folder, { recursive: true }))
    const bytes = randomBytes(6 * 1024 * 1024 + 4_321)
    const file = join(folder, 'cv.pdf')
    await writeFile(file, bytes)
    const { origin, received } = await aSlowServer(scheme)
    const agent: MakeAgent = (options) =>
      new Agent({ ...options, connect: { ca: selfSigned.cert } })
    const { client, signal } = openHttpProfile(origin, { parts: { agent } })
    ends.push(() => client.close())
    const part = {
      kind: 'file',
      name: 'resume',
      filename: 'cv.pdf',
      type: 'application/pdf',
      size: bytes.length,
      stream: () => pieces(file),
    } as const
    const body = { kind: 'form', parts: [part] } as const
    valueOf(
      await client.write({ service: 'dm', method: 'PUT', path: path`/api/file/`, body, signal }),
    )
    const at = received[0]?.indexOf('\r\n\r\n') ?? 0
    expect(received[0]?.subarray(at + 4, at + 4 + bytes.length).equals(bytes)).toBe(true)
  },
)
