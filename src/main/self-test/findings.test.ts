import { expect, it } from 'vitest'
import type { Clock } from '../../shared/sync/ports'
import { findingsOf } from './findings'

const endless: Clock = { now: () => 0, steady: () => 0, after: () => () => undefined }
const atOnce: Clock = {
  ...endless,
  after: (_delayMs, callback) => {
    queueMicrotask(() => queueMicrotask(callback))
    return () => undefined
  },
}
const well = () => Promise.resolve({ ok: true, items: 3 })

it('makes every check, also after one that fails', async () => {
  const checks = { one: well, two: () => Promise.reject(new Error('broken')), three: well }
  expect(await findingsOf(checks, { clock: endless, limitMs: 1_000 })).toEqual({
    one: { ok: true, items: 3 },
    two: { ok: false, problem: 'broken' },
    three: { ok: true, items: 3 },
  })
})

it('ends when a check never does, and says which are missing', async () => {
  const stuck = () => new Promise<never>(() => undefined)
  const found = await findingsOf({ stuck, after: well }, { clock: atOnce, limitMs: 60_000 })
  const late = { ok: false, problem: 'Not finished within 60 s.' }
  expect(found).toEqual({ stuck: late, after: late })
})
