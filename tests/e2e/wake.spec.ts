import { expect, test } from './app'
import { changePerson, personOn } from './support/stored'

test('after a sleep, what was changed elsewhere is read without being asked for', async ({
  app,
  connected: frame,
  platform,
}) => {
  changePerson(platform, { bio: 'Written on the other computer.' })
  await app.electron().evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await expect(frame.field('About')).toHaveValue('Written on the other computer.')
})

test('when the network is back, what waited is sent and what changed is read', async ({
  app,
  connected: frame,
  platform,
}) => {
  await platform.disconnect()
  await app.page().context().setOffline(true)
  await frame.field('About').fill('Typed without a network.')
  await frame.pressSave()
  await frame.waitUntilKept()
  changePerson(platform, { name: 'Noor H. Haddad' })
  await platform.reconnect()
  await app.page().context().setOffline(false)
  await frame.waitUntilSaved()
  expect(personOn(platform)).toMatchObject({
    bio: 'Typed without a network.',
    name: 'Noor H. Haddad',
  })
  await expect(frame.field('Full name')).toHaveValue('Noor H. Haddad')
})
