import { connectByTyping, expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { MemoryPage } from './pages/memory-page'
import { expectAccessible } from './support/axe'
import { changePerson } from './support/stored'

test('Connect is accessible, empty, with errors and with a report', async ({ app, platform }) => {
  test.slow()
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.openAdvanced()
  await expectAccessible(app, 'Connect')
  await connect.connect.click()
  await expect(connect.organization).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(app, 'Connect with errors')
  await connect.connectTo(platform, { token: '0'.repeat(64) })
  await expect(page.getByText('The LMS host refused this token')).toBeVisible()
  await expectAccessible(app, 'Connect with a report')
})

test('every section is accessible as it is read and with its form open', async ({
  app,
  connected: frame,
}) => {
  test.slow()
  await expectAccessible(app, 'Basic')
  await frame.field('About').fill('a'.repeat(301))
  await frame.field('Full name').fill('')
  await frame.pressSave()
  await expect(frame.field('Full name')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(app, 'Basic with errors')
  await frame.cancel.click()
  await frame.main.getByRole('combobox', { name: 'Languages' }).fill('ger')
  await frame.page.getByRole('option').first().waitFor()
  await expectAccessible(app, 'Basic with a list open')
  await frame.open('Social')
  await frame.field('X').fill('@somebody')
  await expectAccessible(app, 'Social with a draft')
  for (const title of ['Education', 'Experience'] as const) {
    await frame.open(title)
    await expectAccessible(app, title)
    const list = new ListPage(frame, title)
    await list.rows.first().getByRole('button').first().click()
    await frame.save.waitFor()
    await expectAccessible(app, `${title} with an entry open`)
  }
  await frame.open('Résumé')
  await expectAccessible(app, 'Résumé')
  await frame.open('Memory')
  const memory = new MemoryPage(frame)
  await memory.table.waitFor()
  await expectAccessible(app, 'Memory')
  await memory.add.click()
  await memory.text.waitFor()
  await expectAccessible(app, 'Memory with its form open')
  await frame.openSettings()
  await expectAccessible(app, 'Settings')
})

test('what needs the person, what waits and how to leave are accessible', async ({
  app,
  connected: frame,
  platform,
}) => {
  test.slow()
  await frame.openPending()
  await expectAccessible(app, 'Nothing pending')
  await frame.closePending()
  await platform.disconnect()
  await frame.field('About').fill('Mine.')
  await frame.pressSave()
  await frame.waitUntilKept()
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.openRow('MSc, Hydrology')
  await list.delete.click()
  await frame.toastUndo.waitFor()
  await expectAccessible(app, 'A deletion with its notice')
  await frame.openPending()
  await expectAccessible(app, 'Pending changes')
  await frame.closePending()
  await frame.pickInMenu('Sign out')
  await frame.page.getByRole('dialog').waitFor()
  await expectAccessible(app, 'Sign out')
  await frame.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  changePerson(platform, { bio: 'Theirs.' })
  await platform.reconnect()
  await frame.sendNow()
  await expect(frame.status).toContainText('Needs you')
  await expectAccessible(app, 'Pending changes that need the person')
  await frame.pending.getByRole('button', { name: /^Compare/ }).click()
  await frame.main.getByRole('radiogroup', { name: 'About' }).waitFor()
  await expectAccessible(app, 'Comparing')
})

test.describe('for a newcomer on a server that refuses half', () => {
  test.use({ platformOptions: { filled: false, memories: 0, lmsAuth: 'refused' } })

  test('empty, refused and failed sections are accessible', async ({ app, platform }) => {
    test.slow()
    const page = await app.start()
    const connect = new ConnectPage(page)
    await connect.connectTo(platform)
    await page.getByRole('button', { name: 'Connect with 4 sections' }).click()
    const frame = new FramePage(page)
    await frame.open('Basic')
    await page.getByText('This token may not open Basic').waitFor()
    await expectAccessible(app, 'A refused section')
    for (const title of ['Education', 'Résumé', 'Memory'] as const) {
      await frame.open(title)
      await expectAccessible(app, `${title} with nothing in it`)
    }
  })
})

test('navigation, a form and saving work with the keyboard alone, and are announced', async ({
  app,
  platform,
}) => {
  const frame = await connectByTyping(app, platform)
  const { page } = frame
  const { keyboard } = page
  await keyboard.press('Control+3')
  await expect(frame.heading('Education')).toBeFocused()
  await keyboard.press('Control+1')
  await expect(frame.heading('Basic')).toBeFocused()
  await page.evaluate(() => {
    document.body.focus()
  })
  await tabUntil(frame, 'Title')
  await keyboard.press('Control+A')
  await keyboard.type('Typed with keys')
  await tabUntil(frame, 'About')
  await keyboard.press('Control+A')
  await keyboard.type('No mouse was used.')
  await keyboard.press('Control+S')
  await frame.waitUntilSaved()
  await expect(frame.status).toHaveCount(1)
  await keyboard.press('Control+3')
  await expect(frame.heading('Education')).toBeFocused()
  await tabUntil(frame, 'MSc, Hydrology')
  await keyboard.press('Enter')
  await tabUntil(frame, 'Degree')
  await keyboard.type('!')
  await keyboard.press('Control+S')
  await frame.waitUntilSaved()
  await keyboard.press('Control+Shift+P')
  await expect(frame.pending).toBeVisible()
  await keyboard.press('Escape')
  await expect(frame.pending).toHaveCount(0)
  await keyboard.press('F6')
  expect(platform.read().people[0]).toMatchObject({ bio: 'No mouse was used.' })
})

test('focus goes on where somebody would look for it', async ({ connected: frame }) => {
  const { page } = frame
  await frame.navigation.getByRole('button', { name: /workspaces$/ }).press('Enter')
  await expect(page.getByRole('menuitemcheckbox').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.openRow('MSc, Hydrology')
  await frame.main.getByRole('button', { name: 'Edit this institution' }).press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'University of Jordan' })).toBeFocused()
  await frame.main.getByRole('button', { name: /^Back to/ }).press('Enter')
  await list.delete.press('Enter')
  await frame.toastUndo.press('Enter')
  await expect(frame.heading('Education')).toBeFocused()
})

/** Presses Tab until the control with this name has the focus; never more often than there are. */
async function tabUntil(frame: FramePage, name: string): Promise<void> {
  const wanted = frame.main
    .getByLabel(name, { exact: true })
    .or(frame.main.getByRole('button', { name, exact: true }))
    .first()
  for (let presses = 0; presses < 60; presses += 1) {
    await frame.page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab never came to ${name}`)
}
