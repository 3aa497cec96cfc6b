import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { appCommand, connectByTyping, expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { ResumePage } from './pages/resume-page'
import { writePdf } from './support/files'
import { resumeOn } from './support/stored'

const startAgainWith = async (userData: string, ...given: readonly string[]) => {
  const { executable, args } = appCommand(userData)
  await promisify(execFile)(executable, [...args, ...given])
}

test('a file named on the command line becomes the résumé, also of a running app', async ({
  app,
  connected,
  platform,
  folder,
}) => {
  const first = await writePdf(folder, 'first.pdf')
  await startAgainWith(app.userData, first)
  await expect(new ResumePage(connected).file('first.pdf')).toBeVisible()
  await expect.poll(() => JSON.stringify(resumeOn(platform))).toContain('first.pdf')
  await connected.waitUntilSaved()
  await app.quit()

  const second = await writePdf(folder, 'second.pdf')
  const frame = new FramePage(await app.start({ args: [second] }))
  await expect(new ResumePage(frame).file('second.pdf')).toBeVisible()
  await expect.poll(() => JSON.stringify(resumeOn(platform))).toContain('second.pdf')
})

test('a file given before somebody has connected waits for that', async ({
  app,
  platform,
  folder,
}) => {
  const path = await writePdf(folder, 'early.pdf')
  const frame = await connectByTyping(app, platform, { args: [path] })
  await expect(new ResumePage(frame).file('early.pdf')).toBeVisible()
})

test('a file that is no PDF is refused in words, a folder too', async ({
  app,
  connected,
  folder,
}) => {
  await startAgainWith(app.userData, folder)
  await expect(connected.main.getByRole('alert')).toContainText(/folder/i)
})

test('a link shows its section, a crafted one does nothing', async ({ app, connected }) => {
  await startAgainWith(app.userData, 'iblai-profile://section/education')
  await expect(connected.heading('Education')).toBeVisible()
  await startAgainWith(app.userData, 'iblai-profile://section/../settings')
  await startAgainWith(app.userData, 'iblai-profile://section/nowhere')
  await startAgainWith(app.userData, 'iblai-profile://section/social')
  await expect(connected.heading('Social')).toBeVisible()
})
