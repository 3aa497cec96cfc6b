import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../options'
import { type Platform, startPlatform } from '../platform'
import { connect, type FormPart, type Reply, RESUME } from '../testing/client'

let platform: Platform
const restart = async (options: PlatformOptions): Promise<void> => {
  await platform.close()
  platform = await startPlatform({ memories: 0, ...options })
}
beforeEach(async () => {
  platform = await startPlatform({ memories: 0 })
})
afterEach(() => platform.close())

const CONTENT = Buffer.from('%PDF-1.4\r\n--not a boundary\r\n\r\n%%EOF\n')
const CV: FormPart = ['resume', CONTENT, 'noor "new" cv.pdf', 'application/pdf']
const WHO: readonly FormPart[] = [
  ['user', 'noor.haddad'],
  ['platform', 'northwind'],
]
const upload = (method: string, parts: readonly FormPart[]): Promise<Reply> =>
  connect(platform).form(method, RESUME, parts)

interface File {
  readonly name: string
  readonly url: string
  readonly type: string
}

async function read(): Promise<{ readonly files: readonly File[]; readonly links: unknown }> {
  return Object((await connect(platform).get(RESUME)).body) as Awaited<ReturnType<typeof read>>
}

const download = async (url: string): Promise<Response> => fetch(new URL(url, platform.origin))

describe('the seeded résumé', () => {
  it('has a CV, a portfolio and a link', async () => {
    expect(await read()).toMatchObject({
      platform: 'northwind',
      files: [
        { name: 'resumes/48213/noor-haddad-cv.pdf', type: 'resume' },
        { name: 'maps.pdf', type: 'portfolio' },
      ],
      links: [{ url: 'https://noor.example' }],
    })
  })

  it.each([0, 1])('serves file %i as a PDF whose parts are where its table says', async (index) => {
    const file = (await read()).files[index]
    const answer = await download(file?.url ?? '')
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('last-modified')).toMatch(/2026 .* GMT$/)
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map((match) =>
      Number(match[1]),
    )
    expect(offsets.length).toBeGreaterThan(8)
    offsets.forEach((offset, id) => {
      expect(text.slice(offset, offset + 9)).toMatch(new RegExp(`^${String(id + 1)} 0 obj`))
    })
    expect(text).toContain('/Count 2')
  })
})

describe('reading when there is none', () => {
  it.each([
    ['404', 404, { detail: 'Not found.' }],
    ['object', 200, {}],
    ['array', 200, []],
    ['null', 200, null],
    ['empty', 200, undefined],
    ['files', 200, { id: 77, user: 48213, platform: 'northwind', files: [], links: [] }],
  ] as const)('answers in the way %s', async (resumeNone, status, body) => {
    await restart({ filled: false, resumeNone })
    const reply = await connect(platform).get(RESUME)
    expect([reply.status, reply.body]).toEqual([status, body])
  })
})

