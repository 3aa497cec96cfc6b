import { connectByTyping, expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { MemoryPage } from './pages/memory-page'
import { recordOpenedLinks } from './support/dialogs'
import { changePerson, personOn } from './support/stored'

/** A file's name ends at a slash. */
const fileName = '<img src=x onerror="window.hacked=1">.pdf'
const markup = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">'

test('markup in every field and in every answer is text', async ({
  app,
  connected: frame,
  platform,
}) => {
  const page = app.page()
  await frame.field('Title').fill(markup)
  await frame.field('About').fill(markup)
  await frame.saveAndSend()
  expect(personOn(platform).bio).toBe(markup)
  changePerson(platform, { name: markup })
  platform.change((state) => {
    for (const { fields } of [...state.career.institutions, ...state.career.education]) {
      fields['name'] = markup
      if ('degree' in fields) fields['degree'] = markup
    }
    const [memory] = state.memories
    if (memory) memory.content = markup
    for (const mentor of state.mentors) Object.assign(mentor, { name: markup })
    for (const resume of state.resumes) {
      resume.files = resume.files.map((file) => ({ ...file, name: fileName }))
    }
  })
  await app.quit()
  const again = new FramePage(await app.start())
  await again.waitUntilRead()
  await expect(again.field('Full name')).toHaveValue(markup)
  await again.open('Education')
  await expect(new ListPage(again, 'Education').row(markup).first()).toBeVisible()
  await again.open('Résumé')
  await expect(again.main.getByText(fileName).first()).toBeVisible()
  await again.open('Memory')
  await expect(new MemoryPage(again).row(markup).first()).toBeVisible()
  platform.faults.add({
    match: { method: 'PATCH' },
    fault: {
      kind: 'status',
      status: 400,
      body: { field_errors: { bio: { user_message: markup } } },
    },
  })
  await again.open('Basic')
  await again.field('About').fill('Plain.')
  await again.pressSave()
  await expect(again.status).toContainText('Needs you')
  expect(page.isClosed()).toBe(true)
  expect(await app.page().evaluate(() => 'hacked' in window)).toBe(false)
  expect(await app.page().locator('script:not([src]), img[src="x"]').count()).toBe(0)
})

test('only https links can be opened, and by nothing but the system’s browser', async ({
  app,
  platform,
}) => {
  changePerson(platform, {
    social: [
      { platform: 'github', social_link: 'https://github.com/noorhaddad' },
      { platform: 'evil', social_link: 'javascript:alert(1)' },
      { platform: 'other', social_link: 'file:///etc/passwd' },
    ],
  })
  const frame = await connectByTyping(app, platform)
  const opened = await recordOpenedLinks(app.electron())
  await frame.open('Social')
  await expect(frame.main.getByText('javascript:alert(1)')).toBeVisible()
  await expect(frame.main.getByText('file:///etc/passwd')).toBeVisible()
  await expect(frame.main.getByRole('button', { name: /^Open in browser/ })).toHaveCount(1)
  await expect(frame.main.locator('a[href^="javascript"], a[href^="file"]')).toHaveCount(0)
  await frame.main.getByRole('button', { name: 'Open in browser: github' }).click()
  await expect.poll(opened).toEqual(['https://github.com/noorhaddad'])
  await frame.field('LinkedIn').fill('javascript:alert(1)')
  await frame.pressSave()
  await expect(frame.field('LinkedIn')).toHaveAttribute('aria-invalid', 'true')
})
