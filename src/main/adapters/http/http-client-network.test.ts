import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientProfiles, read, route, write } from '../../../../tests/fakes/client-profiles'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, instantClock } from '../../../../tests/fakes/http-profile'
import { selfSigned } from '../../../../tests/fakes/self-signed'
import { isAmbiguous, isTemporary } from '../../../shared/errors'

const { start, openProfile, closeAll } = clientProfiles()
let server: DeclaredServer

beforeEach(async () => {
  server = await start()
})

afterEach(closeAll)

describe('the network', () => {
  it('E12: no answer for the limit is a time-out, and a read is not tried again', async () => {
    server.on(route, { act: () => undefined })
    const profile = openProfile({ parts: { timeouts: { headersMs: 300 } } })
    expect(errorOf(await read(profile)).kind).toBe('timeout')
  })

  it('E12: an answer that stops halfway is a time-out', async () => {
    server.on(route, {
      act: (_request, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{')
      },
    })
    const profile = openProfile({ parts: { timeouts: { bodyIdleMs: 300 } } })
    expect(errorOf(await read(profile)).kind).toBe('timeout')
  })

  it('E13: a connection cut after a write leaves open whether it was carried out', async () => {
    server.on('POST /dm/api/thing/', {
      act: (request) => {
        request.on('end', () => request.socket.destroy())
      },
    })
    const error = errorOf(await write(openProfile()))
    expect(error).toMatchObject({ kind: 'offline', reason: 'reset' })
    expect(isAmbiguous(error)).toBe(true)
    expect(server.to('POST /dm/api/thing/').length).toBeLessThanOrEqual(1)
  })

  it('E36: a host that is not there is told from one that refuses', async () => {
    const clock = instantClock()
    const unknown = openProfile({ clock }, 'http://nowhere.invalid')
    const error = errorOf(await read(unknown))
    expect(error).toMatchObject({ kind: 'offline', host: 'nowhere.invalid' })
    expect(error).toMatchObject({ reason: 'dns' })
    expect(isAmbiguous(error)).toBe(false)
  })

  it('E36: a refused connection cannot have carried anything out', async () => {
    const origin = server.origin
    await server.close()
    const error = errorOf(await write(openProfile({}, origin)))
    expect(error).toMatchObject({ kind: 'offline', reason: 'refused' })
    expect(isAmbiguous(error)).toBe(false)
    server = await start()
  })

  it('E36: a certificate nobody vouches for ends it before anything is sent', async () => {
    const received: Buffer[] = []
    const tls = createTlsServer(selfSigned, (socket) => {
      socket.on('data', (piece: Buffer) => received.push(piece))
    })
    tls.on('tlsClientError', () => undefined)
    const port = await portOf(tls)
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const error = errorOf(await write(openProfile({}, `https://127.0.0.1:${port}`)))
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    tls.close()
    expect(error).toMatchObject({ kind: 'offline', reason: 'tls' })
    expect(isTemporary(error)).toBe(false)
    expect(received).toEqual([])
  })

  it('E36: something that does not speak TLS is said as such', async () => {
    const origin = server.origin.replace('http:', 'https:')
    const error = errorOf(await write(openProfile({}, origin)))
    expect(error).toMatchObject({ kind: 'offline', reason: 'tls' })
  })

  it('E36: a TLS handshake that hangs counts as not connected', async () => {
    const silent = createServer(() => undefined)
    const port = await portOf(silent)
    const profile = openProfile(
      { parts: { timeouts: { connectMs: 300 } } },
      `https://127.0.0.1:${port}`,
    )
    expect(errorOf(await write(profile))).toMatchObject({ kind: 'offline', reason: 'refused' })
    await profile.client.close()
    silent.close()
  })

  it('E36: a host that does not speak HTTP is an unexpected answer', async () => {
    const odd = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('SSH-2.0-OpenSSH\r\n')
    })
    const port = await portOf(odd)
    const error = errorOf(await write(openProfile({}, `http://127.0.0.1:${port}`)))
    odd.close()
    expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'shape' })
  })
})

interface Listening {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}

async function portOf(listener: Listening): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return typeof address === 'object' && address && 'port' in address ? Number(address.port) : 0
}
