import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { cv, record, resumeProfile, route } from '../../../../tests/fakes/resume-profile'
import { wasIgnored } from '../../../shared/sync/plan'
import { resume } from '../../../shared/domain/sections/resume'

const { open, reopen, close, pull, only } = resumeProfile()
let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  ;({ server, profile } = await open())
})

afterEach(close)

const bytes = new TextEncoder().encode('%PDF-1.7 noor')

/** The content byte by byte at 40 ms each, so that sending it takes longer than the limit at any speed. */
async function* inDrops(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 1) {
    await wait(40)
    yield content.subarray(at, at + 1)
  }
}

async function upload(name = 'new.pdf') {
  const file = profile.spool.add(name, bytes)
  return profile.api.update(resume, await only(), { file }, profile.context)
}

const methods = () =>
  server.requests.map(({ method }) => method).filter((method) => method !== 'GET')
const partsOf = async (at: number) => {
  const request = server.requests.filter(({ method }) => method !== 'GET')[at]
  const type = request?.headers['content-type'] ?? ''
  return new Response(request && new Uint8Array(request.body), {
    headers: { 'content-type': type },
  }).formData()
}

describe('uploading a résumé', () => {
  it('D22: sends the parts by the names of the platform', async () => {
    server.on(`PUT ${route}`, { json: {} })
    valueOf(await upload())
    const parts = await partsOf(0)
    expect([...parts.keys()]).toEqual(['user', 'platform', 'resume', 'link_1', 'link_2'])
    expect(parts.get('user')).toBe('noor.haddad')
    expect(parts.get('platform')).toBe('northwind')
    expect(parts.get('link_2')).toBe('https://b.example')
    const sent = parts.get('resume')
    expect(sent).toMatchObject({ name: 'new.pdf', type: 'application/pdf' })
    expect(sent instanceof File && (await sent.text())).toBe('%PDF-1.7 noor')
  })

  it('announces its length', async () => {
    server.on(`PUT ${route}`, { json: {} })
    await upload()
    const [request] = server.to(`PUT ${route}`)
    expect(request?.headers['content-length']).toBe(String(request?.body.length))
    expect(request?.headers['transfer-encoding']).toBeUndefined()
  })

  it('D21: puts the first one where a server takes no POST', async () => {
    server.on(`GET ${route}`, { status: 404 })
    server.on(`POST ${route}`, { status: 405 })
    server.on(`PUT ${route}`, { status: 200 })
    valueOf(await upload())
    expect(methods()).toEqual(['POST', 'PUT'])
  })

  it('D21: posts the first one', async () => {
    server.on(`GET ${route}`, { status: 404 })
    server.on(`POST ${route}`, { status: 201 })
    valueOf(await upload())
    expect(methods()).toEqual(['POST'])
  })

  it('D21: puts a replacement', async () => {
    server.on(`PUT ${route}`, { status: 200 })
    valueOf(await upload())
    expect(methods()).toEqual(['PUT'])
  })

  it.each([404, 405])('D21: posts after a PUT answered %i', async (status) => {
    server.on(`PUT ${route}`, { status })
    server.on(`POST ${route}`, { status: 200 })
    valueOf(await upload())
    expect(methods()).toEqual(['PUT', 'POST'])
    expect((await partsOf(1)).get('resume')).toMatchObject({ name: 'new.pdf' })
  })

  it.each([400, 409])('D21: puts after a POST answered %i', async (status) => {
    server.on(`GET ${route}`, { json: {} })
    server.on(`POST ${route}`, { status, json: { error: 'already exists' } })
    server.on(`PUT ${route}`, { status: 200 })
    valueOf(await upload())
    expect(methods()).toEqual(['POST', 'PUT'])
  })

  it('D21: refused both ways is refused for the first reason, at the file', async () => {
    server.on(`GET ${route}`, { json: {} })
    server.on(`POST ${route}`, { status: 400, json: { resume: ['Only PDF is allowed.'] } })
    server.on(`PUT ${route}`, { status: 404 })
    expect(errorOf(await upload())).toMatchObject({
      kind: 'invalid',
      fields: { file: 'Only PDF is allowed.' },
    })
  })

  it.each([500, 502])('D21: %i is not tried the other way, it may have worked', async (status) => {
    server.on(`PUT ${route}`, { status })
    expect(errorOf(await upload()).kind).toBe('server')
    expect(methods()).toEqual(['PUT'])
  })

  it('says which of the other files have vanished', async () => {
    server.on(`PUT ${route}`, { status: 200 })
    await upload()
    server.on(`GET ${route}`, { json: { ...record, files: [cv] } })
    expect((await pull()).facts).toEqual({ vanished: ['maps.pdf'] })
  })

  it('recognises the file it has just sent, also under its old name', async () => {
    server.on(`PUT ${route}`, { status: 200 })
    const before = await only()
    await upload('noor-cv.pdf')
    const after = await only()
    expect(after.values.file).toMatchObject({ name: 'noor-cv.pdf', size: bytes.length })
    expect(after.values.file).not.toEqual(before.values.file)
  })

  it.each([
    [
      'under another name the server gave it',
      { name: 'resume.pdf', url: 'https://files.example/b' },
    ],
    ['of before', cv],
  ])('knows the file %s', async (name, file) => {
    server.on(`PUT ${route}`, { status: 200 })
    const before = await only()
    await upload()
    server.on(`GET ${route}`, { json: { ...record, files: [{ ...cv, ...file }] } })
    const seen = { before, after: await only() }
    const written = { name: 'new.pdf', size: bytes.length }
    expect(wasIgnored(resume, { file: written }, seen)).toBe(name === 'of before')
  })

  it('recognises the file of an upload whose answer was lost by its new name', async () => {
    server.on(`PUT ${route}`, { act: (request) => request.socket.destroy() })
    expect(errorOf(await upload())).toMatchObject({ kind: 'offline', reason: 'reset' })
    server.on(`GET ${route}`, { json: { ...record, files: [{ ...cv, name: 'new.pdf' }] } })
    expect((await only()).values.file).toMatchObject({ name: 'new.pdf', size: bytes.length })
  })

  it('reports its bytes up to the last', async () => {
    server.on(`PUT ${route}`, { status: 200 })
    await upload()
    const [last] = profile.progress.slice(-1)
    expect(last?.[0]).toBe(last?.[1])
    expect(last?.[1]).toBeGreaterThan(bytes.length)
  })

  it('E5: answered 413 before the end is too large for the platform', async () => {
    server.on(`PUT ${route}`, {
      act: (_request, response) => {
        response.writeHead(413, { 'content-type': 'text/html' })
        response.end('<h1>413 Request Entity Too Large</h1>')
      },
    })
    const file = profile.spool.add('big.pdf', new Uint8Array(8_000_000))
    const result = await profile.api.update(resume, await only(), { file }, profile.context)
    expect(errorOf(result)).toMatchObject({ kind: 'file', reason: 'too-large', status: 413 })
  })

  it('stops when it is cancelled', async () => {
    server.on(`PUT ${route}`, { act: (request) => void request.pause() })
    const abort = new AbortController()
    const file = profile.spool.add('big.pdf', new Uint8Array(30_000_000))
    const result = profile.api.update(
      resume,
      await only(),
      { file },
      {
        signal: abort.signal,
        onProgress: () => {
          abort.abort()
        },
      },
    )
    expect(errorOf(await result)).toEqual({ kind: 'cancelled' })
  })

  it('E12: a line on which nothing moves is a time-out', async () => {
    profile = await reopen({ parts: { timeouts: { uploadIdleMs: 400 } } })
    server.on(`PUT ${route}`, { act: (request) => void request.pause() })
    const file = profile.spool.add('big.pdf', new Uint8Array(30_000_000))
    const result = await profile.api.update(resume, await only(), { file }, profile.context)
    expect(errorOf(result).kind).toBe('timeout')
  })

  it('E12: may take longer than any limit while bytes move', async () => {
    profile = await reopen({ parts: { timeouts: { headersMs: 300 } } })
    server.on(`PUT ${route}`, { status: 200 })
    const file = profile.spool.add('slow.pdf', bytes)
    const { open } = profile.spool
    profile.spool.open = async (id) => {
      const content = await open(id)
      const stream = () => inDrops(bytes)
      return content.ok ? { ok: true, value: { ...content.value, stream } } : content
    }
    const start = performance.now()
    valueOf(await profile.api.update(resume, await only(), { file }, profile.context))
    expect(performance.now() - start).toBeGreaterThan(300)
  })

  it('cannot be a removal, which the platform does not know', async () => {
    const result = await profile.api.update(resume, await only(), { file: null }, profile.context)
    expect(errorOf(result).kind).toBe('refused-input')
    expect(methods()).toEqual([])
  })

  it('whose file has another length than announced sends nothing for done', async () => {
    server.on(`PUT ${route}`, { status: 200 })
    const file = profile.spool.add('cv.pdf', bytes)
    const { open } = profile.spool
    profile.spool.open = async (id) => {
      const content = await open(id)
      return content.ok ? { ok: true, value: { ...content.value, size: 5_000 } } : content
    }
    const result = await profile.api.update(resume, await only(), { file }, profile.context)
    expect(errorOf(result)).toEqual({ kind: 'file', reason: 'unreadable' })
  })
})
