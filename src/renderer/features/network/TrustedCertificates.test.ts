import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { FakeMain } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import TrustedCertificates from './TrustedCertificates.svelte'

const user = userEvent.setup()

async function aGroup(main = new FakeMain()) {
  const { app } = await aStartedApp(main)
  render(WithApp, { app, of: TrustedCertificates })
  await screen.findByRole('group', { name: 'Trusted certificates' })
  return main
}

const button = (name: string) => screen.findByRole('button', { name })

it('takes a file and names whom it trusts from then on', async () => {
  await aGroup()
  await user.click(await button('Choose a certificate file'))
  await screen.findByText('office.pem')
  await screen.findByText(/Office Root/)
})

it('removes it again, and keeps the focus near', async () => {
  const main = new FakeMain()
  main.answer('network.certificates', { ok: true, value: { file: 'a.pem', names: ['A'] } })
  await aGroup(main)
  await user.click(await button('Remove the certificate file'))
  const choose = await button('Choose a certificate file')
  expect(document.activeElement).toBe(choose)
  expect(main.callsTo('network.removeCertificates')).toHaveLength(1)
})

it('says why a file is not taken', async () => {
  const main = new FakeMain()
  main.fail('network.chooseCertificates', { kind: 'file', reason: 'has-private-key' })
  await aGroup(main)
  await user.click(await button('Choose a certificate file'))
  expect((await screen.findByRole('alert')).textContent).toMatch(/holds a private key/)
})

it('says nothing when the dialog was closed', async () => {
  const main = new FakeMain()
  main.fail('network.chooseCertificates', { kind: 'cancelled' })
  await aGroup(main)
  await user.click(await button('Choose a certificate file'))
  expect(screen.queryByRole('alert')).toBeNull()
})

it('says that a kept file is gone', async () => {
  const main = new FakeMain()
  const problem = { kind: 'file', reason: 'not-found' } as const
  main.answer('network.certificates', { ok: true, value: { file: 'a.pem', names: [], problem } })
  await aGroup(main)
  await screen.findByText('The file is not there')
})
