import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aDraft, aHistoryRecord, aMutationRecord } from '../../../../tests/fakes/main-records'
import { asItemId, asMutationId } from '../../../shared/domain/ids'
import type { JournalRecord } from '../../../shared/sync/ports'
import { aPause } from '../../../shared/sync/testing/made'
import { encodeFrame } from './frames'
import { openJournal, type JournalDisk } from './journal'

const now = 1_000

async function opened(path: string, disk?: JournalDisk) {
  const result = await openJournal(path, now, disk)
  if (!result.ok) throw new Error(`not opened: ${JSON.stringify(result.error)}`)
  return result.value
}

/** A journal with these records, closed again. */
async function written(path: string, records: readonly JournalRecord[]): Promise<Buffer> {
  const { journal } = await opened(path)
  for (const record of records) expect(await journal.append([record])).toEqual({ ok: true })
  await journal.close()
  return readFile(path)
}

async function idsIn(path: string): Promise<readonly string[]> {
  const { records, journal } = await opened(path)
  await journal.close()
  return records.flatMap((record) => (record.type === 'mutation' ? [record.mutation.id] : []))
}

function frameOf(record: JournalRecord): Buffer {
  const frame = encodeFrame(record)
  if (!frame) throw new Error('too large')
  return frame
}

const three = ['a', 'b', 'c'].map((id) => aMutationRecord(id))

