import { expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage, sectionTitles } from './pages/frame-page'

test('connects by typing and reads all six sections', async ({ app, platform }) => {
  const page = await app.start()
  await new ConnectPage(page).connectTo(platform)
  const frame = new FramePage(page)
  for (const title of sectionTitles) {
    await frame.open(title)
    await expect(page.getByRole('button', { name: /^Checked / })).toBeVisible()
  }
  await frame.open('Basic')
  await expect(frame.field('Full name')).toHaveValue('Noor Haddad')
  await frame.open('Social')
  await expect(frame.field('LinkedIn')).toHaveValue('https://www.linkedin.com/in/noor-haddad')
  await frame.open('Education')
  await expect(page.getByRole('list', { name: 'Education' }).getByRole('listitem')).toHaveCount(4)
  await frame.open('Experience')
  await expect(page.getByRole('list', { name: 'Experience' }).getByRole('listitem')).toHaveCount(5)
  await frame.open('Résumé')
  await expect(frame.main.getByText('.pdf').first()).toBeVisible()
  await frame.open('Memory')
  await expect(
    page.getByRole('switch', { name: 'Allow AI to learn from conversations' }),
  ).toBeChecked()
  expect(platform.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
