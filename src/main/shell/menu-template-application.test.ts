import { describe, expect, it } from 'vitest'
import {
  byId,
  click,
  menuState,
  nobody,
  recorded,
  stateWith,
  workspace,
} from '../../../tests/fakes/menu-world'
import { registry } from '../../shared/domain/sections/registry'
import type { SyncState } from '../../shared/sync/state'
import type { MenuState } from './menu-state'
import { applicationTemplate } from './menu-template'

describe('Help', () => {
  it('shows the log and copies the diagnostics', () => {
    const { calls, actions } = recorded()
    const template = applicationTemplate(nobody, { sections: [], isMac: false }, actions)
    const ids = ['shortcuts', 'show-logs', 'copy-diagnostics', 'updates', 'about']
    for (const id of ids) click(byId(template, id))
    const names = ['showShortcuts', 'showLogs', 'copyDiagnostics', 'showUpdates', 'showAbout']
    expect(calls.map(([name]) => name)).toEqual(names)
  })

  it('names the restart once an update is fetched', () => {
    const labelIn = (state: MenuState) => {
      const { actions } = recorded()
      const template = applicationTemplate(state, { sections: [], isMac: false }, actions)
      return byId(template, 'updates')?.label
    }
    expect(labelIn(nobody)).toBe('Check for Updates…')
    expect(labelIn({ ...nobody, isUpdateReady: true })).toBe('Restart to Update…')
  })
})

describe('View', () => {
  const view = (state: MenuState) => {
    const { calls, actions } = recorded()
    const template = applicationTemplate(state, { sections: [], isMac: false }, actions)
    return { calls, at: (id: string) => byId(template, id) }
  }

  it('changes the text size and shows what waits', () => {
    const { calls, at } = view(nobody)
    for (const id of ['text-larger', 'text-smaller', 'text-usual', 'view-pending']) click(at(id))
    expect(calls.map(([name, change]) => change ?? name)).toEqual([
      'larger',
      'smaller',
      'usual',
      'showPending',
    ])
  })

  it('checks the theme there is and sets another', () => {
    const { calls, at } = view({ ...nobody, theme: 'dark' })
    expect(['system', 'light', 'dark'].map((theme) => at(`theme-${theme}`)?.checked)).toEqual([
      false,
      false,
      true,
    ])
    click(at('theme-light'))
    expect(calls).toEqual([['setTheme', 'light']])
  })

  it('shows keys that the window obeys, and takes none for itself', () => {
    const { at } = view(nobody)
    expect(at('text-larger')).toMatchObject({
      accelerator: 'CmdOrCtrl+Plus',
      registerAccelerator: false,
    })
    expect(at('shortcuts')).toMatchObject({
      accelerator: 'CmdOrCtrl+/',
      registerAccelerator: false,
    })
  })
})

describe('application menu', () => {
  const sections = registry.shown
  const template = (state: SyncState | undefined, actions = recorded().actions, isMac = false) =>
    applicationTemplate(state ? menuState(state) : nobody, { sections, isMac }, actions)

  it('has every section and both switches, under ids that stay', () => {
    const menu = template(stateWith({ learn: true, use: true }))
    const ids = sections.map(({ id }) => `section-${id}`)
    const more = ['menu-memory-learn', 'menu-memory-use', 'add-resume', 'menu-quit']
    for (const id of [...ids, ...more, `menu-workspace-${workspace.id}`, 'menu-connect-another']) {
      expect(byId(menu, id), id).toBeDefined()
    }
  })

  it('leads to sections and to the résumé', () => {
    const { actions, calls } = recorded()
    const menu = template(stateWith({}), actions)
    click(byId(menu, 'section-memory'))
    click(byId(menu, 'add-resume'))
    expect(calls).toEqual([['show', 'memory'], ['addResume']])
  })

  it('leads nowhere before somebody has connected', () => {
    const menu = template(undefined)
    expect([byId(menu, 'section-basic')?.enabled, byId(menu, 'add-resume')?.enabled]).toEqual([
      false,
      false,
    ])
  })

  it('begins with the app’s own menu on macOS only', () => {
    expect(template(undefined, undefined, true)[0]?.role).toBe('appMenu')
    expect(template(undefined)[0]?.label).toBe('File')
  })
})
