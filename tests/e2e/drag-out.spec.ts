import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import type { Platform } from '../../src/demo-platform/platform'
import { expect, test } from './app'
import { ResumePage } from './pages/resume-page'
import { startDropTarget } from './support/drop-target'
import { writePdf } from './support/files'
import { dragOver, onScreen, takePointer } from './support/pointer'
import { resumeOn, writesOn } from './support/stored'

test.skip(process.platform !== 'linux', 'the pointer is moved through the X server')

const copiesIn = async (userData: string) => {
  const found = await readdir(join(userData, 'drag-out'), { recursive: true }).catch(() => [])
  return found
    .map((name) => join(userData, 'drag-out', name))
    .filter((name) => name.endsWith('.pdf'))
}

/** The résumé the platform has at first. */
function storedFile(platform: Platform) {
  const file = resumeOn(platform)?.files.find(({ name }) => /cv|resume/i.test(name))
  if (!file) throw new Error('the platform has no résumé')
  return { name: basename(file.name), blob: file.blob }
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('the résumé is dragged to another app under its own name, fetched before', async ({
  app,
  connected: frame,
  platform,
}) => {
  await frame.open('Résumé')
  const { name, blob } = storedFile(platform)
  const area = new ResumePage(frame).dragArea(name)
  const [pointer, target] = await Promise.all([takePointer(), startDropTarget()])
  try {
    const from = await onScreen(app.electron(), area)
    expect(await copiesIn(app.userData)).toEqual([])
    await pointer.move(from.x, from.y)
    await expect.poll(() => copiesIn(app.userData)).toHaveLength(1)
    const [copy = ''] = await copiesIn(app.userData)
    expect(await Promise.all([copy, join(copy, '..'), join(copy, '../..')].map(modeOf))).toEqual([
      '600',
      '700',
      '700',
    ])
    await dragOver(pointer, { from, to: target.middle, isThere: target.wasOver })
    await pointer.release()
    await expect.poll(() => target.dropped()).toHaveLength(1)
    const [dropped] = target.dropped()
    expect(dropped?.name).toBe(name)
    expect(dropped?.bytes).toEqual(Buffer.from(platform.blob(blob) ?? []))
    expect(writesOn(platform)).toEqual([])
    await app.quit()
    expect(await copiesIn(app.userData)).toEqual([])
  } finally {
    pointer.close()
    await target.close()
  }
})

test('one that waits here is dragged from its copy, without a network and under a plain name', async ({
  app,
  connected: frame,
  platform,
  folder,
}) => {
  const path = await writePdf(folder, 'cv: the last one?.pdf')
  await platform.disconnect()
  await dropFiles(frame.page, [path])
  const resume = new ResumePage(frame)
  const [pointer, target] = await Promise.all([takePointer(), startDropTarget()])
  try {
    const from = await onScreen(app.electron(), resume.dragArea('cv: the last one?.pdf'))
    await pointer.move(from.x, from.y)
    await expect.poll(() => copiesIn(app.userData)).toHaveLength(1)
    await dragOver(pointer, { from, to: target.middle, isThere: target.wasOver })
    await pointer.release()
    await expect.poll(() => target.dropped()).toHaveLength(1)
    expect(target.dropped()[0]?.name).toBe('cv_ the last one_.pdf')
    expect(target.dropped()[0]?.bytes).toEqual(await readFile(path))
  } finally {
    pointer.close()
    await target.close()
  }
})

test('let go over our own window it is no new résumé', async ({
  app,
  connected: frame,
  platform,
}) => {
  await frame.open('Résumé')
  const { name } = storedFile(platform)
  const resume = new ResumePage(frame)
  const pointer = await takePointer()
  try {
    const from = await onScreen(app.electron(), resume.dragArea(name))
    await pointer.move(from.x, from.y)
    await expect.poll(() => copiesIn(app.userData)).toHaveLength(1)
    const [copy = ''] = await copiesIn(app.userData)
    await frame.page.evaluate(() => {
      const seen = Object.assign(globalThis, { filesOver: 0 })
      addEventListener('dragover', ({ dataTransfer }) => {
        if (dataTransfer?.types.includes('Files')) seen.filesOver += 1
      })
    })
    const isOver = () =>
      frame.page.evaluate(() => (globalThis as unknown as { filesOver: number }).filesOver > 5)
    await dragOver(pointer, { from, to: { x: 600, y: 600 }, isThere: isOver })
    await expect(resume.dropOverlay).toHaveCount(0)
    await pointer.release()
    // Main goes on once the system's drag is over; and a drop that did come through is refused there.
    await expect.poll(() => frame.page.evaluate(() => document.hasFocus())).toBe(true)
    await dropFiles(frame.page, [copy])
    await frame.open('Basic')
    await frame.open('Résumé')
    await expect(resume.alert).toHaveCount(0)
    await expect(resume.cancelUpload).toHaveCount(0)
    expect(writesOn(platform)).toEqual([])
    await expect(frame.status).toContainText(/Saved/)
  } finally {
    pointer.close()
  }
})

test('what is on the platform only cannot be dragged without a network, and that is said', async ({
  app,
  connected: frame,
  platform,
}) => {
  await frame.open('Résumé')
  const { name } = storedFile(platform)
  const pointer = await takePointer()
  try {
    await platform.disconnect()
    const from = await onScreen(app.electron(), new ResumePage(frame).dragArea(name))
    const said = frame.page.getByText(
      `${name} is on ${platform.org} only: it can be dragged when the network is back.`,
    )
    await dragOver(pointer, { from, to: { x: 600, y: 600 }, isThere: () => said.isVisible() })
    await pointer.release()
    expect(await copiesIn(app.userData)).toEqual([])
  } finally {
    pointer.close()
  }
})
