import { screen } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { aSectionView, anItem } from '../../../../tests/fakes/fake-main'
import type { Values } from '../../../shared/domain/values'
import { aSectionPage } from '../../../../tests/fakes/section-page'

const open = (values: Values) =>
  aSectionPage('social', {
    views: [
      aSectionView({
        section: 'social',
        facts: { xHost: 'twitter.com' },
        items: [anItem({ id: 'self', values })],
      }),
    ],
  })
const field = (name: string) => screen.findByRole('textbox', { name })

describe('Social', () => {
  it('shows how a link will be stored and what is left out, before saving', async () => {
    const { user } = await open({ x: null })
    await user.type(await field('X'), 'mobile.twitter.com/@NoorHaddad?lang=ar')
    expect(screen.getByText('https://www.twitter.com/NoorHaddad')).toBeTruthy()
    expect(screen.getByText('Left out: the mobile host, “@” and ?lang=ar')).toBeTruthy()
  })

  it('explains what is no person’s page', async () => {
    const { main, user } = await open({ facebook: null })
    await user.type(await field('Facebook'), 'facebook.com/groups/hydro')
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(screen.getByText(/^This is the address of a group\./)).toBeTruthy()
    expect(main.callsTo('section.edit')).toHaveLength(0)
  })

  it('opens the stored address through main only', async () => {
    const { main, user } = await open({ linkedin: 'https://www.linkedin.com/in/noor' })
    await field('LinkedIn')
    await user.click(screen.getByRole('button', { name: 'Open in browser: LinkedIn' }))
    expect(main.inputOf('app.openLink')).toEqual({ url: 'https://www.linkedin.com/in/noor' })
    expect(screen.queryAllByRole('link')).toHaveLength(0)
  })

  it('removes a link with Save', async () => {
    const { main, user } = await open({ linkedin: 'https://www.linkedin.com/in/noor' })
    await field('LinkedIn')
    await user.click(screen.getByRole('button', { name: 'Remove LinkedIn' }))
    await user.click(screen.getByRole('button', { name: /^Save/ }))
    expect(main.inputOf('section.edit')).toMatchObject({ patch: { linkedin: null } })
  })

  it('shows links of other platforms as they are, and opens only web addresses', async () => {
    await open({ otherLinks: ['github https://github.com/noor', 'odd javascript:alert(1)'] })
    expect(await screen.findByText('https://github.com/noor')).toBeTruthy()
    expect(screen.getByText('javascript:alert(1)')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: /^Open in browser/ })).toHaveLength(1)
  })
})
