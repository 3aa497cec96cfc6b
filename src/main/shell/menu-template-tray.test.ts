import { existsSync } from 'node:fs'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { aMutation, aSnapshot } from '../../../tests/fakes/main-records'
import { aWorkspace } from '../../../tests/fakes/fake-main'
import { asMutationId, asWorkspaceId, selfItemId } from '../../shared/domain/ids'
import { memorySettings } from '../../shared/domain/sections/memory-settings'
import { registry } from '../../shared/domain/sections/registry'
import type { Values } from '../../shared/domain/values'
import { emptyState, type SyncState } from '../../shared/sync/state'
import { aPause } from '../../shared/sync/testing/made'
import { menuStateOf, type MenuState } from './menu-state'
import { applicationTemplate, trayTemplate, trayToolTip, type MenuActions } from './menu-template'

function recorded() {
  const calls: (readonly unknown[])[] = []
  const record =
    (name: string) =>
    (...parameters: unknown[]) => {
      calls.push([name, ...parameters])
    }
  const actions: MenuActions = {
    open: record('open'),
    setTheme: record('setTheme'),
    changeTextSize: record('changeTextSize'),
    showShortcuts: record('showShortcuts'),
    showUpdates: record('showUpdates'),
    showAbout: record('showAbout'),
    showLogs: record('showLogs'),
    copyDiagnostics: record('copyDiagnostics'),
    quit: record('quit'),
    flip: record('flip'),
    pause: record('pause'),
    resume: record('resume'),
    show: record('show'),
    addResume: record('addResume'),
    showPending: record('showPending'),
    switchTo: record('switchTo'),
    connectAnother: record('connectAnother'),
  }
  return { calls, actions }
}

function stateWith(switches: Values | undefined, outbox: SyncState['outbox'] = []): SyncState {
  const items = switches ? [{ id: selfItemId, values: switches, wire: {} }] : []
  const snapshot = aSnapshot({ section: memorySettings.id, items })
  return { ...emptyState(0), snapshots: new Map([[memorySettings.id, snapshot]]), outbox }
}

const now = new Date(2026, 10, 24, 14, 30).getTime()
const workspace = aWorkspace({ org: 'northwind' })
const nobody = menuStateOf({ all: [], registry, now })

const menuState = (state: SyncState, all = [workspace]) =>
  menuStateOf({ open: { workspace, name: 'Noor Haddad', state }, all, registry, now })

const flat = (
  template: readonly MenuItemConstructorOptions[],
): readonly MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

const byId = (template: readonly MenuItemConstructorOptions[], id: string) =>
  flat(template).find((item) => item.id === id)

const click = (item: MenuItemConstructorOptions | undefined) =>
  (item?.click as (() => void) | undefined)?.()

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

