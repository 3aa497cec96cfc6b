import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aMutation } from '../../../tests/fakes/main-records'
import { aWorkspace } from '../../../tests/fakes/fake-main'
import {
  byId,
  click,
  menuState,
  nobody,
  now,
  recorded,
  stateWith,
  workspace,
} from '../../../tests/fakes/menu-world'
import { asMutationId, asWorkspaceId } from '../../shared/domain/ids'
import { memorySettings } from '../../shared/domain/sections/memory-settings'
import { trayTemplate, trayToolTip } from './menu-template'

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
