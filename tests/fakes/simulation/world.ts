import type { JournalRecord, OutboxStore } from '../../../src/shared/sync/ports'
import { err, ok } from '../../../src/shared/result'
import type { Snapshot } from '../../../src/shared/sync/state'

const stateOf = (seed: number, step: number): number =>
  (Math.imul(seed | 0, 2_654_435_761) + Math.imul(step, 0x9e3779b1)) >>> 0

/** Everything a run leaves to chance, from one seed. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = stateOf(seed, 0)
  }

  /** Each step begins anew, so that leaving one out changes as little as can be about the others. */
  restart(seed: number, step: number): void {
    this.#state = stateOf(seed, step)
  }

  /** Uniform in [0, 1). */
  readonly roll = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  chance(probability: number): boolean {
    return this.roll() < probability
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.roll() * end)
  }

  one<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly callback: () => void
}

/** A run that sets off more timers than this goes round in circles. */
const mostTimers = 20_000

/** Virtual time, and a clock on the wall that can be set. Timers fire in order, and what they set off runs its course before the next. */
export class VirtualTime {
  #now = 1_800_000_000_000
  #setMs = 0
  #count = 0
  #fired = 0
  /** Since the last timer. */
  #asked = 0
  #timers: Timer[] = []

  readonly now = (): number => {
    this.#asked += 1
    if (this.#asked > mostTimers) throw new Error('it goes round in circles')
    return this.#now
  }

  /** What the computer believes it is. */
  readonly wall = (): number => this.now() + this.#setMs

  /** Somebody sets the clock. */
  setClock(byMs: number): void {
    this.#setMs += byMs
  }

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, order: (this.#count += 1), callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((entry) => entry !== timer)
    }
  }

  async advance(byMs: number): Promise<void> {
    const end = this.#now + byMs
    await drained()
    for (;;) {
      const next = this.#next()
      if (!next || next.at > end) break
      this.#timers = this.#timers.filter((entry) => entry !== next)
      this.#now = Math.max(this.#now, next.at)
      this.#fired += 1
      if (this.#fired > mostTimers) throw new Error('it never comes to rest')
      this.#asked = 0
      next.callback()
      await drained()
    }
    this.#now = Math.max(this.#now, end)
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      const isSooner =
        !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)
      if (isSooner) first = timer
    }
    return first
  }
}

/** Returns once every promise that waits for no timer has run its course. */
export async function drained(): Promise<void> {
  // The longest chain between two timers has about thirty links; macrotasks would cost a hundredfold.
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve()
}

/** A clock whose timers die with the process that set them. */
export function mortalClock(time: VirtualTime, isAlive: () => boolean) {
  return {
    now: time.wall,
    steady: time.now,
    after: (delayMs: number, callback: () => void) =>
      time.after(delayMs, () => {
        if (isAlive()) callback()
      }),
  }
}

/** A journal and snapshots that survive a crash as far as they were flushed. */
export class VirtualDisk {
  readonly journal: JournalRecord[] = []
  readonly snapshots = new Map<string, Snapshot>()
  readonly #time: VirtualTime
  readonly #dice: Dice
  /** Written and not flushed. */
  #unflushed: JournalRecord[] = []
  failureRate = 0

  /** It has refused something, and nothing has been kept since: what was refused goes with the next. */
  isOwed = false

  constructor(time: VirtualTime, dice: Dice) {
    this.#time = time
    this.#dice = dice
  }

  store(isAlive: () => boolean): OutboxStore {
    return {
      append: (records) =>
        new Promise((resolve) => {
          if (!isAlive()) return
          if (this.#dice.chance(this.failureRate)) {
            this.isOwed = true
            resolve(err({ kind: 'storage', reason: 'full' }))
            return
          }
          this.#unflushed = [...records]
          this.#time.after(1, () => {
            if (!isAlive()) return
            this.journal.push(...this.#unflushed)
            this.#unflushed = []
            this.isOwed = false
            resolve(ok(undefined))
          })
        }),
      saveSnapshot: (snapshot) => {
        if (isAlive()) this.snapshots.set(snapshot.section, snapshot)
        return Promise.resolve(ok(undefined))
      },
    }
  }

  /** Something of several parts is on its way: the worst moment to end. */
  get isWritingSeveral(): boolean {
    return this.#unflushed.length > 1 || this.#unflushed.some(({ type }) => type === 'together')
  }

  /** Without a flush: it is on the disk when the system finds time. */
  writeSometime(records: readonly JournalRecord[]): void {
    this.#unflushed.push(...records)
    this.#time.after(2_000, () => {
      this.journal.push(...this.#unflushed)
      this.#unflushed = []
    })
  }

  /** Of what was not flushed any beginning may have reached the disk. */
  crash(): void {
    const kept = this.#dice.below(this.#unflushed.length + 1)
    this.journal.push(...this.#unflushed.slice(0, kept))
    this.#unflushed = []
  }
}
