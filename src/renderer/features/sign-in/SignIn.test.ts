import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { FakeMain, aStartView, aWorkspace } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import { registry } from '../../../shared/domain/sections/registry'
import type { CredentialState, Prefill, ProbeReport } from '../../../shared/domain/workspace'
import ConnectScreen from '../../frame/ConnectScreen.svelte'

const user = userEvent.setup()
const host = 'api.iblai.app'

const report = (some: Partial<ProbeReport> = {}): ProbeReport => ({
  services: [
    { service: 'lms', host, isAccepted: true, username: 'noor.haddad' },
    { service: 'dm', host, isAccepted: true, username: 'noor.haddad' },
  ],
  sections: registry.shown.map(({ id }) => ({ section: id, canRead: true, canWrite: true })),
  keychain: 'stored',
  ...some,
})

/** The LMS host does not take the token: Basic and Social are closed. */
const partial = report({
  services: [
    { service: 'lms', host, isAccepted: false, error: { kind: 'unauthorized', host } },
    { service: 'dm', host, isAccepted: true, username: 'noor.haddad' },
  ],
  sections: registry.shown.map(({ id, service }) => ({
    section: id,
    canRead: service === 'dm',
    canWrite: service === 'dm',
    ...(id === 'education' && { found: 4 }),
  })),
})

const found: Prefill = {
  org: 'northwind',
  username: 'noor.haddad',
  address: 'https://api.iblai.app',
  hasToken: true,
  source: 'environment',
}
const none: Prefill = { org: '', username: '', address: '', hasToken: false, source: 'none' }

async function aConnectScreen(prefill = found, credential: CredentialState = 'missing') {
  const main = new FakeMain(aStartView({ workspaces: { all: [], credential }, prefill }))
  main.answer('workspace.probe', { ok: true, value: report() })
  main.answer('workspace.connect', { ok: true, value: aWorkspace() })
  const fake = await aStartedApp(main)
  render(WithApp, { app: fake.app, of: ConnectScreen })
  return fake
}

const connect = () => user.click(screen.getByRole('button', { name: /^Connect/ }))
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)

