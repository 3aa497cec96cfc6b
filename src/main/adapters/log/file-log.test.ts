import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countedIds, ManualClock } from '../../../../tests/fakes/main-clock'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { createFileLog } from './file-log'

async function aLog() {
  const path = join(await freshFolder(), 'logs', 'app.log')
  const log = createFileLog(path, { clock: new ManualClock(), ids: countedIds() })
  const lines = async () => {
    await log.settled()
    return (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  }
  return { path, log, lines }
}

it('writes one line for each event, in order', async () => {
  const { log, lines } = await aLog()
  log.info('ipc', { channel: 'app.start', ms: 3 })
  log.info('started')
  expect((await lines()).map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '2026-11-24T14:30:00.000Z', event: 'ipc', channel: 'app.start', ms: 3 },
    { at: '2026-11-24T14:30:00.000Z', event: 'started' },
  ])
})

it('keeps of an exception where it was thrown, never what it says', async () => {
  const { log, lines } = await aLog()
  const reference = log.error('ipc section.edit', new TypeError('bio is Ada Lovelace'))
  const [line = ''] = await lines()
  expect(line).toContain(reference)
  expect(line).toContain('TypeError')
  expect(line).toContain('file-log.test.ts')
  expect(line).not.toContain('Lovelace')
})

it('is not fooled by a message that looks like a frame', async () => {
  const { log, lines } = await aLog()
  log.error('push', new Error('refused\n    at secret-value (x.js:1:1)'))
  expect((await lines()).join()).not.toContain('secret-value')
})

it('keeps nothing of a thrown value that is no error', async () => {
  const { log, lines } = await aLog()
  log.error('push', 'secret-value')
  log.error('push', { token: 'secret-value' })
  expect((await lines()).join()).not.toContain('secret-value')
})

it('cannot be given a second line by a fact', async () => {
  const { log, lines } = await aLog()
  log.info('host', { host: 'a\n{"event":"forged"}' })
  expect(await lines()).toHaveLength(1)
})

it('is for the person alone', async () => {
  const { path, log } = await aLog()
  log.info('started')
  await log.settled()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700)
})

it('begins a new file when one is large, and keeps the last', async () => {
  const { path, log, lines } = await aLog()
  await mkdir(join(path, '..'))
  await writeFile(path, 'x'.repeat(600_000))
  log.info('started')
  expect(await lines()).toHaveLength(1)
  expect((await stat(`${path}.1`)).size).toBe(600_000)
})

it('stays bounded under a flood', async () => {
  const { log, lines } = await aLog()
  for (let count = 0; count < 50_000; count += 1) log.info('ipc')
  const kept = await lines()
  expect(kept.length).toBeLessThan(10_000)
})

it('goes on where nothing can be written', async () => {
  const folder = await freshFolder()
  await writeFile(join(folder, 'logs'), 'in the way')
  const clock = new ManualClock()
  const log = createFileLog(join(folder, 'logs', 'app.log'), { clock, ids: countedIds() })
  log.info('started')
  await expect(log.settled()).resolves.toBeUndefined()
})
