import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, readdir, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countedIds } from '../../../../tests/fakes/main-clock'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import type { SpoolLimits } from '../../../shared/sync/ports'
import { createSpool, type SpoolFolder } from './spool'

const mebibyte = 1024 * 1024
const pdf: SpoolLimits = { maxBytes: 25 * mebibyte, accept: 'pdf' }
const image: SpoolLimits = { maxBytes: mebibyte, accept: 'image' }

const pdfBytes = (size: number): Buffer => {
  const bytes = Buffer.alloc(size, 0x20)
  bytes.write('%PDF-1.7')
  return bytes
}

interface Place {
  readonly spool: SpoolFolder
  /** The spool's own folder. */
  readonly folder: string
  readonly at: (name: string) => string
}

async function aPlace(): Promise<Place> {
  const home = await freshFolder()
  const folder = join(home, 'spool')
  return { spool: createSpool(folder, countedIds()), folder, at: (name) => join(home, name) }
}

async function aCopy({ spool, at }: Place, name = 'cv.pdf'): Promise<string> {
  await writeFile(at(name), pdfBytes(2_000))
  const kept = await spool.addFile(at(name), pdf)
  if (!kept.ok) throw new Error(JSON.stringify(kept.error))
  return kept.value.spoolId
}

describe('spool', () => {
  it('copies a PDF privately and tells what it is', async () => {
    const place = await aPlace()
    const spoolId = await aCopy(place)
    const opened = await place.spool.open(spoolId)
    const pieces: Uint8Array[] = []
    if (opened.ok) for await (const piece of opened.value.stream()) pieces.push(piece)
    expect(Buffer.concat(pieces)).toEqual(pdfBytes(2_000))
    expect((await stat(place.folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(place.folder, spoolId))).mode & 0o777).toBe(0o600)
  })

  it('takes exactly the limit', async () => {
    const { spool, at } = await aPlace()
    await writeFile(at('cv.pdf'), pdfBytes(25 * mebibyte))
    expect(await spool.addFile(at('cv.pdf'), pdf)).toMatchObject({
      ok: true,
      value: { size: 25 * mebibyte, type: 'application/pdf', name: 'cv.pdf' },
    })
  })

  it('refuses one byte more', async () => {
    const { spool, at } = await aPlace()
    await writeFile(at('cv.pdf'), pdfBytes(25 * mebibyte + 1))
    expect(await spool.addFile(at('cv.pdf'), pdf)).toEqual(refusal('too-large'))
  })

  it.each<readonly [string, (path: string) => Promise<unknown>, object]>([
    ['a file that is not there', () => Promise.resolve(), refusal('not-found')],
    ['a folder', (path) => mkdir(path), refusal('not-a-file', 'a folder')],
    ['an empty file', (path) => writeFile(path, ''), refusal('empty')],
    [
      'a link, even to a PDF',
      async (path) => {
        await writeFile(`${path}.target`, pdfBytes(100))
        await symlink(`${path}.target`, path)
      },
      refusal('not-a-file', 'a link to another file'),
    ],
    [
      'a named pipe, without waiting for its other end',
      (path) => Promise.resolve(execFileSync('mkfifo', [path])),
      refusal('not-a-file', 'not a file of its own'),
    ],
    ['a socket', socketAt, refusal('not-a-file', 'not a file of its own')],
    [
      'a sparse file of 20 GB',
      async (path) => {
        await writeFile(path, pdfBytes(100))
        await truncate(path, 20_000_000_000)
      },
      refusal('too-large'),
    ],
    [
      'a PNG named .pdf',
      (path) => writeFile(path, Buffer.from('89504e470d0a1a0a', 'hex')),
      refusal('not-pdf', 'a PNG picture'),
    ],
    ['a web page', (path) => writeFile(path, '<html>%PDF-1.4'), refusal('not-pdf', 'a web page')],
    ['a program', (path) => writeFile(path, 'MZ.. %PDF-'), refusal('not-pdf', 'a Windows program')],
    ['plain text', (path) => writeFile(path, 'my life'), refusal('not-pdf', 'plain text')],
  ])('refuses %s', async (_name, make, expected) => {
    const { spool, at, folder } = await aPlace()
    await make(at('cv.pdf'))
    expect(await spool.addFile(at('cv.pdf'), pdf)).toEqual(expected)
    expect(await readdir(folder).catch(() => [])).toEqual([])
  })

  it.each(['/dev/zero', '/dev/random', '/dev/null'])('refuses %s', async (device) => {
    const { spool } = await aPlace()
    expect(await spool.addFile(device, pdf)).toEqual(refusal('not-a-file', 'not a file of its own'))
  })

  it('refuses a path through a file', async () => {
    const { spool, at } = await aPlace()
    await writeFile(at('cv.pdf'), pdfBytes(100))
    expect(await spool.addFile(join(at('cv.pdf'), 'x'), pdf)).toEqual(refusal('not-found'))
  })

  it('refuses a file that grows while it is copied', async () => {
    const { spool, at, folder } = await aPlace()
    await writeFile(at('cv.pdf'), pdfBytes(20 * mebibyte))
    const adding = spool.addFile(at('cv.pdf'), pdf)
    while ((await readdir(folder).catch(() => [])).length === 0) await stat(at('cv.pdf'))
    await appendFile(at('cv.pdf'), 'more')
    expect(await adding).toEqual(refusal('unreadable'))
    expect(await readdir(folder)).toEqual([])
  })

  it('takes bytes where the system gives no path', async () => {
    const { spool } = await aPlace()
    const jpeg = Buffer.from('ffd8ffe000', 'hex')
    expect(await spool.addBytes('../me.jpg', jpeg, image)).toMatchObject({
      ok: true,
      value: { name: 'me.jpg', type: 'image/jpeg', size: 5 },
    })
    expect(await spool.addBytes('me.jpg', Buffer.from('<svg/>'), image)).toEqual(
      refusal('not-image', 'a web page'),
    )
  })

  it('says when the disk takes no copy', async () => {
    const { spool, at, folder } = await aPlace()
    await writeFile(folder, 'a file in the way')
    await writeFile(at('cv.pdf'), pdfBytes(100))
    const answer = await spool.addFile(at('cv.pdf'), pdf)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'storage' } })
  })

  it('begins no copy for which the disk has no room beside what is typed', async () => {
    const { folder, at } = await aPlace()
    await writeFile(at('cv.pdf'), pdfBytes(2 * mebibyte))
    const withRoom = (free: number) =>
      createSpool(folder, countedIds(), () => Promise.resolve(free))
    expect(await withRoom(9 * mebibyte).addFile(at('cv.pdf'), pdf)).toEqual({
      ok: false,
      error: { kind: 'storage', reason: 'full' },
    })
    expect(await readdir(folder)).toEqual([])
    expect((await withRoom(10 * mebibyte).addFile(at('cv.pdf'), pdf)).ok).toBe(true)
  })

  it('says when a copy is gone', async () => {
    const { spool } = await aPlace()
    expect(await spool.open('id-9')).toEqual(refusal('not-found'))
  })

  it('never leaves its folder', async () => {
    const place = await aPlace()
    await writeFile(place.at('journal'), 'secret')
    await aCopy(place)
    for (const id of ['../journal', '..', '.', '', 'a/b', '/etc/passwd']) {
      expect(await place.spool.read(id), id).toBeUndefined()
      await place.spool.remove(id)
    }
    expect(await stat(place.at('journal'))).toBeTruthy()
  })
})

