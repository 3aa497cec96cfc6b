import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createHttpClient, type HttpClientParts } from '../../src/main/adapters/http/http-client'
import type { HttpClient } from '../../src/main/adapters/http/requests'
import type { ProfileScope, ResourceApi } from '../../src/main/adapters/http/resource-api'
import { createHttpSectionApi } from '../../src/main/adapters/http/section-api'
import type { FileValue } from '../../src/shared/domain/values'
import { originsOf } from '../../src/shared/domain/workspace'
import { err, ok } from '../../src/shared/result'
import type { Clock, Spool, WriteContext } from '../../src/shared/sync/ports'
import { startDeclaredServer, type DeclaredServer } from './declared-server'

export const sampleToken = 'f'.repeat(40)

/** A clock whose timers fire at once; it keeps what they were asked to wait. */
export function instantClock(now = 0): Clock & { readonly waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    after: (delayMs, callback) => {
      waits.push(delayMs)
      const timer = setImmediate(callback)
      return () => {
        clearImmediate(timer)
      }
    },
  }
}

export const realClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}

/** Files that wait to be sent, in memory. */
export class MemorySpool {
  readonly #files = new Map<string, Uint8Array>()

  add(name: string, bytes: Uint8Array, type = 'application/pdf'): FileValue {
    const spoolId = `spool-${this.#files.size}`
    this.#files.set(spoolId, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { name, size: bytes.length, type, spoolId, sha256 }
  }

  open: Spool['open'] = (spoolId) => {
    const bytes = this.#files.get(spoolId)
    return Promise.resolve(
      bytes
        ? ok({ size: bytes.length, stream: () => pieces(bytes) })
        : err({ kind: 'storage', reason: 'failed' } as const),
    )
  }
}

/** Hands out a file in pieces of a megabyte, larger ones than the disk's. */
export function pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const size = 1024 * 1024
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => at * size)
  return Readable.from(starts.map((start) => bytes.subarray(start, start + size)))
}

export interface HttpProfile {
  readonly client: HttpClient
  readonly api: ResourceApi
  readonly scope: ProfileScope
  readonly spool: MemorySpool
  readonly signal: AbortSignal
  readonly context: WriteContext
  /** Pairs of bytes sent and bytes in all, as reported. */
  readonly progress: (readonly [number, number])[]
}

export interface HttpProfileOptions {
  readonly org?: string
  readonly username?: string
  readonly token?: string
  readonly clock?: Clock
  readonly parts?: Partial<HttpClientParts>
}

/** The client under test, pointed at a server on loopback. */
export function openHttpProfile(origin: string, options: HttpProfileOptions = {}): HttpProfile {
  const { clock = realClock, token = sampleToken } = options
  const credential = { reveal: () => token }
  const client = createHttpClient({
    origins: originsOf(origin),
    credential: { lms: () => credential, dm: () => credential },
    clock,
    random: () => 0.5,
    ...options.parts,
  })
  const spool = new MemorySpool()
  const scope: ProfileScope = {
    client,
    org: options.org ?? 'northwind',
    username: options.username ?? 'noor.haddad',
    spool,
    clock,
  }
  const progress: (readonly [number, number])[] = []
  const { signal } = new AbortController()
  const onProgress = (sent: number, total: number) => void progress.push([sent, total])
  return {
    client,
    api: createHttpSectionApi(scope),
    scope,
    spool,
    signal,
    context: { signal, onProgress },
    progress,
  }
}

/** A server that answers what it is told to, and a client for it. To be closed together. */
export async function startDeclaredProfile(options?: HttpProfileOptions): Promise<{
  readonly server: DeclaredServer
  readonly profile: HttpProfile
  readonly close: () => Promise<void>
}> {
  const server = await startDeclaredServer()
  const profile = openHttpProfile(server.origin, options)
  const close = async () => {
    await profile.client.close()
    await server.close()
  }
  return { server, profile, close }
}

/** The value of a success; a failure fails the test with what it was. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`expected a success, got ${JSON.stringify(result.error)}`)
  return result.value
}

/** The error of a failure. */
export function errorOf<E>(result: { ok: true; value: unknown } | { ok: false; error: E }): E {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`)
  return result.error
}
