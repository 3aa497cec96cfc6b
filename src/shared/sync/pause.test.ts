import { describe, expect, it } from 'vitest'
import { asMutationId } from '../domain/ids'
import { memorySettings } from '../domain/sections/memory-settings'
import { basic } from '../domain/sections/basic'
import type { Values } from '../domain/values'
import { eventOnSetClock, onSetClock } from './clock-set'
import { recordsIn, type SyncEvent } from './events'
import { switchValue } from './pause'
import { planPush } from './plan'
import { replay } from './replay'
import { emptyState, type Mutation, type SyncState } from './state'
import { step } from './step'
import { aMutation, after, anItem, aPause, failed, pulled, sending } from './testing/made'

const hourMs = 3_600_000

const pause = aPause()

const flip = (learn: boolean, some: Partial<Mutation> = {}): Mutation =>
  aMutation({
    section: memorySettings.id,
    patch: { learn },
    base: { learn: !learn },
    title: 'Memory switches',
    ...some,
  })

const read = (values: Values): SyncEvent => pulled([anItem(values)], memorySettings.id)
const begin: Extract<SyncEvent, { type: 'edited' }> = {
  type: 'edited',
  mutation: flip(false),
  pause,
}
const end: SyncEvent = { type: 'pause-ended', id: pause.id, at: 9_000 }
const sent = (learn = false, id = 'm1', editedAt = 1): SyncEvent => sending(id, editedAt, { learn })
const accepted = (learn: boolean, id = 'm1'): SyncEvent => ({
  type: 'accepted',
  id: asMutationId(id),
  at: 30,
  item: anItem({ learn, use: true }),
})
const lost = failed({ kind: 'timeout' })
const refused = failed({ kind: 'forbidden' })

const on = read({ learn: true, use: true })
const off = read({ learn: false, use: true })
const paused: readonly SyncEvent[] = [on, begin]
const pausedThere: readonly SyncEvent[] = [...paused, sent(), accepted(false)]

const isShownOn = (state: SyncState) => switchValue(state, pause)
/** What would be written now, were it read so. */
const planOf = (state: SyncState, learn: boolean) => {
  const [edit] = state.outbox
  if (!edit) throw new Error('nothing waits')
  const plan = planPush(memorySettings, edit, { items: [anItem({ learn })], now: 10 * hourMs })
  return plan.kind === 'update' ? plan.toWrite : plan.kind
}

describe('a pause', () => {
  it('turns the switch off by an edit, and is stored with it or not at all', () => {
    const state = after(paused)
    expect([state.pause, isShownOn(state)]).toEqual([pause, false])
    const [, effects] = step(after([on]), begin)
    expect(recordsIn(effects).map(({ type }) => type)).toEqual(['together'])
  })

  it('goes on when the question about the other switch is answered, and not when its own is', () => {
    const question: SyncEvent = { type: 'contested', id: begin.mutation.id, theirs: {}, at: 20 }
    const both = { ...begin, mutation: flip(false, { patch: { learn: false, use: false } }) }
    const answer = (choices: Values): SyncEvent => ({
      type: 'resolved',
      id: begin.mutation.id,
      choices,
      at: 25,
    })
    const asked = after([on, both, { ...question, theirs: { use: true } }])
    expect(after([answer({ use: false })], asked).pause).toEqual(pause)
    expect(after([answer({ learn: false })], asked).pause).toBeUndefined()
  })

  it.each([
    ['is off', [off]],
    ['was never set', [read({ use: true })]],
    ['is unknown', []],
  ])('of a switch that %s does nothing', (_, events) => {
    const state = after([...events, begin])
    expect([state.pause, state.outbox]).toEqual([undefined, []])
  })

  it('stays while its edit waits, is sent, is lost, is refused, is confirmed', () => {
    const others = [sent(), lost, off, sent(), refused, { type: 'retried' }, sent()] as const
    expect(after([...paused, ...others, accepted(false), off]).pause).toEqual(pause)
  })

  it('is not touched by other switches, sections and records', () => {
    const use = flip(false, { id: asMutationId('m9'), patch: { use: false }, base: { use: true } })
    const other = aMutation({ id: asMutationId('m8'), section: basic.id })
    const events = [use, other].map((mutation): SyncEvent => ({ type: 'edited', mutation }))
    expect(after([...pausedThere, ...events]).pause).toEqual(pause)
  })

  it('begun anew behind its own edit in flight is not ended by that', () => {
    const on2 = flip(true, { id: asMutationId('m2'), base: { learn: true }, editedAt: 2 })
    const again = { ...pause, id: asMutationId('m3') }
    const off3 = flip(false, { id: again.id, editedAt: 3 })
    const typed: SyncEvent = { type: 'edited', mutation: on2 }
    const begun: SyncEvent = { type: 'edited', mutation: off3, pause: again }
    const state = after([...paused, sent(), typed, begun, accepted(false), off])
    expect(state.pause).toEqual(again)
  })

  it('is over when it was on there meanwhile and another has turned it off', () => {
    const resumed = after([...pausedThere, end])
    const at = resumed.outbox[0]
    const lateOn = after(
      [sending(at?.id, at?.editedAt, { learn: true }), failed({ kind: 'timeout' }, at?.id)],
      resumed,
    )
    const again = { ...pause, id: asMutationId('m5') }
    const paused2 = after(
      [{ type: 'edited', mutation: flip(false, { id: again.id, editedAt: 60 }), pause: again }],
      lateOn,
    )
    expect(paused2.pause).toEqual(again)
    expect(after([on], paused2).pause).toEqual(again)
    expect(after([on, off], paused2).pause).toBeUndefined()
  })

  it('shows a refused switch as it is', () => {
    expect(isShownOn(after([...paused, sent(), refused]))).toBe(true)
  })
})