describe('journal', () => {
  it('gives back what was appended, in order', async () => {
    const path = join(await freshFolder(), 'w', 'journal')
    await written(path, three)
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('keeps its file and folder to the person', async () => {
    const folder = join(await freshFolder(), 'w')
    await written(join(folder, 'journal'), three)
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
    await Promise.all(three.map((record) => journal.append([record])))
    await journal.close()
    expect([flushes, await idsIn(path)]).toEqual([1, ['a', 'b', 'c']])
  })

  it('appends behind what it found', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, three)
    await written(path, [aMutationRecord('d')])
    expect(await idsIn(path)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('forgets what was taken back', async () => {
    const path = join(await freshFolder(), 'journal')
    const gone: JournalRecord = { type: 'mutation-gone', id: asMutationId('b') }
    await written(path, [...three, gone])
    expect(await idsIn(path)).toEqual(['a', 'c'])
  })

  it('takes records that belong together whole, or damaged as a whole', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'journal')
    const gone: JournalRecord = { type: 'mutation-gone', id: asMutationId('b') }
    const bytes = await written(path, [
      ...three,
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
    await journal.append(three)
    await journal.close()
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'failed' } })
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('stays small however often a draft is written', async () => {
    const path = join(await freshFolder(), 'journal')
    const { journal } = await opened(path)
    await journal.append(three)
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
    const bytes = await written(path, three)
    await writeFile(path, Buffer.concat(Array.from({ length: 800 }, () => bytes)))
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
    expect((await stat(path)).size).toBe(bytes.length)
  })
})

describe('the history in a journal', () => {
  const historyIn = async (path: string): Promise<readonly string[]> => {
    const { records, journal } = await opened(path)
    await journal.close()
    return records.flatMap((record) => (record.type === 'history' ? [record.entry.id] : []))
  }
  const secret = { before: { bio: 'a secret of old' } }

  it('is there again in its order, also after the journal was written anew', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, [aHistoryRecord('1'), ...three, aHistoryRecord('2')])
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
    const bytes = await written(path, [aHistoryRecord('1', secret), ...three, erased])
    expect(bytes.toString()).not.toContain('a secret of old')
    expect([await historyIn(path), await idsIn(path)]).toEqual([[], ['a', 'b', 'c']])
  })

  it('leaves the disk at the next start when the app ended in between', async () => {
    const path = join(await freshFolder(), 'journal')
    const bytes = await written(path, [aHistoryRecord('1', secret), ...three])
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

const olderJournal = [
  'xgAAALyk33d7InR5cGUiOiJtdXRhdGlvbiIsIm11dGF0aW9uIjp7ImlkIjoiYSIsInNlY3Rpb24iOiJiYXNpYyIs',
  'Iml0ZW0iOiJzZWxmIiwib3AiOiJ1cGRhdGUiLCJwYXRjaCI6eyJiaW8iOiJuZXcifSwiYmFzZSI6eyJiaW8iOiJv',
  'bGQifSwidGl0bGUiOiJCYXNpYyIsImVkaXRlZEF0IjoxLCJhdHRlbXB0cyI6MCwic3RhdGUiOnsia2luZCI6InF1',
  'ZXVlZCJ9fX0vAAAA/7rSiHsidHlwZSI6ImFsaWFzIiwibG9jYWwiOiJsb2NhbDoxIiwic2VydmVyIjoiNyJ9YAAA',
  'ACkHAb17InR5cGUiOiJkcmFmdCIsImRyYWZ0Ijp7InNlY3Rpb24iOiJiYXNpYyIsIml0ZW0iOiJzZWxmIiwidmFs',
  'dWVzIjp7ImJpbyI6InR5cGluZyJ9LCJzYXZlZEF0IjoxfX0=',
].join('')

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

describe('damaged journal', () => {
  it('keeps the good part wherever the end is torn', async () => {
    const folder = await freshFolder()
    const bytes = await written(join(folder, 'journal'), three)
    const record = bytes.length / 3
    for (const cut of [1, 7, 8, record - 1, record, record + 1, 2 * record + 5]) {
      const path = join(folder, `cut-${cut}`)
      await writeFile(path, bytes.subarray(0, cut))
      expect((await idsIn(path)).length, `cut at ${cut}`).toBe(Math.floor(cut / record))
    }
  })

  it('keeps the good part and the whole damaged file, wherever a bit flips', async () => {
    const folder = await freshFolder()
    const bytes = await written(join(folder, 'journal'), three)
    const record = bytes.length / 3
    for (let at = 0; at < bytes.length; at += 11) {
      const path = join(folder, `flip-${at}`)
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at)
      await writeFile(path, flipped)
      const { records, wasDamaged, journal } = await opened(path)
      await journal.close()
      expect([wasDamaged, records.length], `bit at ${at}`).toEqual([true, Math.floor(at / record)])
      expect(await readFile(`${path}.bad-${now}`)).toEqual(flipped)
    }
  })

  it.each<readonly [string, Buffer, number]>([
    ['empty', Buffer.alloc(0), 0],
    ['one byte', Buffer.from([1]), 0],
    ['all zero', Buffer.alloc(4_096), 0],
    ['a text file', Buffer.from('\uFEFF{"drafts":[]}\r\n'), 0],
    ['an absurd length', Buffer.from('ffffffff0000000000', 'hex'), 0],
  ])('opens what is %s', async (_name, bytes, count) => {
    const path = join(await freshFolder(), 'journal')
    await writeFile(path, bytes)
    expect(await idsIn(path)).toHaveLength(count)
    await written(path, three)
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('sets aside a record of a later version and a record of no shape', async () => {
    const path = join(await freshFolder(), 'journal')
    const strange = [{ type: 'plan' }, { type: 'mutation', mutation: { id: 7 } }] as unknown
    await written(path, [...three, ...(strange as JournalRecord[])])
    const { records, wasDamaged, journal } = await opened(path)
    await journal.close()
    expect([records.length, wasDamaged]).toEqual([3, true])
  })

  it('does not write behind damage that it cannot set aside', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'journal')
    const bytes = await written(path, three)
    const damaged = bytes.subarray(0, bytes.length - 1)
    await writeFile(path, damaged)
    // A folder stands where the damaged content would be kept.
    await mkdir(`${path}.copy`)
    const { journal, records } = await opened(path)
    const answer = await journal.append([aMutationRecord('d')])
    await journal.close()
    expect([answer.ok, records.length]).toEqual([false, 2])
    expect(await readFile(path)).toEqual(damaged)
  })
})

describe('journal on a failing disk', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'denied'],
    ['EIO', 'failed'],
  ] as const)('says what %s means and goes on once it is over', async (code, reason) => {
    const path = join(await freshFolder(), 'journal')
    const disk = failingDisk()
    const { journal } = await opened(path, disk)
    await journal.append([aMutationRecord('a')])
    disk.fail('datasync', code)
    const refused = await journal.append([aMutationRecord('b')])
    disk.fail(undefined, code)
    const accepted = await journal.append([aMutationRecord('c')])
    await journal.close()
    expect(refused).toEqual({ ok: false, error: { kind: 'storage', reason } })
    expect([accepted.ok, await idsIn(path)]).toEqual([true, ['a', 'c']])
  })

  it('acknowledges nothing behind a torn record that cannot be cut off', async () => {
    const path = join(await freshFolder(), 'journal')
    const disk = failingDisk()
    const { journal } = await opened(path, disk)
    await journal.append([aMutationRecord('a')])
    disk.fail('datasync', 'EIO')
    disk.alsoFail('truncate')
    await journal.append([aMutationRecord('b')])
    disk.failOnly('truncate')
    const stillTorn = await journal.append([aMutationRecord('c')])
    disk.fail(undefined, 'EIO')
    const accepted = await journal.append([aMutationRecord('d')])
    await journal.close()
    expect([stillTorn.ok, accepted.ok]).toEqual([false, true])
    expect(await idsIn(path)).toEqual(['a', 'd'])
  })

  it('opens for reading where nothing can be written', async () => {
    const path = join(await freshFolder(), 'journal')
    await written(path, three)
    const refusing: JournalDisk = { open: () => Promise.reject(withCode('EROFS')) }
    const { journal, records } = await opened(path, refusing)
    const answer = await journal.append([aMutationRecord('d')])
    expect(records).toHaveLength(3)
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'read-only' } })
  })

  it('says when what is there cannot be read', async () => {
    const folder = await freshFolder()
    expect(await openJournal(folder, now)).toEqual({
      ok: false,
      error: { kind: 'storage', reason: 'failed' },
    })
  })
})

type File = Awaited<ReturnType<JournalDisk['open']>>
type Call = 'write' | 'datasync' | 'truncate'

const withCode = (code: string) => Object.assign(new Error(code), { code })

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

/** The real disk, on which some calls fail. */
function failingDisk() {
  const failing = new Set<Call>()
  let code = 'EIO'
  const guarded = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    if (failing.has(call)) throw withCode(code)
    return work()
  }
  return {
    fail: (call: Call | undefined, withErrorCode: string) => {
      failing.clear()
      code = withErrorCode
      if (call) failing.add(call)
    },
    alsoFail: (call: Call) => failing.add(call),
    failOnly: (call: Call) => {
      failing.clear()
      failing.add(call)
    },
    open: async (path: string): Promise<File> => {
      const file = await open(path, 'a', 0o600)
      return {
        stat: () => file.stat(),
        write: (bytes: Buffer, offset: number) => guarded('write', () => file.write(bytes, offset)),
        datasync: () => guarded('datasync', () => file.datasync()),
        truncate: (length) => guarded('truncate', () => file.truncate(length)),
        close: () => file.close(),
      }
    },
  }
}

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
    await written(path, [...three, pause, { type: 'pause-over' }])
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
