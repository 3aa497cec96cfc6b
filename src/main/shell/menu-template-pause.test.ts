import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  byId,
  click,
  flat,
  menuState,
  now,
  recorded,
  stateWith,
} from '../../../tests/fakes/menu-world'
import { registry } from '../../shared/domain/sections/registry'
import type { SyncState } from '../../shared/sync/state'
import { aPause } from '../../shared/sync/testing/made'
import { applicationTemplate, trayTemplate, trayToolTip } from './menu-template'

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
