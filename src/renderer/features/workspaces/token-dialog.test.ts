import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { aSectionView, aStartView, aWorkspace, FakeMain } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import { registry } from '../../../shared/domain/sections/registry'
import type { OwnTokens } from '../../../shared/domain/workspace'
import type { AppError, Service } from '../../../shared/errors'
import type { SectionView } from '../../../shared/sync/view'
import type { AskedToken } from '../../state/workspaces-state.svelte'
import CredentialBanner from './CredentialBanner.svelte'
import TokenDialog from './TokenDialog.svelte'

const user = userEvent.setup()
const token = `eyJ${'x'.repeat(60)}`

const failedRead = (service: Service): SectionView['read'] => ({
  kind: 'failed',
  error: { kind: 'unauthorized', status: 401, service },
  at: 7,
})

interface Given {
  readonly own?: OwnTokens
  /** Hosts whose sections could not be read. */
  readonly closed?: readonly Service[]
}

function anApp({ own, closed = [] }: Given = {}) {
  const sections = registry.all.map(({ id, service }) =>
    closed.includes(service)
      ? aSectionView({ section: id, readAt: undefined, read: failedRead(service) })
      : aSectionView({ section: id }),
  )
  const start = aStartView({ sections })
  const workspaces = { ...start.workspaces, ...(own && { ownTokens: own }) }
  return aStartedApp(new FakeMain({ ...start, workspaces }))
}

async function aDialog(asked: AskedToken, given: Given = {}) {
  const fake = await anApp(given)
  fake.app.workspaces.askToken(asked)
  render(WithApp, { app: fake.app, of: TokenDialog, given: { asked } })
  return fake
}