describe('the end of a pause', () => {
  it('turns the switch on again', () => {
    const state = after([...pausedThere, end])
    expect([state.pause, isShownOn(state), planOf(state, false)]).toEqual([
      undefined,
      true,
      { learn: true },
    ])
  })

  it('leaves nothing to send where nothing was sent', () => {
    const state = after([...paused, end])
    expect([state.pause, state.outbox]).toEqual([undefined, []])
  })

  it('leaves what else was edited', () => {
    const mutation = flip(false, { patch: { use: false }, base: { use: true } })
    const state = after([on, { type: 'edited', mutation }, begin, end])
    expect(state.outbox.map(({ patch }) => patch)).toEqual([{ use: false }])
  })

  it('turns on what was on only here', () => {
    const mutation = flip(false, { base: { learn: false } })
    const state = after([off, { type: 'edited', mutation: flip(true) }, { ...begin, mutation }])
    expect(state.outbox).toEqual([])
    expect(planOf(after([end], state), false)).toEqual({ learn: true })
  })

  it('stands behind an edit that is on its way, and holds', () => {
    const state = after([...paused, sent(), end])
    expect(state.outbox).toHaveLength(2)
    const there = after([accepted(false)], state)
    expect([isShownOn(there), planOf(there, false)]).toEqual([true, { learn: true }])
    const gone = after([lost], state)
    expect([planOf(gone, false), planOf(gone, true)]).toEqual([{ learn: true }, 'done'])
  })

  it('turns on again what an unanswered attempt may have turned off', () => {
    const state = after([...paused, sent(), lost, end])
    expect([planOf(state, false), planOf(state, true)]).toEqual([{ learn: true }, 'done'])
  })

  it('does so no more once the person has said off themselves', () => {
    const state = after([...paused, sent(), lost, end])
    const typed: readonly SyncEvent[] = [false, true].map((learn, index) => ({
      type: 'edited',
      mutation: flip(learn, { id: asMutationId(`m${index + 5}`), editedAt: 50 + index }),
    }))
    expect(after(typed, state).outbox.map(({ putsBack }) => putsBack)).toEqual([undefined])
  })

  it('writes nothing over an off that another has said after a refusal and a lost answer', () => {
    const use: SyncEvent = {
      type: 'edited',
      mutation: flip(false, { id: asMutationId('m0'), patch: { use: false }, base: { use: true } }),
    }
    const both = after([on, use, begin])
    const at = both.outbox[0]?.editedAt ?? 0
    const refusedBoth = after(
      [sending('m0', at, { use: false, learn: false }), failed({ kind: 'forbidden' }, 'm0'), end],
      both,
    )
    const ended = refusedBoth.outbox[0]?.editedAt ?? 0
    const state = after(
      [sending('m0', ended, { use: false }), failed({ kind: 'timeout' }, 'm0')],
      refusedBoth,
    )
    expect(planOf(state, false)).toEqual({ use: false })
  })

  it('leaves nothing to write where the pause was refused', () => {
    expect(after([...paused, sent(), refused, end]).outbox).toEqual([])
  })

  it('comes once', () => {
    const state = after([...pausedThere, end])
    expect(after([end], state)).toEqual(state)
  })

  it('is not that of a pause begun since', () => {
    const again = { ...pause, id: asMutationId('m2') }
    const mutation = flip(false, { id: asMutationId('m2') })
    const state = after([...pausedThere, end, { type: 'edited', mutation, pause: again }, end])
    expect([state.pause, isShownOn(state)]).toEqual([again, false])
  })
})

