import { expect, it } from 'vitest'
import {
  aConnection,
  aMainWorld,
  sampleToken,
  valueOf,
  type MainWorld,
} from '../../../tests/fakes/main-world'
import { selfItemId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'

async function aConnected(address = 'https://api.iblai.app') {
  const world = aMainWorld()
  const connection = aConnection({ address, org: 'secret-org', username: 'noor' })
  valueOf(await world.handlers.workspace.connect({ connection }))
  await world.settle()
  return world
}

async function copied(world: MainWorld): Promise<string> {
  valueOf(await world.handlers.app.copyDiagnostics({}))
  return world.desktop.copied
}

it('tells versions, what the desktop offers, and every section', async () => {
  const text = await copied(await aConnected())
  expect(text).toContain('ibl.ai Profile 0.0.0, from source')
  expect(text).toContain('Electron 33.2.1, Chromium 130.0, Node 20.18.1')
  expect(text).toContain('Keychain: answers')
  expect(text).toContain('Tray: there; starts at login: no')
  expect(text).toContain('Workspaces: 1, of these demo: 0')
  expect(text).toContain('Open: api.iblai.app; token stored; second tokens: none')
  expect(text).toMatch(/^ {2}education: .*\d+ records, 0 unsent$/m)
  expect(text).toContain('Failures since the start: none')
})

it('works before somebody has connected, and with a keychain that is locked', async () => {
  const world = aMainWorld()
  world.keychain.failure = { kind: 'keychain', reason: 'locked' }
  const text = await copied(world)
  expect(text).toContain('Keychain: keychain/locked')
  expect(text).toContain('None is open.')
})

it('holds no value, name, token, or host that is not ibl.ai’s own', async () => {
  const world = await aConnected('https://platform.secret-university.example')
  const detail = 'Noor Haddad may not'
  world.platform.failure = { kind: 'forbidden', service: 'lms', status: 403, detail }
  const patch = { bio: 'A secret sentence.' }
  valueOf(await world.handlers.section.edit({ section: basic.id, item: selfItemId, patch }))
  await world.settle()
  const text = await copied(world)
  expect(text).toContain('a host of its own')
  expect(text).toMatch(/1 blocked by forbidden\/lms\/403/)
  for (const secret of ['secret', 'noor', 'Noor', 'Haddad', sampleToken, '/']) {
    const words = secret === '/' ? /\/(home|data|Users)/ : secret
    expect(text).not.toMatch(words)
  }
})

it('names the last failures by kind, the oldest of many forgotten', async () => {
  const world = await aConnected()
  const { errorLog } = world
  const offline = { outcome: 'offline', reason: 'tls' }
  for (let count = 0; count < 30; count += 1) {
    errorLog.info('request', { service: 'dm', method: 'GET', route: '/x/*', outcome: 200 })
    errorLog.info('request', { service: 'lms', method: 'GET', route: '/x/*', ...offline })
  }
  errorLog.info('ipc', { channel: 'section.edit', error: 'invalid', ms: 1 })
  errorLog.info('ipc', { channel: 'section.edit', error: 'none', ms: 1 })
  errorLog.error('uncaught', new TypeError('a secret'))
  const lines = (await copied(world)).split('Last failures:\n')[1]?.trimEnd().split('\n') ?? []
  expect(lines).toHaveLength(20)
  expect(lines.at(-2)).toMatch(/^ {2}0 s ago: ipc section\.edit invalid$/)
  expect(lines.at(-1)).toMatch(/^ {2}0 s ago: uncaught TypeError ref-\d+$/)
  expect(lines[0]).toContain('request lms GET offline tls')
  expect(lines.join()).not.toContain('secret')
})

it('shows the log where it lies', async () => {
  const world = aMainWorld()
  valueOf(await world.handlers.app.showLogs({}))
  expect(world.desktop.shownFiles).toEqual(['/data/logs/app.log'])
})