describe('sweeping the spool', () => {
  it('deletes what no edit names any more', async () => {
    const place = await aPlace()
    const old = await aCopy(place)
    const wanted = await aCopy(place)
    await place.spool.sweep(new Set([old, wanted]))
    await place.spool.sweep(new Set([wanted]))
    expect(await readdir(place.folder)).toEqual([wanted])
  })

  it('leaves a copy whose edit is still being made', async () => {
    const place = await aPlace()
    const fresh = await aCopy(place)
    await place.spool.sweep(new Set())
    expect(await readdir(place.folder)).toEqual([fresh])
  })

  it('leaves a copy that is being made', async () => {
    const place = await aPlace()
    await writeFile(place.at('cv.pdf'), pdfBytes(20 * mebibyte))
    const adding = place.spool.addFile(place.at('cv.pdf'), pdf)
    while ((await readdir(place.folder).catch(() => [])).length === 0)
      await stat(place.at('cv.pdf'))
    await place.spool.sweep(new Set())
    expect(await adding).toMatchObject({ ok: true })
  })

  it('deletes what an earlier run left behind', async () => {
    const place = await aPlace()
    await mkdir(place.folder)
    await writeFile(join(place.folder, 'old-1'), '')
    await writeFile(join(place.folder, 'old-2.part'), '')
    await place.spool.sweep(new Set(['old-1']))
    expect(await readdir(place.folder)).toEqual(['old-1'])
  })
})

function refusal(reason: string, found?: string) {
  return { ok: false, error: { kind: 'file', reason, ...(found !== undefined && { found }) } }
}

async function socketAt(path: string): Promise<void> {
  const server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(path, resolve))
}
