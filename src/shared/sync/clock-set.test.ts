import { describe, expect, it } from 'vitest'
import { selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import { education } from '../domain/sections/education'
import { registry } from '../domain/sections/registry'
import { eventOnSetClock, onSetClock } from './clock-set'
import { planPush } from './plan'
import { sendable } from './schedule'
import { emptyState, type Doubt, type Mutation } from './state'
import { step } from './step'
import { aCreate, aMutation, edited } from './testing/made'

const hourMs = 3_600_000
const stateWith = (mutation: Mutation) => ({ ...emptyState(0), outbox: [mutation] })
const error = { kind: 'server', status: 503 } as const

const isDue = (mutation: Mutation, now: number) =>
  sendable(stateWith(mutation), registry, { now, claimed: new Set() }).length > 0

const doubt: Doubt = {
  id: 'd',
  section: basic.id,
  item: selfItemId,
  title: '',
  body: {},
  before: {},
  seen: {},
  sentAt: 0,
  nextAt: 10_000,
}

const afterSetting = (mutation: Mutation, byMs: number): Mutation => {
  const [moved] = onSetClock(stateWith(mutation), byMs).outbox
  if (!moved) throw new Error('an edit was lost')
  return moved
}

describe('a clock that is set', () => {
  const waiting = aMutation({ state: { kind: 'waiting', until: 10_000, error } })

  it('back, does not make a pause longer', () => {
    const moved = afterSetting(waiting, -hourMs)
    expect([isDue(moved, 9_000 - hourMs), isDue(moved, 10_000 - hourMs)]).toEqual([false, true])
  })

  it('forward, may end a pause', () => {
    expect(isDue(afterSetting(waiting, hourMs), 1_000 + hourMs)).toBe(true)
  })

  it.each([hourMs, -hourMs])('by %i ms, leaves a lost create its time to be found', (byMs) => {
    const lost = aCreate({ isUncertain: true, sentAt: 1_000, sent: [aCreate().patch] })
    const moved = afterSetting(lost, byMs)
    const planAt = (now: number) => planPush(education, moved, { items: [], now }).kind
    expect([planAt(20_000 + byMs), planAt(32_000 + byMs)]).toEqual(['later', 'create'])
  })

  it('leaves a delete the time to be undone, also one that is being stored', () => {
    const held = aMutation({ op: 'delete', state: { kind: 'queued', notBefore: 12_000 } })
    expect(afterSetting(held, hourMs).state).toMatchObject({ notBefore: 12_000 + hourMs })
    expect(eventOnSetClock(edited(held), hourMs)).toMatchObject({
      mutation: { state: { notBefore: 12_000 + hourMs } },
    })
  })

  it('does not put off the next look at a record in doubt', () => {
    const state = onSetClock({ ...emptyState(0), doubts: [doubt] }, -hourMs)
    expect(state.doubts).toMatchObject([{ sentAt: -hourMs, nextAt: 10_000 - hourMs }])
  })
})

describe('a clock that was set while the app was closed', () => {
  const started = (mutation: Mutation, at: number): Mutation | undefined =>
    step(stateWith(mutation), { type: 'restarted', at })[0].outbox[0]

  it('forward, leaves a lost create its time to be found', () => {
    const lost = aCreate({ isUncertain: true, sentAt: 1_000, sent: [aCreate().patch] })
    const again = started(lost, hourMs)
    expect(again && planPush(education, again, { items: [], now: hourMs }).kind).toBe('later')
  })

  it('back, names no moment that is waited for', () => {
    const later = aMutation({ state: { kind: 'queued', notBefore: hourMs } })
    const again = started(later, 1_000)
    expect(again && isDue(again, 31_000)).toBe(true)
  })

  it('does not end the looks at a record in doubt', () => {
    const [state] = step({ ...emptyState(0), doubts: [doubt] }, { type: 'restarted', at: hourMs })
    expect(state.doubts).toMatchObject([{ nextAt: hourMs + 10_000 }])
  })
})
