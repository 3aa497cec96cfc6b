import { expect, test } from './app'
import { ListPage } from './pages/list-page'
import { careerOn, writesOn } from './support/stored'

test('adds an education at a new institution, which is created in place first', async ({
  connected: frame,
  platform,
}) => {
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.add.click()
  await list.createInPicker('Institution', 'Wadi Rum Academy')
  await frame.field('Degree').fill('Diploma')
  await frame.field('Field of study').fill('Desert hydrology')
  await frame.field('Start month').fill('Oct 2024')
  await frame.field('I study here now').check()
  await expect(frame.field('End month')).toBeDisabled()
  await frame.saveAndSend()
  const institution = platform
    .read()
    .career.institutions.find(({ fields }) => fields['name'] === 'Wadi Rum Academy')
  const created = careerOn(platform, 'education').filter(
    ({ fields }) => fields['degree'] === 'Diploma',
  )
  expect(created).toHaveLength(1)
  expect(created[0]?.fields).toMatchObject({
    parent: institution?.id,
    field_of_study: 'Desert hydrology',
    start_date: '2024-10-01',
    is_current: true,
  })
  await expect(list.row('Wadi Rum Academy')).toBeVisible()
  await expect(list.rows).toHaveCount(5)
})

test('adds an experience at a company that is found by its name', async ({
  connected: frame,
  platform,
}) => {
  await frame.open('Experience')
  const list = new ListPage(frame, 'Experience')
  await list.add.click()
  await list.pick('Company', 'delta', 'Delta Gauge')
  await frame.field('Job title').fill('Adviser')
  await frame.field('Employment type').fill('Part Time')
  await frame.field('Start month').fill('2023-02')
  await frame.field('End month').fill('2023-05')
  await frame.saveAndSend()
  const created = careerOn(platform, 'experience').find(
    ({ fields }) => fields['title'] === 'Adviser',
  )
  expect(created?.fields).toMatchObject({
    parent: 141,
    employment_type: 'Part Time',
    start_date: '2023-02-01',
    end_date: '2023-05-31',
  })
  await expect(list.row('Adviser')).toBeVisible()
})

test('a deletion can be undone while its notice stands, and else is sent once', async ({
  connected: frame,
  platform,
}) => {
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.openRow('BSc, Civil Engineering')
  await list.delete.click()
  await expect(list.row('Civil Engineering')).toHaveCount(0)
  await frame.toastUndo.click()
  await expect(list.row('Civil Engineering')).toBeVisible()
  await frame.waitUntilSaved()
  const hasBsc = () =>
    careerOn(platform, 'education').some(({ fields }) => fields['degree'] === 'BSc')
  expect(hasBsc()).toBe(true)
  expect(careerOn(platform, 'education')).toHaveLength(4)
  await list.openRow('BSc, Civil Engineering')
  await list.delete.click()
  await expect.poll(hasBsc, { timeout: 40_000 }).toBe(false)
  await frame.waitUntilSaved()
  await expect(list.rows).toHaveCount(3)
  expect(writesOn(platform).filter((write) => write.startsWith('DELETE'))).toHaveLength(1)
})