describe('tray', () => {
  it('names nobody before somebody has connected', () => {
    const template = trayTemplate(nobody, recorded().actions)
    expect(template.map(({ id, label }) => id ?? label)).toEqual(['who', undefined, 'open', 'quit'])
    expect(byId(template, 'who')?.label).toBe('ibl.ai Profile: not connected')
  })

  it('shows who it is and both switches as the platform has them', () => {
    const template = trayTemplate(
      menuState(stateWith({ learn: true, use: false })),
      recorded().actions,
    )
    expect(byId(template, 'who')?.label).toBe('Noor Haddad, northwind')
    expect([byId(template, 'memory-learn'), byId(template, 'memory-use')]).toMatchObject([
      {
        type: 'checkbox',
        checked: true,
        enabled: true,
        label: 'Allow AI to learn from conversations',
      },
      {
        type: 'checkbox',
        checked: false,
        enabled: true,
        label: 'Use saved information in responses',
      },
    ])
  })

  it.each([undefined, {}, { learn: null, use: null }])(
    'lets nobody flip a switch whose value is not known: %j',
    (switches) => {
      const template = trayTemplate(menuState(stateWith(switches)), recorded().actions)
      expect(byId(template, 'memory-learn')).toMatchObject({ enabled: false, checked: false })
    },
  )

  it('flips to the other side of what it shows', () => {
    const { actions, calls } = recorded()
    const template = trayTemplate(menuState(stateWith({ learn: true, use: false })), actions)
    click(byId(template, 'memory-learn'))
    click(byId(template, 'memory-use'))
    expect(calls).toEqual([
      ['flip', 'memory-learn', false],
      ['flip', 'memory-use', true],
    ])
  })

  it('says of a flipped switch that it is not sent yet, and shows it flipped', () => {
    const waiting = aMutation({
      id: asMutationId('m'),
      section: memorySettings.id,
      patch: { learn: false },
      base: { learn: true },
    })
    const template = trayTemplate(
      menuState(stateWith({ learn: true }, [waiting])),
      recorded().actions,
    )
    expect(byId(template, 'memory-learn')).toMatchObject({
      checked: false,
      label: 'Allow AI to learn from conversations (not sent yet)',
    })
  })

  it('flips a refused switch back and says why', () => {
    const refused = aMutation({
      section: memorySettings.id,
      patch: { learn: false },
      base: { learn: true },
      state: { kind: 'blocked', error: { kind: 'forbidden' } },
    })
    const { actions, calls } = recorded()
    const template = trayTemplate(menuState(stateWith({ learn: true }, [refused])), actions)
    expect(byId(template, 'memory-learn')).toMatchObject({
      checked: true,
      label: 'Allow AI to learn from conversations (refused: not permitted)',
    })
    click(byId(template, 'memory-learn'))
    expect(calls).toEqual([['flip', 'memory-learn', false]])
  })

  it('says in its second line where the edits are, and leads to those that wait', () => {
    const { actions, calls } = recorded()
    const waiting = aMutation({ id: asMutationId('m'), section: memorySettings.id })
    const offline = { isOnline: false, since: now - 60_000 }
    const state = { ...stateWith({ learn: true }, [waiting]), connectivity: offline }
    const template = trayTemplate(menuState(state), actions)
    expect(byId(template, 'status')).toMatchObject({
      label: 'Offline since 14:29, 1 edit on this computer',
      enabled: true,
    })
    click(byId(template, 'status'))
    expect(calls).toEqual([['showPending']])
    expect(byId(trayTemplate(menuState(stateWith({})), actions), 'status')?.enabled).toBe(false)
    expect(trayToolTip(menuState(state))).toBe(
      'Noor Haddad, northwind\nOffline since 14:29, 1 edit on this computer',
    )
  })

  it('lists the workspaces, marks the open one and switches', () => {
    const { actions, calls } = recorded()
    const other = aWorkspace({ id: asWorkspaceId('w-2'), org: 'harbor', personName: 'Noor' })
    const template = trayTemplate(menuState(stateWith({}), [workspace, other]), actions)
    expect(byId(template, `workspace-${workspace.id}`)).toMatchObject({ checked: true })
    expect(byId(template, 'workspace-w-2')).toMatchObject({ checked: false, label: 'Noor, harbor' })
    click(byId(template, 'workspace-w-2'))
    click(byId(template, 'connect-another'))
    click(byId(template, 'tray-add-resume'))
    expect(calls).toEqual([['switchTo', 'w-2'], ['connectAnother'], ['addResume']])
  })

  it('opens and quits', () => {
    const { actions, calls } = recorded()
    const template = trayTemplate(nobody, actions)
    click(byId(template, 'open'))
    click(byId(template, 'quit'))
    expect(calls).toEqual([['open'], ['quit']])
  })
})

