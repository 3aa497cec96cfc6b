import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countedIds, ManualClock } from '../../../../tests/fakes/main-clock'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aMutationRecord, aSnapshot } from '../../../../tests/fakes/main-records'
import { asWorkspaceId } from '../../../shared/domain/ids'
import { createWorkspaceFolders } from './workspace-folders'

const id = asWorkspaceId('w-1')
const cancelled = { ok: false, error: { kind: 'cancelled' } }

async function folders() {
  const root = join(await freshFolder(), 'workspaces')
  return { root, ...createWorkspaceFolders(root, { clock: new ManualClock(), ids: countedIds() }) }
}

type Folders = Awaited<ReturnType<typeof folders>>

async function opened({ open }: Pick<Folders, 'open'>) {
  const result = await open(id)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('workspace folders', () => {
  it('gives back queue and copies after they were closed', async () => {
    const place = await folders()
    const first = await opened(place)
    await first.store.append([aMutationRecord('a')])
    await first.store.saveSnapshot(aSnapshot())
    await first.close()
    const { saved, wasDamaged } = await opened(place)
    expect([saved.outbox.length, saved.snapshots.size, wasDamaged]).toEqual([1, 1, false])
  })

  it('lets one open a workspace at a time', async () => {
    const place = await folders()
    const first = await opened(place)
    expect((await place.open(id)).ok).toBe(false)
    await first.close()
    expect((await place.open(id)).ok).toBe(true)
  })

  it('takes nothing once it is closed, so that a late answer reaches no later workspace', async () => {
    const place = await folders()
    const files = await opened(place)
    await files.close()
    await place.erase(id)
    expect(await files.store.append([aMutationRecord('late')])).toEqual(cancelled)
    expect(await files.store.saveSnapshot(aSnapshot())).toEqual(cancelled)
    expect(await files.photo.save({ url: 'u', bytes: Buffer.of(1) })).toEqual(cancelled)
    const limits = { maxBytes: 10, accept: 'pdf' } as const
    expect(await files.spool.addBytes('cv.pdf', Buffer.from('%PDF-'), limits)).toEqual(cancelled)
    expect(await readdir(place.root)).toEqual([])
  })

  it('closes after what is being written', async () => {
    const place = await folders()
    const files = await opened(place)
    const writing = files.store.saveSnapshot(aSnapshot())
    const appending = files.store.append([aMutationRecord('a')])
    await files.close()
    expect([(await writing).ok, (await appending).ok]).toEqual([true, true])
    expect((await opened(place)).saved.outbox).toHaveLength(1)
  })

  it('erases everything', async () => {
    const place = await folders()
    const files = await opened(place)
    await files.store.append([aMutationRecord('a')])
    await files.photo.save({ url: 'u', bytes: Buffer.of(1) })
    await files.close()
    expect(await place.erase(id)).toEqual({ ok: true })
    expect(await readdir(place.root)).toEqual([])
  })

  it('is for the person alone', async () => {
    const place = await folders()
    await opened(place)
    expect((await stat(join(place.root, id))).mode & 0o777).toBe(0o700)
  })

  it('opens with defaults where the folder cannot be made, and says so at the first edit', async () => {
    const place = await folders()
    await writeFile(place.root, 'a file in the way')
    await expect(place.open(id)).resolves.toMatchObject({ ok: false, error: { kind: 'storage' } })
    await rm(place.root)
    expect((await place.open(id)).ok).toBe(true)
  })

  it('says when the queue cannot be read, and changes nothing', async () => {
    const place = await folders()
    await mkdir(join(place.root, id, 'journal'), { recursive: true })
    expect(await place.open(id)).toMatchObject({ ok: false, error: { kind: 'storage' } })
    expect(await readdir(join(place.root, id))).toEqual(['journal'])
  })

  it.skipIf(process.getuid?.() === 0)('opens a read-only folder for reading', async () => {
    const place = await folders()
    const files = await opened(place)
    await files.store.append([aMutationRecord('a')])
    await files.close()
    await chmod(join(place.root, id, 'journal'), 0o400)
    const readOnly = await opened(place)
    const answer = await readOnly.store.append([aMutationRecord('b')])
    expect(readOnly.saved.outbox).toHaveLength(1)
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'denied' } })
  })
})

describe('kept photo', () => {
  it('remembers the address it came from', async () => {
    const place = await folders()
    const files = await opened(place)
    const picture = { url: 'https://example.org/a.jpg?v=2', bytes: Buffer.of(10, 0xff, 0xd8, 10) }
    expect(files.photo.url).toBeUndefined()
    await files.photo.save(picture)
    await files.close()
    const { photo } = await opened(place)
    expect(photo.url).toBe(picture.url)
    expect(await photo.read()).toEqual(picture.bytes)
  })

  it('is none where there is none', async () => {
    const { photo } = await opened(await folders())
    expect([photo.url, await photo.read()]).toEqual([undefined, undefined])
  })
})
