import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aMutationRecord } from '../../../../tests/fakes/main-records'
import type { JournalRecord } from '../../../shared/sync/ports'
import { openJournal, type JournalDisk } from './journal'
import {
  type File,
  idsIn,
  openedAt,
  opened,
  threeRecords,
  written,
} from '../../../../tests/fakes/journal-file'

type Call = 'write' | 'datasync' | 'truncate'

const withCode = (code: string) => Object.assign(new Error(code), { code })

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

describe('damaged journal', () => {
  it('keeps the good part wherever the end is torn', async () => {
    const folder = await freshFolder()
    const bytes = await written(join(folder, 'journal'), threeRecords)
    const record = bytes.length / 3
    for (const cut of [1, 7, 8, record - 1, record, record + 1, 2 * record + 5]) {
      const path = join(folder, `cut-${cut}`)
      await writeFile(path, bytes.subarray(0, cut))
      expect((await idsIn(path)).length, `cut at ${cut}`).toBe(Math.floor(cut / record))
    }
  })

  it('keeps the good part and the whole damaged file, wherever a bit flips', async () => {
    const folder = await freshFolder()
    const bytes = await written(join(folder, 'journal'), threeRecords)
    const record = bytes.length / 3
    for (let at = 0; at < bytes.length; at += 11) {
      const path = join(folder, `flip-${at}`)
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at)
      await writeFile(path, flipped)
      const { records, wasDamaged, journal } = await opened(path)
      await journal.close()
      expect([wasDamaged, records.length], `bit at ${at}`).toEqual([true, Math.floor(at / record)])
      expect(await readFile(`${path}.bad-${openedAt}`)).toEqual(flipped)
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
    await written(path, threeRecords)
    expect(await idsIn(path)).toEqual(['a', 'b', 'c'])
  })

  it('sets aside a record of a later version and a record of no shape', async () => {
    const path = join(await freshFolder(), 'journal')
    const strange = [{ type: 'plan' }, { type: 'mutation', mutation: { id: 7 } }] as unknown
    await written(path, [...threeRecords, ...(strange as JournalRecord[])])
    const { records, wasDamaged, journal } = await opened(path)
    await journal.close()
    expect([records.length, wasDamaged]).toEqual([3, true])
  })

  it('does not write behind damage that it cannot set aside', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'journal')
    const bytes = await written(path, threeRecords)
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
    await written(path, threeRecords)
    const refusing: JournalDisk = { open: () => Promise.reject(withCode('EROFS')) }
    const { journal, records } = await opened(path, refusing)
    const answer = await journal.append([aMutationRecord('d')])
    expect(records).toHaveLength(3)
    expect(answer).toEqual({ ok: false, error: { kind: 'storage', reason: 'read-only' } })
  })

  it('says when what is there cannot be read', async () => {
    const folder = await freshFolder()
    expect(await openJournal(folder, openedAt)).toEqual({
      ok: false,
      error: { kind: 'storage', reason: 'failed' },
    })
  })
})