describe('Pause learning', () => {
  const pausedUntil = (until: number, learn = false): SyncState => ({
    ...stateWith({ learn, use: true }),
    pause: aPause({ startedAt: now, until }),
  })
  const ids = (state: SyncState) =>
    flat(trayTemplate(menuState(state), recorded().actions))
      .map(({ id }) => id ?? '')
      .filter((id) => /pause|resume$/.test(id) && id !== 'tray-add-resume')

  it('offers an hour and until tomorrow, in the tray and in the application menu', () => {
    const { actions, calls } = recorded()
    const state = menuState(stateWith({ learn: true, use: true }))
    const tray = trayTemplate(state, actions)
    const menu = applicationTemplate(state, { sections: registry.shown, isMac: false }, actions)
    expect(flat(tray).filter(({ id }) => id?.startsWith('memory-learn-'))).toMatchObject([
      { label: 'Pause learning', enabled: true },
      { label: 'For one hour', enabled: true },
      { label: 'Until tomorrow, 08:00', enabled: true },
    ])
    click(byId(tray, 'memory-learn-pause-hour'))
    click(byId(menu, 'menu-memory-learn-pause-tomorrow'))
    expect(calls).toEqual([
      ['pause', 'memory-learn', 'hour'],
      ['pause', 'memory-learn', 'tomorrow'],
    ])
  })

  it.each([{ learn: false }, {}])('offers nothing where learning is %j', (values) => {
    const template = trayTemplate(menuState(stateWith(values)), recorded().actions)
    const items = flat(template).filter(({ id }) => id?.startsWith('memory-learn-pause'))
    expect(items.map(({ enabled }) => enabled)).toEqual([false, false, false])
  })

  it('says until when, and resumes, in the tray and in the application menu', () => {
    const { actions, calls } = recorded()
    const state = menuState(pausedUntil(now + 3_600_000))
    const tray = trayTemplate(state, actions)
    const menu = applicationTemplate(state, { sections: registry.shown, isMac: false }, actions)
    expect(byId(tray, 'memory-learn-paused')).toMatchObject({
      label: 'Learning is paused until 15:30',
      enabled: false,
    })
    click(byId(tray, 'memory-learn-resume'))
    click(byId(menu, 'menu-memory-learn-resume'))
    expect(calls).toEqual([
      ['resume', 'memory-learn'],
      ['resume', 'memory-learn'],
    ])
  })

  it('says the day where it is not today', () => {
    const tomorrow = new Date(2026, 10, 25, 8).getTime()
    const template = trayTemplate(menuState(pausedUntil(tomorrow)), recorded().actions)
    expect(byId(template, 'memory-learn-paused')?.label).toBe(
      'Learning is paused until tomorrow, 08:00',
    )
  })

  it('keeps its ids', () => {
    const pauses = ['memory-learn-pause', 'memory-learn-pause-hour', 'memory-learn-pause-tomorrow']
    expect(ids(stateWith({ learn: true }))).toEqual(pauses)
    expect(ids(pausedUntil(now + 1))).toEqual(['memory-learn-paused', 'memory-learn-resume'])
  })

  it('shows in the picture and under the pointer, unless something graver does', () => {
    const state = pausedUntil(now + 3_600_000)
    expect(menuState(state).look).toBe('paused')
    expect(trayToolTip(menuState(state)).split('\n').at(-1)).toBe('Learning is paused until 15:30')
    expect(existsSync('resources/tray/paused-dark.png')).toBe(true)
    const offline = { isOnline: false, since: now }
    expect(menuState({ ...state, connectivity: offline }).look).toBe('offline')
  })

  it('is not said while its switch shows on', () => {
    const state = menuState(pausedUntil(now + 3_600_000, true))
    expect(state.look).toBe('idle')
    expect(byId(trayTemplate(state, recorded().actions), 'memory-learn-pause')?.enabled).toBe(true)
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

describe('the tray’s picture', () => {
  const waiting = aMutation({ id: asMutationId('m'), section: memorySettings.id })
  const conflict = { kind: 'conflict', theirs: {}, seenAt: now } as const

  it.each([
    ['idle', stateWith({})],
    ['unsent', stateWith({}, [waiting])],
    ['offline', { ...stateWith({}, [waiting]), connectivity: { isOnline: false, since: now } }],
    ['needs-you', stateWith({}, [{ ...waiting, state: conflict }])],
  ])('is %s', (look, state) => {
    expect(menuState(state).look).toBe(look)
    expect(existsSync(`resources/tray/${look}-dark.png`)).toBe(true)
  })
})
