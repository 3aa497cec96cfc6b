import { expect, test } from './app'
import { ListPage } from './pages/list-page'
import { personOn, recordOn, writesOn } from './support/stored'

test('Basic sends only the fields that were changed, and leaves everything else alone', async ({
  connected: frame,
  platform,
}) => {
  const before = personOn(platform)
  await frame.field('Title').fill('Head of forecasting')
  await frame.field('About').fill('Reads rivers.')
  await frame.saveAndSend()
  const after = personOn(platform)
  expect(after.document).toMatchObject({ title: 'Head of forecasting' })
  expect(after.bio).toBe('Reads rivers.')
  const untouched = ({ bio, document, ...rest }: typeof after) => {
    const { title, about, ...others } = document
    return { ...rest, others, isTold: [bio, title, about].length }
  }
  expect(untouched(after)).toEqual({
    ...untouched(before),
    others: expect.objectContaining(untouched(before).others),
  })
  const patch = platform.requests.find(({ method }) => method === 'PATCH')
  expect(patch?.headers['content-type']).toBe('application/merge-patch+json')
  expect(Object.keys(patch?.body as object)).not.toContain('email')
  await expect(frame.field('Title')).toHaveValue('Head of forecasting')
})

test('Social understands every way to write a link and leaves unknown platforms alone', async ({
  connected: frame,
  platform,
}) => {
  await frame.open('Social')
  const forms = [
    ['LinkedIn', 'ar.linkedin.com/in/noor-h/?trk=me', 'https://www.linkedin.com/in/noor-h'],
    ['Facebook', 'm.facebook.com/noor.haddad/', 'https://www.facebook.com/noor.haddad'],
    ['X', '@rivers', 'https://www.twitter.com/rivers'],
  ] as const
  for (const [label, typed, stored] of forms) {
    await frame.field(label).fill(typed)
    await expect(frame.main.getByText(`Will be stored as ${stored}`)).toBeVisible()
  }
  await frame.saveAndSend()
  const links = () => personOn(platform).social.map(({ social_link: link }) => link)
  expect(links()).toEqual(expect.arrayContaining([...forms.map(([, , stored]) => stored)]))
  expect(links()).toEqual(
    expect.arrayContaining([
      'https://github.com/noorhaddad',
      'https://orcid.org/0000-0002-1825-0097',
    ]),
  )
  await frame.main.getByRole('button', { name: 'Remove Facebook' }).click()
  await frame.saveAndSend()
  expect(links().join()).not.toContain('facebook')
  expect(links()).toHaveLength(4)
})

test('Education keeps exact days and hidden keys of an entry that is edited', async ({
  connected: frame,
  platform,
}) => {
  platform.change((state) => {
    const record = state.career.education.find(({ id }) => id === 318)
    if (record)
      Object.assign(record.fields, { metadata: { hidden: [1, 2] }, data: { from: 'elsewhere' } })
  })
  const before = recordOn(platform, 'education', 318)
  await frame.open('Education')
  await frame.main.getByRole('button', { name: /^Checked .*Check again$/ }).click()
  const list = new ListPage(frame, 'Education')
  await list.openRow('Short course, Remote Sensing')
  await expect(
    frame.main.getByText('The days on record, 4 Feb 2019 and 27 Jun 2019, stay as they are.'),
  ).toBeVisible()
  await frame.field('Grade').fill('4.25')
  await frame.saveAndSend()
  expect(recordOn(platform, 'education', 318)).toEqual({ ...before, grade: '4.25' })
  await frame.field('End month').fill('2019-07')
  await frame.saveAndSend()
  expect(recordOn(platform, 'education', 318)).toEqual({
    ...before,
    grade: '4.25',
    end_date: '2019-07-31',
  })
})

test('Experience changes one field of an entry and nothing else', async ({
  connected: frame,
  platform,
}) => {
  const before = recordOn(platform, 'experience', 903)
  await frame.open('Experience')
  await new ListPage(frame, 'Experience').openRow('Data engineer')
  await frame.field('Location').fill('Irbid')
  await frame.saveAndSend()
  expect(recordOn(platform, 'experience', 903)).toEqual({ ...before, location: 'Irbid' })
})

test('refuses on the field what is too long, too wild or too little', async ({
  connected: frame,
  platform,
}) => {
  await frame.field('About').fill('a'.repeat(301))
  await frame.field('Full name').fill('')
  await frame.pressSave()
  await expect(frame.field('About')).toHaveAttribute('aria-invalid', 'true')
  await expect(frame.field('About')).toHaveAccessibleDescription(/300/)
  await expect(frame.field('Full name')).toHaveAttribute('aria-invalid', 'true')
  await expect(frame.field('Full name')).toBeFocused()
  await frame.cancel.click()
  await frame.open('Education')
  const list = new ListPage(frame, 'Education')
  await list.add.click()
  await frame.field('Degree').fill('d'.repeat(101))
  await frame.field('Grade').fill('11')
  await frame.field('Start month').fill('2020-09')
  await frame.field('End month').fill('2019-01')
  await frame.pressSave()
  for (const label of ['Institution', 'Degree', 'Grade', 'End month']) {
    await expect(frame.field(label)).toHaveAttribute('aria-invalid', 'true')
  }
  await expect(frame.field('Institution')).toHaveAccessibleDescription(
    /Choose or create an institution/,
  )
  expect(writesOn(platform)).toEqual([])
})
