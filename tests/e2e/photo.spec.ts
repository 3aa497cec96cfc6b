import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './app'
import { personOn } from './support/stored'

test('a photo is cut square and scaled down, sent, shown and removed again', async ({
  connected: frame,
  platform,
  folder,
}) => {
  const { page } = frame
  const before = personOn(platform).image
  const path = join(folder, 'me.png')
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 600
    canvas.getContext('2d')?.fillRect(10, 10, 500, 300)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))]
  })
  await writeFile(path, Buffer.from(bytes))
  await page.getByLabel('Photo', { exact: true }).setInputFiles(path)
  await frame.waitUntilSaved()
  await expect.poll(() => personOn(platform).image?.blob).not.toBe(before?.blob)
  const upload = platform.requests.find(
    ({ method, path: at }) => method === 'POST' && at.endsWith('/image'),
  )
  expect(upload?.parts[0]?.contentType).toBe('image/jpeg')
  await page.getByRole('button', { name: 'Remove photo' }).click()
  await expect.poll(() => personOn(platform).image).toBeNull()
  await expect(page.getByRole('img', { name: 'No photo' })).toBeVisible()
})

test('says that a file is not a picture, and sends nothing', async ({
  connected: frame,
  platform,
  folder,
}) => {
  const path = join(folder, 'me.png')
  await writeFile(path, 'not a picture')
  await frame.page.getByLabel('Photo', { exact: true }).setInputFiles(path)
  await expect(frame.page.getByRole('alert').filter({ hasText: /picture|photo/i })).toBeVisible()
  expect(platform.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
