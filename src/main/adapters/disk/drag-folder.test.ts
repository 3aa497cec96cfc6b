import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countedIds } from '../../../../tests/fakes/main-clock'
import { createDragFolder } from './drag-folder'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'iblai-drag-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const open = () => createDragFolder(join(home, 'drag-out'), countedIds())

async function place(folder = open(), name = 'cv.pdf') {
  const placed = await folder.place(name)
  if (!placed.ok) throw new Error(placed.error.kind)
  await writeFile(placed.value, 'x')
  return { folder, path: placed.value }
}

it('empties what an earlier run has left', async () => {
  await mkdir(join(home, 'drag-out', 'old'), { recursive: true })
  open()
  expect(await readdir(home)).toEqual([])
})

it.runIf(process.platform !== 'win32')('is the person’s alone', async () => {
  const { path } = await place()
  const modes = await Promise.all([dirname(path), dirname(dirname(path))].map((at) => stat(at)))
  expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '700'])
})

it('keeps files of one name apart, and discards one with its folder', async () => {
  const { folder, path } = await place()
  const other = await place(folder)
  folder.discard(path)
  expect(await folder.stampOf(path)).toBeUndefined()
  expect(await folder.stampOf(other.path)).toBeDefined()
  expect(await readdir(join(home, 'drag-out'))).toHaveLength(1)
})

it('tells a file that was written into', async () => {
  const { folder, path } = await place()
  const before = await folder.stampOf(path)
  await writeFile(path, 'longer')
  expect(await folder.stampOf(path)).not.toBe(before)
})

it('knows its own files, and discards no others', async () => {
  const { folder, path } = await place()
  const foreign = join(home, 'foreign', 'cv.pdf')
  await mkdir(dirname(foreign))
  await writeFile(foreign, 'x')
  const near = join(home, 'drag-out-near', 'cv.pdf')
  const climbing = join(home, 'drag-out', '..', 'foreign', 'cv.pdf')
  expect([path, foreign, near, climbing].map(folder.holds)).toEqual([true, false, false, false])
  folder.discard(foreign)
  expect(await folder.stampOf(foreign)).toBeDefined()
})

it('is empty when told to be, and takes files again', async () => {
  const { folder } = await place()
  folder.empty()
  expect(await readdir(home)).toEqual([])
  await place(folder)
})

it('says that it cannot be made', async () => {
  await writeFile(join(home, 'file'), '')
  const folder = createDragFolder(join(home, 'file', 'drag-out'), countedIds())
  expect(await folder.place('cv.pdf')).toMatchObject({ error: { kind: 'storage' } })
})
