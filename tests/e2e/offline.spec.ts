import { basename } from 'node:path'
import type { Platform } from '../../src/demo-platform/platform'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import { expect, test, type RunningApp } from './app'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { MemoryPage } from './pages/memory-page'
import { ResumePage } from './pages/resume-page'
import { writePdf } from './support/files'
import { careerOn, memoriesOn, personOn, resumeOn, writesOn } from './support/stored'

/** One edit in every section; each is on this computer when this returns. */
async function editEverywhere(frame: FramePage, pdf: string): Promise<void> {
  await frame.field('About').fill('Written on a train.')
  await frame.pressSave()
  await frame.open('Social')
  await frame.field('LinkedIn').fill('noor-on-a-train')
  await frame.pressSave()
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.add.click()
  await list.createInPicker('Institution', 'Railway Academy')
  await frame.field('Degree').fill('Night school')
  await frame.field('Start month').fill('2026-01')
  await frame.pressSave()
  await expect(list.row('Railway Academy')).toBeVisible()
  await frame.open('Experience')
  await new ListPage(frame, 'Experience').openRow('Hydrologist')
  await frame.main.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(new ListPage(frame, 'Experience').row('Flood lag')).toHaveCount(0)
  await dropFiles(frame.page, [pdf])
  await expect(new ResumePage(frame).file('train.pdf')).toBeVisible()
  await frame.open('Memory')
  await new MemoryPage(frame).learn.uncheck()
}

async function startAgain(app: RunningApp): Promise<FramePage> {
  const frame = new FramePage(await app.start())
  await frame.navigation.waitFor()
  return frame
}

const flagOf = (platform: Platform) =>
  platform.read().flags.find(({ username }) => username === platform.username)

test('what is edited without a network is there after a restart and arrives once', async ({
  app,
  connected,
  platform,
  folder,
}) => {
  const memories = memoriesOn(platform).length
  await platform.disconnect()
  await editEverywhere(connected, await writePdf(folder, 'train.pdf'))
  await expect(connected.status).toContainText(/Offline/)
  await app.quit()

  const frame = await startAgain(app)
  await frame.open('Basic')
  await expect(frame.field('About')).toHaveValue('Written on a train.')
  await expect(frame.described('About')).toContainText('On this computer')
  await frame.open('Social')
  await expect(frame.field('LinkedIn')).toHaveValue(/noor-on-a-train/)
  await frame.open('Education')
  await expect(new ListPage(frame, 'Education').row('Railway Academy')).toContainText(
    'On this computer',
  )
  await frame.open('Experience')
  await expect(new ListPage(frame, 'Experience').rows).toHaveCount(4)
  await frame.open('Résumé')
  await expect(new ResumePage(frame).file('train.pdf')).toBeVisible()
  await frame.open('Memory')
  await expect(new MemoryPage(frame).learn).not.toBeChecked()
  await frame.openPending()
  await expect(frame.pending.getByRole('listitem')).toHaveCount(7)
  await expect(frame.status).toContainText(/Offline/)
  expect(writesOn(platform)).toEqual([])

  await platform.reconnect()
  await frame.sendNow()
  await frame.waitUntilSaved()
  await expect(frame.pending.getByText('Nothing waits')).toBeVisible()
  expect(personOn(platform).bio).toBe('Written on a train.')
  expect(
    personOn(platform)
      .social.map(({ social_link: link }) => link)
      .join(),
  ).toContain('noor-on-a-train')
  const added = careerOn(platform, 'education').filter(
    ({ fields }) => fields['degree'] === 'Night school',
  )
  expect(added).toHaveLength(1)
  const places = platform
    .read()
    .career.institutions.filter(({ fields }) => fields['name'] === 'Railway Academy')
  expect(places).toHaveLength(1)
  expect(added[0]?.fields['parent']).toBe(places[0]?.id)
  expect(careerOn(platform, 'experience')).toHaveLength(4)
  expect(resumeOn(platform)?.files.map(({ name }) => basename(name))).toContain('train.pdf')
  expect(flagOf(platform)?.auto_capture_enabled).toBe(false)
  expect(memoriesOn(platform)).toHaveLength(memories)
})

test('an edit that is on this computer survives a kill and is sent once', async ({
  app,
  connected,
  platform,
}) => {
  await platform.disconnect()
  await connected.open('Education')
  const list = new ListPage(connected, 'Education')
  await list.add.click()
  await list.pick('Institution', 'Yarmouk', 'Yarmouk University')
  await connected.field('Degree').fill('PhD')
  await connected.field('Start month').fill('2025-10')
  await connected.pressSave()
  await connected.waitUntilKept()
  await app.kill()
  await platform.reconnect()
  const frame = await startAgain(app)
  await frame.waitUntilSaved()
  const phds = () =>
    careerOn(platform, 'education').filter(({ fields }) => fields['degree'] === 'PhD')
  await expect.poll(() => phds().length).toBe(1)
  await frame.open('Education')
  await expect(new ListPage(frame, 'Education').row('PhD')).toHaveCount(1)
  const posts = writesOn(platform).filter((write) => /^POST .*education/.test(write))
  expect(posts).toHaveLength(1)
})

test('what was only typed survives a kill as a draft', async ({ app, connected, platform }) => {
  await connected.field('About').fill('Half a sentence')
  await connected.field('Title').click()
  await expect(connected.main.getByText(/Draft/).first()).toBeVisible()
  await expect(connected.main.getByText(/kept|since/i).first()).toBeVisible()
  await app.kill()
  const frame = await startAgain(app)
  await expect(frame.field('About')).toHaveValue('Half a sentence')
  await expect(frame.described('About')).toContainText('Draft')
  expect(writesOn(platform)).toEqual([])
  await frame.cancel.click()
  await expect(frame.field('About')).toHaveValue(/Hydrologist turned data engineer/)
})

test('a section that cannot be read shows its copy and how old it is', async ({
  app,
  connected,
  platform,
}) => {
  await connected.open('Education')
  await app.quit()
  platform.faults.add({
    match: { path: /education/ },
    times: Infinity,
    fault: { kind: 'status', status: 500 },
  })
  const frame = await startAgain(app)
  await frame.open('Education')
  await expect(new ListPage(frame, 'Education').rows).toHaveCount(4)
  const note = frame.main.getByRole('status').filter({ hasText: 'Your copy from' })
  await expect(note).toContainText(/today, \d\d:\d\d/)
  await expect(note).toContainText(/has a fault/)
  platform.faults.clear()
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(note).toHaveCount(0)
})
