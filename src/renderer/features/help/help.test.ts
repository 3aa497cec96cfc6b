import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import { shortcuts } from '../../../shared/domain/shortcuts'
import AboutDialog from './AboutDialog.svelte'
import ShortcutsDialog from './ShortcutsDialog.svelte'

const user = userEvent.setup()

it('lists every key there is, with the sections there are', async () => {
  const { app } = await aStartedApp()
  render(WithApp, { app, of: ShortcutsDialog })
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const { what } of shortcuts) within(dialog).getByText(what)
  within(dialog).getByText('Ctrl 1–6')
  within(dialog).getByText('F6')
})

it('closes with Esc, and the state knows', async () => {
  const { app } = await aStartedApp()
  app.help.open('shortcuts')
  render(WithApp, { app, of: ShortcutsDialog })
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  expect(app.help.dialog).toBeUndefined()
})

it('names version, licence and what runs the app, and copies diagnostics', async () => {
  const { app, main } = await aStartedApp()
  render(WithApp, { app, of: AboutDialog })
  const dialog = await screen.findByRole('dialog', { name: 'About ibl.ai Profile' })
  within(dialog).getByText('0.1.0')
  within(dialog).getByText('MIT')
  await within(dialog).findByText('33.2.1')
  await user.click(within(dialog).getByRole('button', { name: 'Copy diagnostics' }))
  expect(main.callsTo('app.copyDiagnostics')).toHaveLength(1)
})

it('opens what main asks for', async () => {
  const { app, main } = await aStartedApp()
  main.emit('app.show', { act: 'about' })
  expect(app.help.dialog).toBe('about')
  main.emit('app.show', { act: 'shortcuts' })
  expect(app.help.dialog).toBe('shortcuts')
})
