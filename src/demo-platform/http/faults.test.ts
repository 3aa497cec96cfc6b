import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { career, connect, type Reply } from '../testing/client'
import type { Fault } from './faults'

let platform: Platform
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const EDUCATION = career('education')
const STUDY = { institution_id: 57, start_date: '2022-10-01' }
const create = (): Promise<Reply> => connect(platform).send('POST', EDUCATION, STUDY)
const get = (signal?: AbortSignal): Promise<Reply> =>
  connect(platform).raw(EDUCATION, signal === undefined ? {} : { signal })
const count = (): number =>
  platform.read().career.education.filter(({ username }) => username === 'noor.haddad').length
const BEFORE = 4
const AFTER = 5

const arrange = (fault: Fault): void =>
  platform.faults.add({ match: { path: /\/education\// }, fault })

describe('a fault', () => {
  it.each<[Fault, number, number]>([
    [{ kind: 'status', status: 503 }, 503, BEFORE],
    [{ kind: 'status', status: 500, commit: true }, 500, AFTER],
    [{ kind: 'status', status: 200 }, 200, BEFORE],
    [{ kind: 'html', status: 200 }, 200, BEFORE],
    [{ kind: 'html', commit: true }, 502, AFTER],
    [{ kind: 'redirect', location: 'http://127.0.0.1:1/' }, 302, BEFORE],
    [{ kind: 'redirect', location: '/', status: 307 }, 307, BEFORE],
    [{ kind: 'wrong-type', contentType: 'text/html' }, 200, AFTER],
    [{ kind: 'encoded', encoding: 'br' }, 200, AFTER],
    [{ kind: 'byte-order-mark' }, 200, AFTER],
    [{ kind: 'delay', ms: 5 }, 200, AFTER],
    [{ kind: 'truncated-json' }, 200, AFTER],
    [{ kind: 'slow-body', chunkBytes: 300, pauseMs: 1 }, 200, AFTER],
    [{ kind: 'slow-headers', pauseMs: 0 }, 200, AFTER],
    [{ kind: 'slow-upload', pauseMs: 5 }, 200, AFTER],
    [{ kind: 'close-after' }, 200, AFTER],
  ])('%j answers a create with %i and leaves %i records', async (fault, status, records) => {
    arrange(fault)
    expect((await create()).status).toBe(status)
    expect(count()).toBe(records)
  })

  it.each<[Fault, number]>([
    [{ kind: 'reset-on-arrival' }, BEFORE],
    [{ kind: 'reset-before-commit' }, BEFORE],
    [{ kind: 'reset-during-upload', bytes: 10 }, BEFORE],
    [{ kind: 'reset-after-commit' }, AFTER],
    [{ kind: 'truncated-json', framing: 'declared' }, AFTER],
    [{ kind: 'truncated-json', framing: 'chunked' }, AFTER],
  ])('%j fails a create and leaves %i records', async (fault, records) => {
    arrange(fault)
    await expect(create()).rejects.toThrow()
    expect(count()).toBe(records)
  })

  it.each<[Fault, number]>([
    [{ kind: 'hang' }, BEFORE],
    [{ kind: 'hang', commit: true }, AFTER],
    [{ kind: 'stalled-upload', bytes: 10 }, BEFORE],
    [{ kind: 'slow-headers', pauseMs: 100 }, AFTER],
    [{ kind: 'stalled-body', bytes: 5 }, AFTER],
  ])('%j keeps a create waiting and leaves %i records', async (fault, records) => {
    arrange(fault)
    const patience = AbortSignal.timeout(150)
    const init = {
      method: 'POST',
      body: JSON.stringify(STUDY),
      headers: { 'content-type': 'application/json' },
      signal: patience,
    }
    await expect(connect(platform).raw(EDUCATION, init)).rejects.toThrow('timeout')
    expect(count()).toBe(records)
  })

  it('of the late kind carries the request out after the connection is gone', async () => {
    arrange({ kind: 'late-commit', ms: 30 })
    await expect(create()).rejects.toThrow()
    expect(count()).toBe(BEFORE)
    await expect.poll(count).toBe(AFTER)
  })

  it('sends the body and headers it was given', async () => {
    arrange({
      kind: 'status',
      status: 429,
      body: { detail: 'x' },
      headers: { 'retry-after': '13' },
    })
    const { headers, body } = await get()
    expect([headers.get('retry-after'), headers.get('content-type'), body]).toEqual([
      '13',
      'application/json',
      { detail: 'x' },
    ])
  })

  it('pours as much as asked for', async () => {
    arrange({ kind: 'huge-body', bytes: 3_000_000 })
    expect((await get()).text).toHaveLength(3_000_002)
  })

  it('encodes the real answer', async () => {
    arrange({ kind: 'encoded', encoding: 'gzip' })
    const { headers, body } = await get()
    expect(headers.get('content-encoding')).toBe('gzip')
    expect(body).toHaveLength(BEFORE)
  })

  it('hits as often as it is told, after as many as it is told to pass', async () => {
    platform.faults.add({
      match: { method: 'GET' },
      skip: 1,
      times: 2,
      fault: { kind: 'status', status: 503 },
    })
    const statuses: number[] = []
    for (let turn = 0; turn < 4; turn++) statuses.push((await get()).status)
    expect(statuses).toEqual([200, 503, 503, 200])
    expect(platform.faults.remaining()).toBe(0)
  })

  it('leaves other methods and paths alone', async () => {
    platform.faults.add({ match: { method: 'PUT' }, fault: { kind: 'status', status: 503 } })
    platform.faults.add({
      match: { path: /\/experience\// },
      fault: { kind: 'status', status: 503 },
    })
    expect((await create()).status).toBe(200)
    expect(platform.faults.remaining()).toBe(2)
    platform.faults.clear()
    expect(platform.faults.remaining()).toBe(0)
  })

  it('comes before the credential is looked at', async () => {
    arrange({ kind: 'status', status: 503 })
    expect((await connect(platform, 'wrong').get(EDUCATION)).status).toBe(503)
  })
})

describe('the request log', () => {
  it('keeps method, path, body and answer, and of the credential its scheme', async () => {
    await connect(platform).send('POST', `${EDUCATION}?x=1`, STUDY)
    const [entry] = platform.requests
    expect(entry).toMatchObject({
      method: 'POST',
      path: EDUCATION,
      query: '?x=1',
      body: STUDY,
      bodyLength: JSON.stringify(STUDY).length,
      listener: 'platform',
      fault: undefined,
    })
    expect(entry?.headers['authorization']).toBe('Api-Token [hidden]')
    await expect.poll(() => entry?.status).toBe(200)
    expect(JSON.stringify(platform.requests)).not.toContain(platform.token)
  })

  it('lists the parts of a form without the bytes of its files', async () => {
    await connect(platform).form('POST', '/lms/api/user/v1/accounts/noor.haddad/image', [
      ['user', 'noor.haddad'],
      ['file', Buffer.alloc(500, 7), 'me.png', 'image/png'],
    ])
    expect(platform.requests[0]?.parts).toEqual([
      {
        name: 'user',
        filename: undefined,
        contentType: 'text/plain',
        length: 11,
        value: 'noor.haddad',
      },
      { name: 'file', filename: 'me.png', contentType: 'image/png', length: 500, value: undefined },
    ])
  })

  it('names the fault and has no status for a cut connection', async () => {
    arrange({ kind: 'reset-after-commit' })
    await expect(create()).rejects.toThrow()
    expect(platform.requests[0]).toMatchObject({ fault: 'reset-after-commit', status: undefined })
  })

  it('forgets on request, and the oldest when it is full', async () => {
    await platform.close()
    platform = await startPlatform({ memories: 0, keepRequests: 2 })
    for (let turn = 0; turn < 3; turn++) await get()
    expect(platform.requests).toHaveLength(2)
    platform.forgetRequests()
    expect(platform.requests).toEqual([])
  })
})

describe('the connection', () => {
  it('is refused while disconnected and back on the same address afterwards', async () => {
    await platform.disconnect()
    await expect(get()).rejects.toThrow()
    await platform.reconnect()
    expect((await get()).status).toBe(200)
  })

  it('is cut for requests under way when the platform closes', async () => {
    arrange({ kind: 'hang' })
    const waiting = get()
    await expect.poll(() => platform.requests.length).toBe(1)
    await Promise.all([expect(waiting).rejects.toThrow(), platform.close()])
  })

  it('is a failure when the port is taken', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', () => resolve()))
    const address = blocker.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(startPlatform({ port, memories: 0 })).rejects.toThrow('EADDRINUSE')
    await new Promise((resolve) => blocker.close(resolve))
  })
})