describe('uploading', () => {
  it('stores a first CV with its links and serves the same bytes back', async () => {
    await restart({ filled: false })
    const { status, body } = await upload('POST', [
      ...WHO,
      CV,
      ['link_1', 'https://a.example'],
      ['link_2', 'https://b.example'],
    ])
    expect(status).toBe(200)
    expect(body).toMatchObject({
      links: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
    })
    const [file] = (await read()).files
    expect(file).toMatchObject({ name: 'resumes/48213/noor "new" cv.pdf', type: 'resume' })
    const served = Buffer.from(await (await download(file?.url ?? '')).arrayBuffer())
    expect(served.equals(CONTENT)).toBe(true)
  })

  it.each([
    ['refuse', 400],
    ['conflict', 409],
    ['replace', 200],
  ] as const)('a second time with POST: %s', async (resumeAgain, status) => {
    await restart({ resumeAgain })
    const reply = await upload('POST', [...WHO, CV])
    expect(reply.status).toBe(status)
    if (status !== 200)
      expect(reply.body).toEqual({ error: 'A resume for this user already exists.' })
  })

  it('with PUT when there is none answers 404', async () => {
    await restart({ filled: false })
    expect((await upload('PUT', [...WHO, CV])).status).toBe(404)
  })

  it('with PUT replaces the CV, keeps extra files and drops links that were not sent', async () => {
    await upload('PUT', [...WHO, CV])
    const { files, links } = await read()
    expect(files.map(({ name }) => name)).toEqual(['resumes/48213/noor "new" cv.pdf', 'maps.pdf'])
    expect(links).toEqual([])
  })

  it('with PUT replaces everything on a server of that kind', async () => {
    await restart({ resumeKeeps: 'nothing' })
    await upload('PUT', [...WHO, CV])
    expect((await read()).files).toHaveLength(1)
  })

  it('with PUT of links alone keeps the files', async () => {
    await upload('PUT', [
      ...WHO,
      ['link_1', 'https://noor.example'],
      ['link_2', 'https://b.example'],
    ])
    const { files, links } = await read()
    expect(files).toHaveLength(2)
    expect(links).toHaveLength(2)
  })

  it('labels an additional file by the part named after it', async () => {
    const extra: FormPart = ['additional_files', Buffer.from('x'), 'poster.pdf', 'application/pdf']
    await upload('PUT', [...WHO, extra, ['file_type_poster.pdf', 'portfolio']])
    expect((await read()).files).toContainEqual(
      expect.objectContaining({ name: 'poster.pdf', type: 'portfolio' }),
    )
  })

  it('has no PUT on a server without one', async () => {
    await restart({ resumePut: false })
    expect((await upload('PUT', [...WHO, CV])).status).toBe(405)
  })

  it('answers with nothing on a server of that kind', async () => {
    await restart({ resumeAnswer: 'empty' })
    const { status, text } = await upload('PUT', [...WHO, CV])
    expect([status, text]).toEqual([200, ''])
  })

  it.each<[string, readonly FormPart[], string]>([
    ['no user', [['platform', 'northwind'], CV], 'user'],
    ['another user', [['user', 't.ibarra'], ['platform', 'northwind'], CV], 'user'],
    ['another platform', [['user', 'noor.haddad'], ['platform', 'main'], CV], 'platform'],
    ['a text in place of the file', [...WHO, ['resume', 'text']], 'resume'],
    ['an empty file', [...WHO, ['resume', Buffer.alloc(0), 'cv.pdf', 'application/pdf']], 'resume'],
  ])('refuses a form with %s', async (_what, parts, key) => {
    const { status, body } = await upload('PUT', parts)
    expect(status).toBe(400)
    expect(body).toHaveProperty(key)
  })

  it('refuses JSON with 415 and broken multipart with 400', async () => {
    expect((await connect(platform).send('PUT', RESUME, {})).status).toBe(415)
    const { status, body } = await connect(platform).send(
      'PUT',
      RESUME,
      '--x\r\n',
      'multipart/form-data; boundary=x',
    )
    expect([status, body]).toEqual([400, { detail: 'Multipart form parse error' }])
  })

  it.each([
    ['of exactly the largest size', 0, 200],
    ['one byte over it', 1, 413],
    ['far over it', 2_000_000, 413],
  ])('takes or refuses a file %s', async (_what, extra, status) => {
    const maxResumeBytes = 50_000
    await restart({ maxResumeBytes })
    const content = Buffer.alloc(maxResumeBytes + extra, 'x')
    const reply = await upload('PUT', [...WHO, ['resume', content, 'cv.pdf', 'application/pdf']])
    expect(reply.status).toBe(status)
    if (status === 413) expect(reply.headers.get('content-type')).toContain('text/html')
  })
})

describe('file addresses', () => {
  it('stop working when they expire, and a new answer brings fresh ones', async () => {
    let now = 1_800_000_000_000
    await restart({ now: () => now, fileUrlMs: 1000 })
    const [old] = (await read()).files
    now += 2000
    expect((await download(old?.url ?? '')).status).toBe(403)
    const [fresh] = (await read()).files
    expect((await download(fresh?.url ?? '')).status).toBe(200)
  })

  it('do not work with a changed signature', async () => {
    const [file] = (await read()).files
    expect((await download(`${file?.url ?? ''}0`)).status).toBe(403)
  })

  it('answer HEAD with the length and no body', async () => {
    const [file] = (await read()).files
    const answer = await fetch(file?.url ?? '', { method: 'HEAD' })
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(300_000)
  })

  it('are relative on a server of that kind', async () => {
    await restart({ files: 'relative' })
    const [file] = (await read()).files
    expect(file?.url).toMatch(/^\/media\//)
    expect((await download(file?.url ?? '')).status).toBe(200)
  })

  it('lead to another origin on a server of that kind, which logs who asked with what', async () => {
    await restart({ files: 'other-origin' })
    const [file] = (await read()).files
    expect(new URL(file?.url ?? '').origin).not.toBe(platform.origin)
    expect((await download(file?.url ?? '')).status).toBe(200)
    const asked = platform.requests.filter(({ listener }) => listener === 'files')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
  })
})
