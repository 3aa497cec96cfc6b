import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aDraft, aHistoryRecord, aMutationRecord } from '../../../../tests/fakes/main-records'
import { asItemId, asMutationId } from '../../../shared/domain/ids'
import type { JournalRecord } from '../../../shared/sync/ports'
import { aPause } from '../../../shared/sync/testing/made'
import { encodeFrame } from './frames'
import { idsIn, opened, threeRecords, written } from '../../../../tests/fakes/journal-file'

function frameOf(record: JournalRecord): Buffer {
  const frame = encodeFrame(record)
  if (!frame) throw new Error('too large')
  return frame
}

const olderJournal = [
  'xgAAALyk33d7InR5cGUiOiJtdXRhdGlvbiIsIm11dGF0aW9uIjp7ImlkIjoiYSIsInNlY3Rpb24iOiJiYXNpYyIs',
  'Iml0ZW0iOiJzZWxmIiwib3AiOiJ1cGRhdGUiLCJwYXRjaCI6eyJiaW8iOiJuZXcifSwiYmFzZSI6eyJiaW8iOiJv',
  'bGQifSwidGl0bGUiOiJCYXNpYyIsImVkaXRlZEF0IjoxLCJhdHRlbXB0cyI6MCwic3RhdGUiOnsia2luZCI6InF1',
  'ZXVlZCJ9fX0vAAAA/7rSiHsidHlwZSI6ImFsaWFzIiwibG9jYWwiOiJsb2NhbDoxIiwic2VydmVyIjoiNyJ9YAAA',
  'ACkHAb17InR5cGUiOiJkcmFmdCIsImRyYWZ0Ijp7InNlY3Rpb24iOiJiYXNpYyIsIml0ZW0iOiJzZWxmIiwidmFs',
  'dWVzIjp7ImJpbyI6InR5cGluZyJ9LCJzYXZlZEF0IjoxfX0=',
].join('')

describe('the history in a journal', () => {
  const historyIn = async (path: string): Promise<readonly string[]> => {
    const { records, journal } = await opened(path)
    await journal.close()
    return records.flatMap((record) => (record.type === 'history' ? [record.entry.id] : []))
  }
  const secret = { before: { bio: 'a secret of old' } }

  it('is there again in its order, also after the journal was written anew', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, [aHistoryRecord('1'), ...threeRecords, aHistoryRecord('2')])
    expect(await historyIn(path)).toEqual(['1', '2'])
    const { journal } = await opened(path)
    for (let round = 0; round < 30; round += 1) {
      const draft = aDraft({ values: { bio: `${round} ${'x'.repeat(20_000)}` } })
      await journal.append([{ type: 'draft', draft }])
    }
    await journal.close()
    expect((await stat(path)).size).toBeLessThan(400_000)
    expect([await historyIn(path), await idsIn(path)]).toEqual([
      ['1', '2'],
      ['a', 'b', 'c'],
    ])
  })

  it('leaves the disk at once when its values are to be erased', async () => {
    const path = join(await freshFolder(), 'journal')
    const erased: JournalRecord = { type: 'history-gone', ids: ['1'], isErased: true }
    const bytes = await written(path, [aHistoryRecord('1', secret), ...threeRecords, erased])
    expect(bytes.toString()).not.toContain('a secret of old')
    expect([await historyIn(path), await idsIn(path)]).toEqual([[], ['a', 'b', 'c']])
  })

  it('leaves the disk at the next start when the app ended in between', async () => {
    const path = join(await freshFolder(), 'journal')
    const bytes = await written(path, [aHistoryRecord('1', secret), ...threeRecords])
    const other = join(await freshFolder(), 'journal')
    const gone: JournalRecord = { type: 'history-gone', ids: ['1'] }
    const eraser = frameOf({ ...gone, isErased: true })
    await writeFile(path, Buffer.concat([bytes, eraser]))
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
    expect((await readFile(path)).toString()).not.toContain('a secret of old')
    await written(other, [aHistoryRecord('1', secret), gone])
    expect(await historyIn(other)).toEqual([])
  })

  it('is not written anew at each start for being long', async () => {
    const path = join(await freshFolder(), 'journal')
    const long = { before: { bio: 'x'.repeat(100_000) } }
    await written(
      path,
      ['1', '2', '3', '4'].map((id) => aHistoryRecord(id, long)),
    )
    const before = (await stat(path)).ino
    expect(await historyIn(path)).toEqual(['1', '2', '3', '4'])
    await written(path, [aMutationRecord('d')])
    expect((await stat(path)).ino).toBe(before)
  })
})

describe('a journal of an earlier version', () => {
  it('opens, without a history', async () => {
    const path = join(await freshFolder(), 'journal')
    // Written by the version before there was a history.
    await writeFile(path, Buffer.from(olderJournal, 'base64'))
    const { records, wasDamaged, journal } = await opened(path)
    await journal.close()
    expect(wasDamaged).toBe(false)
    expect(records.map(({ type }) => type)).toEqual(['alias', 'mutation', 'draft'])
  })
})

it('gives back values of the server’s that are longer than any a person may type', async () => {
  const long = { bio: 'x'.repeat(300_000), languages: ['y'.repeat(5_000)] }
  const path = join(await freshFolder(), 'journal')
  await written(path, [aMutationRecord('a', { base: long, lastSeen: long })])
  const { records, journal } = await opened(path)
  await journal.close()
  expect(records).toEqual([aMutationRecord('a', { base: long, lastSeen: long })])
})

describe('a pause in a journal', () => {
  const pause: JournalRecord = {
    type: 'pause',
    pause: aPause({ id: asMutationId('a') }),
  }

  it('is there with the edit that it began with, or not at all, wherever the end is torn', async () => {
    const folder = await freshFolder()
    const together: JournalRecord = { type: 'together', records: [aMutationRecord('a'), pause] }
    const bytes = await written(join(folder, 'journal'), [together])
    const cuts = Array.from({ length: bytes.length }, (_, cut) => cut).filter((cut) => cut % 29 < 1)
    for (const cut of [...cuts, bytes.length - 1, bytes.length]) {
      const path = join(folder, `cut-${cut}`)
      await writeFile(path, bytes.subarray(0, cut))
      const { records, journal } = await opened(path)
      await journal.close()
      const isWhole = cut === bytes.length
      expect(records, `cut at ${cut}`).toEqual(isWhole ? [aMutationRecord('a'), pause] : [])
    }
  })

  it('is gone once it is over', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, [...threeRecords, pause, { type: 'pause-over' }])
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
    const { records, journal } = await opened(path)
    await journal.close()
    expect(records).toHaveLength(3)
  })
})

describe('replayed journal', () => {
  it('keeps drafts and the ids that the platform has given', async () => {
    const path = join(await freshFolder(), 'journal')
    const alias = { type: 'alias', local: asItemId('local:1'), server: asItemId('17') } as const
    await written(path, [{ type: 'draft', draft: aDraft() }, alias])
    const { records, journal } = await opened(path)
    await journal.close()
    expect(records).toEqual([alias, { type: 'draft', draft: aDraft() }])
  })
})
