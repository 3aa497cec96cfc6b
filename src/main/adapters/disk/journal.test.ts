import { open, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aDraft, aMutationRecord } from '../../../../tests/fakes/main-records'
import { asMutationId } from '../../../shared/domain/ids'
import type { JournalRecord } from '../../../shared/sync/ports'
import {
  type File,
  idsIn,
  opened,
  threeRecords,
  written,
} from '../../../../tests/fakes/journal-file'

function counting(file: File, onFlush: () => void): File {
  return {
    stat: () => file.stat(),
    write: (bytes: Buffer, offset: number) => file.write(bytes, offset),
    datasync: () => {
      onFlush()
      return file.datasync()
    },
    truncate: (length) => file.truncate(length),
    close: () => file.close(),
  }
}

describe('journal', () => {
  it('gives back what was appended, in order', async () => {
    const path = join(await freshFolder(), 'w', 'journal')
    await written(path, threeRecords)
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('keeps its file and folder to the person', async () => {
    const folder = join(await freshFolder(), 'w')
    await written(join(folder, 'journal'), threeRecords)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'journal'))).mode & 0o777).toBe(0o600)
  })

  it('writes nothing by being opened', async () => {
    const folder = await freshFolder()
    const { journal, wasDamaged } = await opened(join(folder, 'journal'))
    await journal.close()
    expect([wasDamaged, await readdir(folder)]).toEqual([false, []])
  })

  it('acknowledges overlapping calls with one flush', async () => {
    let flushes = 0
    const path = join(await freshFolder(), 'journal')
    const { journal } = await opened(path, {
      open: async (name) => {
        const file = await open(name, 'a', 0o600)
        return counting(file, () => (flushes += 1))
      },
    })
    await Promise.all(threeRecords.map((record) => journal.append([record])))
    await journal.close()
    expect([flushes, await idsIn(path)]).toEqual([1, ['a', 'b', 'c']])
  })

  it('appends behind what it found', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, threeRecords)
    await written(path, [aMutationRecord('d')])
    expect(await idsIn(path)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('forgets what was taken back', async () => {
    const path = join(await freshFolder(), 'journal')
    const gone: JournalRecord = { type: 'mutation-gone', id: asMutationId('b') }
    await written(path, [...threeRecords, gone])
    expect(await idsIn(path)).toEqual(['a', 'c'])
  })

  it('takes records that belong together whole, or damaged as a whole', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'journal')
    const gone: JournalRecord = { type: 'mutation-gone', id: asMutationId('b') }
    const bytes = await written(path, [
      ...threeRecords,
      { type: 'together', records: [gone, aMutationRecord('d')] },
    ])
    expect(await idsIn(path)).toEqual(['a', 'c', 'd'])
    const torn = join(folder, 'torn')
    await writeFile(torn, bytes.subarray(0, bytes.length - 1))
    expect(await idsIn(torn)).toEqual(['a', 'b', 'c'])
  })

  it('refuses a record that reading would take for damage', async () => {
    const path = join(await freshFolder(), 'journal')
    const { journal } = await opened(path)
    const huge = aDraft({ values: { bio: 'x'.repeat(17 * 1024 * 1024) } })
    const answer = await journal.append([{ type: 'draft', draft: huge }])
    await journal.append(threeRecords)
    await journal.close()
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'failed' } })
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('writes one by one what is too much for one record', async () => {
    const path = join(await freshFolder(), 'journal')
    const long = aDraft({ values: { bio: 'x'.repeat(9 * 1024 * 1024) } })
    const records: readonly JournalRecord[] = [
      { type: 'draft', draft: long },
      { type: 'draft', draft: long },
      ...threeRecords,
    ]
    await written(path, [{ type: 'together', records }])
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('stays small however often a draft is written', async () => {
    const path = join(await freshFolder(), 'journal')
    const { journal } = await opened(path)
    await journal.append(threeRecords)
    for (let round = 0; round < 60; round += 1) {
      const draft = aDraft({ values: { bio: `${round} ${'x'.repeat(20_000)}` } })
      await journal.append([{ type: 'draft', draft }])
    }
    await journal.append([aMutationRecord('late')])
    await journal.close()
    expect((await stat(path)).size).toBeLessThan(400_000)
    expect(await idsIn(path)).toEqual(['a', 'b', 'c', 'late'])
  })

  it('shortens a long journal when it is opened', async () => {
    const path = join(await freshFolder(), 'journal')
    const bytes = await written(path, threeRecords)
    await writeFile(path, Buffer.concat(Array.from({ length: 800 }, () => bytes)))
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
    expect((await stat(path)).size).toBe(bytes.length)
  })
})
