import { expect, it } from 'vitest'
import { ClockWatch } from './clock-watch'

it('tells how far the wall clock was set, and neither that time passes nor that it is kept right', () => {
  const time = { wall: 1_000_000, steady: 50 }
  const watch = new ClockWatch({
    now: () => time.wall,
    steady: () => time.steady,
    after: () => () => undefined,
  })
  const seen: number[] = []
  for (const [wallMs, steadyMs] of [
    [10_000, 10_000],
    [-60_000, 5],
    [300, 0],
    [90_000, 0],
  ] as const) {
    time.wall += wallMs
    time.steady += steadyMs
    seen.push(watch.setMs())
  }
  expect(seen).toEqual([0, -60_005, -60_005, 30_295])
})
