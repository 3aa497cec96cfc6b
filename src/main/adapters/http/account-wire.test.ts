import { expect, it } from 'vitest'
import { basic } from '../../../shared/domain/sections/basic'
import { itemFromAccount } from './account-wire'

it('keeps nothing of the account that the metadata repeats', () => {
  const account = { username: 'noor', email: 'noor@example.org', bio: 'As it is now.' }
  const shared = { about: 'On the web page.', language: 'en', tour_tooltips: {} }
  const metadata = { bio: 'As it was.', title: 'Lead', public_metadata: shared }
  const { wire, values } = itemFromAccount(basic, { account, metadata })
  expect(wire).toEqual({
    account,
    metadata: {
      title: 'Lead',
      public_metadata: { about: 'On the web page.', language: 'en' },
    },
  })
  expect(values).toMatchObject({ bio: 'As it is now.', title: 'Lead' })
})
