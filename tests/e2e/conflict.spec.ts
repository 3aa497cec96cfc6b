import { expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { changePerson, personOn } from './support/stored'

test('a field changed on both sides asks which one stays, and the choice is sent', async ({
  app,
  connected,
  platform,
}) => {
  await platform.disconnect()
  await connected.field('About').fill('Mine, written here.')
  await connected.field('Full name').fill('Noor A. Haddad')
  await connected.pressSave()
  await connected.waitUntilKept()
  changePerson(platform, { bio: 'Theirs, written elsewhere.' })
  await platform.reconnect()
  await connected.sendNow()
  await expect(connected.status).toContainText('Needs you')
  await expect(connected.status).toContainText('changed on both sides')
  expect(personOn(platform).bio).toBe('Theirs, written elsewhere.')
  await app.quit()

  const frame = new FramePage(await app.start())
  await frame.openPending()
  await frame.pending.getByRole('button', { name: /^Compare/ }).click()
  const about = frame.main.getByRole('radiogroup', { name: 'About' })
  await expect(about.getByRole('radio', { name: /^Mine/ })).toBeVisible()
  await expect(about).toContainText(/Theirs.*written.*elsewhere\./)
  await about.getByRole('radio', { name: /^Mine/ }).check()
  await frame.main.getByRole('button', { name: 'Save 1 choice' }).click()
  await frame.waitUntilSaved()
  await expect.poll(() => personOn(platform).bio).toBe('Mine, written here.')
  expect(personOn(platform).name).toBe('Noor A. Haddad')
})

test('changes of different fields on both sides merge without asking', async ({
  connected: frame,
  platform,
}) => {
  await platform.disconnect()
  await frame.open('Education')
  await new ListPage(frame, 'Education').openRow('MSc, Hydrology')
  await frame.field('Grade').fill('3.99')
  await frame.pressSave()
  await frame.waitUntilKept()
  platform.change((state) => {
    const record = state.career.education.find(({ id }) => id === 311)
    if (record) record.fields['activities'] = 'Rowing club'
  })
  await platform.reconnect()
  await frame.sendNow()
  await frame.waitUntilSaved()
  const record = platform.read().career.education.find(({ id }) => id === 311)
  expect(record?.fields).toMatchObject({ grade: '3.99', activities: 'Rowing club' })
})