describe('what else is said of the switch', () => {
  const typed = (learn: boolean): SyncEvent => ({
    type: 'edited',
    mutation: flip(learn, { id: asMutationId('m3'), editedAt: 40 }),
  })

  it.each([true, false])('here, %j, ends the pause and stands', (learn) => {
    const state = after([...pausedThere, typed(learn), end])
    expect([state.pause, isShownOn(state)]).toEqual([undefined, learn])
  })

  it('here is stored in one record with the end of the pause', () => {
    const [, effects] = step(after(pausedThere), typed(false))
    expect(recordsIn(effects).map(({ type }) => type)).toEqual(['together'])
  })

  it('by another device: on again ends the pause, and nothing is written', () => {
    const state = after([...pausedThere, on, end])
    expect([state.pause, state.outbox, isShownOn(state)]).toEqual([undefined, [], true])
  })

  it('by another device: off before ours went out, and it stays off', () => {
    const state = after([...paused, off, end])
    expect([state.pause, planOf(state, false)]).toEqual([undefined, 'done'])
  })

  it('by another device, told by the answer to another edit, ends the pause', () => {
    const use = flip(false, { id: asMutationId('m4'), patch: { use: false }, base: { use: true } })
    const state = after([...pausedThere, { type: 'edited', mutation: use }])
    expect(after([accepted(false, 'm4')], state).pause).toEqual(pause)
    expect(after([accepted(true, 'm4')], state).pause).toBeUndefined()
  })

  it('is not what another section’s answer lets an old copy say', () => {
    const item = anItem({ bio: 'mine' })
    const bio: SyncEvent = { type: 'edited', mutation: aMutation({ id: asMutationId('m7') }) }
    const wish = flip(true, { base: { learn: true } })
    const again: SyncEvent = { type: 'edited', mutation: flip(false, { editedAt: 2 }), pause }
    const state = after([off, { type: 'edited', mutation: wish }, again, bio])
    const told: SyncEvent = { type: 'accepted', id: asMutationId('m7'), at: 30, item }
    expect(after([told], state).pause).toEqual(pause)
  })

  it('is not what a read out of date says', () => {
    const late: SyncEvent = { ...on, confirmations: 0 } as SyncEvent
    expect(after([...pausedThere, late]).pause).toEqual(pause)
  })

  it('is a pause taken back: the switch is as before, also where the answer was lost', () => {
    const undo: SyncEvent = { type: 'withdrawn', id: pause.id, at: 50 }
    const unsent = after([...paused, undo, end])
    expect([unsent.pause, unsent.outbox]).toEqual([undefined, []])
    const uncertain = after([...paused, sent(), lost, undo, end])
    expect([uncertain.pause, planOf(uncertain, false)]).toEqual([undefined, { learn: true }])
  })
})

describe('the journal of a pause', () => {
  it('has no pause where it is of an earlier version', () => {
    expect(replay([]).pause).toBeUndefined()
  })

  it('keeps where a clock that was set back has moved it to', () => {
    const moved = onSetClock(after(pausedThere), -hourMs / 2)
    const state = after([{ type: 'pause-moved' }], moved)
    expect(state.pause).toMatchObject({ until: 1_000 + hourMs / 2 })
    expect(after([{ type: 'pause-moved' }])).toEqual(emptyState(0))
  })
})

describe('a pause and the clock', () => {
  const until = (state: SyncState) => state.pause?.until

  it('never lasts longer for a clock that is set back', () => {
    expect(until(onSetClock(after(paused), -hourMs))).toBe(1_000)
    expect(eventOnSetClock(begin, -hourMs)).toMatchObject({ pause: { until: 1_000 } })
  })

  it('counts a sleep, and a clock set forward for one', () => {
    expect(until(onSetClock(after(paused), 8 * hourMs))).toBe(pause.until)
  })

  it('begins anew, at most, where the clock was set back while the app was closed', () => {
    const started = (at: number) => until(after([...paused, { type: 'restarted', at }]))
    expect([started(5_000), started(1_000), started(9 * hourMs)]).toEqual(
      Array(3).fill(pause.until),
    )
    const [state] = step(after(paused), { type: 'restarted', at: -5 * hourMs })
    expect(state.pause).toMatchObject({ startedAt: -5 * hourMs, until: -4 * hourMs })
  })
})
