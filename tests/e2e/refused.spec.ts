import { expect, test } from './app'
import { FramePage } from './pages/frame-page'
import { ListPage } from './pages/list-page'
import { careerOn, personOn, recordOn } from './support/stored'

const refusal = { kind: 'status', status: 401, body: { detail: 'Token expired.' } } as const

test('edits are kept when the token is refused, and go with a new one', async ({
  connected: frame,
  platform,
}) => {
  platform.faults.add({ match: {}, times: Infinity, fault: refusal })
  await frame.field('About').fill('Kept while the token is bad.')
  await frame.pressSave()
  await expect(frame.status).toContainText('Needs you')
  await expect(frame.status).toContainText('the token was refused')
  await expect(frame.field('About')).toHaveValue('Kept while the token is bad.')
  const banner = frame.main.getByRole('status').filter({ hasText: /refused the token/ })
  await banner.getByRole('button', { name: 'Enter a new token' }).click()
  await frame.main.getByLabel('API token', { exact: true }).fill('f'.repeat(64))
  await frame.main.getByRole('button', { name: 'Use this token' }).click()
  await expect(frame.main.getByText(/refused this token/).first()).toBeVisible()
  platform.faults.clear()
  await frame.main.getByLabel('API token', { exact: true }).fill(platform.token)
  await frame.main.getByRole('button', { name: 'Use this token' }).click()
  await frame.waitUntilSaved()
  expect(personOn(platform).bio).toBe('Kept while the token is bad.')
  await expect(banner).toHaveCount(0)
})

test('the server’s sentence about a field stands on that field, also after a restart', async ({
  app,
  connected,
  platform,
}) => {
  const before = recordOn(platform, 'education', 311)
  platform.faults.add({
    match: { method: 'PUT', path: /education/ },
    times: Infinity,
    fault: { kind: 'status', status: 400, body: { degree: ['No such degree here.'] } },
  })
  await connected.open('Education')
  await new ListPage(connected, 'Education').openRow('MSc, Hydrology')
  await connected.field('Degree').fill('Grand Master')
  await connected.pressSave()
  await expect(connected.field('Degree')).toHaveAccessibleDescription(/No such degree here\./)
  await expect(connected.status).toContainText('Needs you')
  await app.quit()

  const frame = new FramePage(await app.start())
  await frame.open('Education')
  await new ListPage(frame, 'Education').openRow('Grand Master, Hydrology')
  await expect(frame.field('Degree')).toHaveAccessibleDescription(/No such degree here\./)
  expect(recordOn(platform, 'education', 311)).toEqual(before)
  platform.faults.clear()
  await frame.field('Degree').fill('MPhil')
  await frame.pressSave()
  await frame.waitUntilSaved()
  expect(recordOn(platform, 'education', 311)['degree']).toBe('MPhil')
  expect(careerOn(platform, 'education')).toHaveLength(4)
})