describe('Connect', () => {
  it('takes the focus where nothing else has it', async () => {
    await aConnectScreen()
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Connect' }))
  })

  it('is filled in from the environment, without the token itself', async () => {
    await aConnectScreen()
    expect(field('Organization').value).toBe('northwind')
    expect(field('Username').value).toBe('noor.haddad')
    expect(field('API token').value).toBe('')
    expect(field('API token').placeholder).toBe('Found in your environment')
  })

  it('opens by itself when the token may do everything', async () => {
    const { main } = await aConnectScreen()
    await connect()
    await waitFor(() => {
      expect(main.callsTo('workspace.connect')).toHaveLength(1)
    })
    expect(main.inputOf('workspace.probe')).toEqual({
      org: 'northwind',
      username: 'noor.haddad',
      token: '',
      address: 'https://api.iblai.app',
    })
  })

  it('shows what the token can do, and connects with that on a second press', async () => {
    const { main } = await aConnectScreen()
    main.answer('workspace.probe', { ok: true, value: partial })
    await connect()
    const row = await screen.findByRole('row', { name: /^Education/ })
    expect(within(row).getByText('4 entries')).toBeTruthy()
    expect(within(screen.getByRole('row', { name: /^Basic/ })).getAllByText('No')).toHaveLength(2)
    expect(screen.getByText('The LMS host refused this token')).toBeTruthy()
    expect(main.callsTo('workspace.connect')).toHaveLength(0)
    await user.click(screen.getByRole('button', { name: 'Connect with 4 sections' }))
    expect(main.callsTo('workspace.connect')).toHaveLength(1)
  })

  it('shows on request what each host answered', async () => {
    const { main } = await aConnectScreen()
    main.answer('workspace.probe', { ok: true, value: partial })
    await connect()
    await user.click(await screen.findByRole('button', { name: 'What the hosts answered' }))
    expect(screen.getByText('api.iblai.app accepts the token as noor.haddad.')).toBeTruthy()
  })

  it('asks anew once something was changed after the answer', async () => {
    const { main } = await aConnectScreen()
    main.answer('workspace.probe', { ok: true, value: partial })
    await connect()
    await screen.findByRole('button', { name: 'Connect with 4 sections' })
    await user.type(field('Organization'), 'x')
    expect(screen.getByRole('button', { name: 'Connect' })).toBeTruthy()
  })

  it('says whose token it is before anything is written', async () => {
    const { main } = await aConnectScreen()
    main.fail('workspace.probe', { kind: 'wrong-user', actual: 'sami' })
    await connect()
    await screen.findByText('This token belongs to sami. Nothing was changed.')
    expect(document.activeElement).toBe(field('Username'))
    expect(main.callsTo('workspace.connect')).toHaveLength(0)
  })

  it('says it too when only the report tells', async () => {
    const { main } = await aConnectScreen()
    const services = report().services.map((service) => ({ ...service, username: 'sami' }))
    main.answer('workspace.probe', { ok: true, value: report({ services }) })
    await connect()
    await screen.findByText('This token belongs to sami. Nothing was changed.')
    expect(main.callsTo('workspace.connect')).toHaveLength(0)
  })

  it('puts the refusal of both hosts on the token, with the focus', async () => {
    const { main } = await aConnectScreen()
    const error = { kind: 'unauthorized', host } as const
    const services = report().services.map((service) => ({ ...service, isAccepted: false, error }))
    main.answer('workspace.probe', { ok: true, value: report({ services, sections: [] }) })
    await connect()
    await screen.findByText('Both hosts refused this token.')
    expect(document.activeElement).toBe(field('API token'))
  })

  it('puts what is missing on the fields and the focus on the first', async () => {
    const { main } = await aConnectScreen(none)
    await connect()
    expect(screen.getByText('Enter the organization.')).toBeTruthy()
    expect(screen.getByText('Enter the API token.')).toBeTruthy()
    expect(field('Organization').getAttribute('aria-invalid')).toBe('true')
    await waitFor(() => {
      expect(document.activeElement).toBe(field('Organization'))
    })
    expect(main.callsTo('workspace.probe')).toHaveLength(0)
  })

  it.each([
    ['http://example.org', 'Without https:// the token could be read on the way. Use https://.'],
    ['ftp://example.org', 'The address has to start with https://.'],
  ])('refuses the address %s on its field', async (address, problem) => {
    await aConnectScreen()
    await user.click(screen.getByRole('button', { name: 'Advanced' }))
    await user.clear(field('Platform address'))
    await user.type(field('Platform address'), address)
    await connect()
    expect(await screen.findByText(problem)).toBeTruthy()
  })

  it('takes two addresses for two hosts', async () => {
    const { main } = await aConnectScreen()
    await user.click(screen.getByRole('button', { name: 'Advanced' }))
    await user.click(screen.getByRole('button', { name: 'Use separate LMS and DM addresses' }))
    expect(document.activeElement).toBe(field('LMS address'))
    await user.type(field('LMS address'), 'https://lms.example.org')
    await user.type(field('DM address'), 'https://dm.example.org')
    await connect()
    expect(main.inputOf('workspace.probe')).toMatchObject({
      lmsAddress: 'https://lms.example.org',
      dmAddress: 'https://dm.example.org',
    })
  })

  it.each([
    [{ kind: 'offline', reason: 'dns', host } as const, `${host} could not be found`],
    [{ kind: 'unauthorized', host } as const, `${host} refused this token`],
    [
      { kind: 'unexpected-answer', reason: 'html', host } as const,
      `${host} answered with a web page`,
    ],
  ])('says in one sentence why it could not ask: %j', async (error, title) => {
    const { main } = await aConnectScreen()
    main.fail('workspace.probe', error)
    await connect()
    expect(within(await screen.findByRole('alert')).getByText(title)).toBeTruthy()
  })

  it('hides the token and shows it on request', async () => {
    await aConnectScreen(none)
    expect(field('API token').type).toBe('password')
    await user.click(screen.getByRole('button', { name: /show/i }))
    expect(field('API token').type).toBe('text')
  })

  it('opens the demo without any field', async () => {
    const { main } = await aConnectScreen(none)
    await user.click(screen.getByRole('button', { name: 'Try the demo' }))
    expect(main.callsTo('workspace.openDemo')).toHaveLength(1)
  })

  it('fills in from a chosen file, and says when it holds nothing', async () => {
    const { main } = await aConnectScreen(none)
    main.fail('workspace.chooseEnvFile', { kind: 'file', reason: 'no-settings' })
    await user.click(screen.getByRole('button', { name: 'Choose the .env file' }))
    expect(await screen.findByText('No settings in this file')).toBeTruthy()
    main.answer('workspace.chooseEnvFile', { ok: true, value: { ...found, source: 'file' } })
    await user.click(screen.getByRole('button', { name: 'Choose the .env file' }))
    await waitFor(() => {
      expect(field('Organization').value).toBe('northwind')
    })
    expect(field('API token').placeholder).toBe('Found in the file')
  })
})

describe('Connect without a keychain', () => {
  it('says which trouble it is, and retries', async () => {
    const { main } = await aConnectScreen(found, { unavailable: 'locked' })
    expect(screen.getByText('The keychain is locked')).toBeTruthy()
    main.answer('workspace.retryKeychain', { ok: true, value: 'missing' })
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    expect(await screen.findByText('Kept in your system keychain. Never in a file.')).toBeTruthy()
  })

  it('connects only when the session alone may keep the token', async () => {
    const { main } = await aConnectScreen(found, { unavailable: 'missing' })
    const keychain = { unavailable: 'missing' } as const
    main.answer('workspace.probe', { ok: true, value: report({ keychain }) })
    await connect()
    await connect()
    expect(main.callsTo('workspace.connect')).toHaveLength(0)
    await user.click(screen.getByRole('checkbox', { name: 'Keep for this session only' }))
    await connect()
    expect(main.inputOf('workspace.connect')).toMatchObject({ sessionOnly: true })
  })
})