describe('the token dialog', () => {
  it('says for which host, what kind of token and who gives it', async () => {
    await aDialog('lms')
    const dialog = await screen.findByRole('dialog', { name: 'Add a second token' })
    expect(dialog.textContent).toMatch(
      /The LMS host keeps Basic and Social and takes a JWT or Bearer token\. An administrator of northwind can give you one\./,
    )
    const field = screen.getByLabelText<HTMLInputElement>('Token for the LMS host')
    expect(field.type).toBe('password')
    expect(screen.getByText('api.iblai.app')).toBeTruthy()
  })

  it('gives it for that host, says so and closes', async () => {
    const { main, app, toasts } = await aDialog('lms')
    await user.type(await screen.findByLabelText('Token for the LMS host'), `${token}{Enter}`)
    expect(main.inputOf('workspace.renewToken')).toEqual({
      token,
      service: 'lms',
      sessionOnly: false,
    })
    await waitFor(() => {
      expect(app.workspaces.askedToken).toBeUndefined()
    })
    expect(toasts.current?.text).toBe('The LMS host accepts the second token')
  })

  it('replaces the first one without naming a host', async () => {
    const { main } = await aDialog('first')
    await user.type(await screen.findByLabelText('API token'), 'new')
    await user.click(screen.getByRole('button', { name: 'Replace token' }))
    expect(main.inputOf('workspace.renewToken')).toEqual({ token: 'new', sessionOnly: false })
  })

  it.each<readonly [AppError, RegExp]>([
    [{ kind: 'unauthorized', host: 'api.iblai.app' }, /api\.iblai\.app refused this token/],
    [{ kind: 'wrong-user', actual: 'sam' }, /This token belongs to sam/],
    [{ kind: 'refused-input', field: 'token', problem: 'Not one.' }, /^Not one\.$/],
    [{ kind: 'timeout', host: 'api.iblai.app' }, /did not answer in time/],
  ])('puts %j on the field, keeps what was typed and stays open', async (error, words) => {
    const { main, app } = await aDialog('lms')
    main.fail('workspace.renewToken', error)
    const field = await screen.findByLabelText<HTMLInputElement>('Token for the LMS host')
    await user.type(field, `${token}{Enter}`)
    expect(await screen.findByText(words)).toBeTruthy()
    expect([field.value, field.getAttribute('aria-invalid')]).toEqual([token, 'true'])
    expect(document.activeElement).toBe(field)
    expect(app.workspaces.askedToken).toBe('lms')
  })

  it('asks nobody without a token', async () => {
    const { main } = await aDialog('lms')
    await user.click(await screen.findByRole('button', { name: 'Add token' }))
    expect(await screen.findByText('Enter the API token.')).toBeTruthy()
    expect(main.callsTo('workspace.renewToken')).toHaveLength(0)
  })

  it('says that the host is being asked, and asks once', async () => {
    const { main } = await aDialog('lms')
    main.hold('workspace.renewToken')
    await user.type(await screen.findByLabelText('Token for the LMS host'), `${token}{Enter}`)
    expect(await screen.findByText('Asking api.iblai.app')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(main.callsTo('workspace.renewToken')).toHaveLength(1)
  })

  it('offers this session when the keychain does not take it', async () => {
    const { main } = await aDialog('lms')
    main.fail('workspace.renewToken', { kind: 'keychain', reason: 'locked' })
    await user.type(await screen.findByLabelText('Token for the LMS host'), `${token}{Enter}`)
    expect(await screen.findByText('The keychain is locked')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try the keychain again' }))
    expect(main.inputOf('workspace.renewToken')).toMatchObject({ sessionOnly: false })
    await user.click(await screen.findByRole('button', { name: 'Keep for this session only' }))
    expect(main.inputOf('workspace.renewToken')).toMatchObject({
      token,
      sessionOnly: true,
      service: 'lms',
    })
  })

  it('closes when another workspace is opened', async () => {
    const { main, app } = await aDialog('lms')
    const other = aWorkspace({ id: 'other' as never, org: 'other' })
    main.emit('workspace.changed', { all: [other], current: other, credential: 'stored' })
    expect(app.workspaces.askedToken).toBeUndefined()
  })
})

describe('the banner of a refused token', () => {
  const refused = (service: Service) =>
    ({ kind: 'unauthorized', status: 401, host: 'api.iblai.app', service }) as const

  async function aBanner(service: Service, given: Given) {
    const fake = await anApp(given)
    render(WithApp, {
      app: fake.app,
      of: CredentialBanner,
      given: { trouble: refused(service) },
    })
    return fake
  }

  const names = () => screen.getAllByRole('button').map(({ textContent }) => textContent.trim())

  it('renews the second one where that was refused, and not the first', async () => {
    const { app } = await aBanner('lms', { own: { lms: 'stored' }, closed: ['lms'] })
    expect(screen.getByText('The LMS host refused its second token')).toBeTruthy()
    expect(names()).toEqual(['Replace the second token'])
    await user.click(screen.getByRole('button', { name: 'Replace the second token' }))
    expect(app.workspaces.askedToken).toBe('lms')
  })

  it('renews the first one at the host beside, and offers no third', async () => {
    await aBanner('dm', { own: { lms: 'stored' }, closed: ['dm'] })
    expect(names()).toEqual(['Enter a new token'])
  })

  it('offers both where the first is good for the other host', async () => {
    await aBanner('lms', { closed: ['lms'] })
    expect(screen.getByText('The LMS host refused the token')).toBeTruthy()
    expect(names()).toEqual(['Add a second token', 'Enter a new token'])
  })

  it('offers a new first one where no host takes it', async () => {
    await aBanner('lms', { closed: ['lms', 'dm'] })
    expect(names()).toEqual(['Enter a new token'])
  })

  it('takes the focus to the field, and back to the button when it is left', async () => {
    await aBanner('lms', { closed: ['lms', 'dm'] })
    await user.click(screen.getByRole('button', { name: 'Enter a new token' }))
    expect(document.activeElement).toBe(screen.getByLabelText('API token'))
    expect(screen.getByRole('button', { name: 'Show API token' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Enter a new token' }))
  })
})
