import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { aSnapshot } from '../../../../tests/fakes/main-records'
import { openSnapshots } from './snapshots'

const now = 1_000

async function opened(folder: string) {
  const result = await openSnapshots(folder, now)
  if (!result.ok) throw new Error(`not opened: ${JSON.stringify(result.error)}`)
  return result.value
}

async function aFolderWithOne(): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = join(await freshFolder(), 'snapshots')
  const { files } = await opened(folder)
  await files.save(aSnapshot())
  return { folder, path: join(folder, 'basic.json') }
}

describe('snapshots', () => {
  it('gives back what was saved, whole', async () => {
    const { folder } = await aFolderWithOne()
    const { snapshots, wasDamaged } = await opened(folder)
    expect([snapshots, wasDamaged]).toEqual([[aSnapshot()], false])
  })

  it('keeps its files to the person', async () => {
    const { folder, path } = await aFolderWithOne()
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('holds the last of many that come at once, and no half of another', async () => {
    const { folder } = await aFolderWithOne()
    const { files } = await opened(folder)
    const big = (round: number) =>
      aSnapshot({ readAt: round, facts: { filler: 'x'.repeat(300_000 - round * 10_000) } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, round) => files.save(big(round + 1))),
    )
    const { snapshots, wasDamaged } = await opened(folder)
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect([snapshots[0]?.readAt, wasDamaged]).toEqual([20, false])
    expect(await readdir(folder)).toEqual(['basic.json'])
  })

  it.each<readonly [string, (whole: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['truncated', (whole) => whole.subarray(0, whole.length - 2)],
    ['zeroed', (whole) => Buffer.alloc(whole.length)],
    [
      'changed by a bit',
      (whole) => Buffer.from(whole.map((byte, at) => (at === 40 ? byte ^ 1 : byte))),
    ],
    ['valid JSON of another shape', () => Buffer.from('[{"section":"basic"}]')],
    ['of a later version', (whole) => Buffer.from(whole.toString().replace('copy 1', 'copy 2'))],
  ])('sets aside a file that is %s, and the others open', async (_name, damage) => {
    const { folder, path } = await aFolderWithOne()
    const damaged = damage(await readFile(path))
    await writeFile(path, damaged)
    const { snapshots, wasDamaged, files } = await opened(folder)
    await files.save(aSnapshot({ readAt: 2 }))
    expect([snapshots, wasDamaged]).toEqual([[], true])
    expect(await readFile(`${path}.bad-${now}`)).toEqual(damaged)
    expect((await opened(folder)).snapshots[0]?.readAt).toBe(2)
  })

  it('clears away a file that was never finished', async () => {
    const { folder } = await aFolderWithOne()
    await writeFile(join(folder, 'social.json.new'), 'half')
    await opened(folder)
    expect(await readdir(folder)).toEqual(['basic.json'])
  })

  it('says when a copy cannot be kept', async () => {
    const file = join(await freshFolder(), 'a-file')
    await writeFile(file, '')
    await chmod(file, 0o600)
    const { files } = await opened(join(await freshFolder(), 'none'))
    expect((await files.save(aSnapshot())).ok).toBe(true)
    const blocked = await openSnapshots(file, now)
    expect(blocked).toEqual({ ok: false, error: { kind: 'storage', reason: 'failed' } })
  })
})
