import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import type { Platform } from '../../src/demo-platform/platform'
import { expect, test } from './app'
import { ResumePage } from './pages/resume-page'
import { answerOpenDialog, answerSaveDialog } from './support/dialogs'
import { badFiles, writePdf } from './support/files'
import { resumeOn, writesOn } from './support/stored'

/** The platform keeps its files in a folder of each person's. */
const namesOn = (platform: Platform) =>
  resumeOn(platform)?.files.map(({ name }) => basename(name)) ?? []

test('a PDF dropped in another section becomes the résumé and keeps what stands beside it', async ({
  connected: frame,
  platform,
  folder,
}) => {
  const before = resumeOn(platform)
  const path = await writePdf(folder, 'fresh cv.pdf')
  await frame.open('Social')
  await dropFiles(frame.page, [path])
  await expect(frame.heading('Résumé')).toBeVisible()
  const resume = new ResumePage(frame)
  await expect(resume.file('fresh cv.pdf')).toBeVisible()
  await frame.waitUntilSaved()
  await expect.poll(() => namesOn(platform)).toContain('fresh cv.pdf')
  const stored = resumeOn(platform)?.files.find(({ name }) => basename(name) === 'fresh cv.pdf')
  expect(platform.blob(stored?.blob ?? '')).toEqual(await readFile(path))
  expect(resumeOn(platform)?.links).toEqual(before?.links)
  expect(namesOn(platform)).toContain('maps.pdf')
})

test('a PDF that is chosen goes up, and what is there can be downloaded again', async ({
  app,
  connected: frame,
  platform,
  folder,
}) => {
  const path = await writePdf(folder, 'chosen.pdf')
  const target = `${folder}/downloaded.pdf`
  await frame.open('Résumé')
  await answerOpenDialog(app.electron(), [path])
  await answerSaveDialog(app.electron(), target)
  await new ResumePage(frame).choose.click()
  await expect.poll(() => namesOn(platform)).toContain('chosen.pdf')
  await frame.waitUntilSaved()
  await frame.main.getByRole('button', { name: /^Download chosen\.pdf/ }).click()
  await expect.poll(() => readFile(target).catch(() => undefined)).toEqual(await readFile(path))
})

test('each file that is no résumé ends in one clear sentence, and nothing is sent', async ({
  connected: frame,
  platform,
  folder,
}) => {
  const resume = new ResumePage(frame)
  await frame.open('Résumé')
  for (const { what, paths, sentence } of await badFiles(folder)) {
    await test.step(what, async () => {
      await dropFiles(frame.page, paths)
      await expect(resume.alert.filter({ hasText: sentence })).toHaveCount(1)
      await resume.closeNote.click()
      await expect(resume.alert.filter({ hasText: sentence })).toHaveCount(0)
    })
  }
  expect(writesOn(platform)).toEqual([])
  await expect(frame.status).toContainText(/Saved/)
})
