import { asSectionId, selfItemId } from '../../../src/shared/domain/ids'
import { registry } from '../../../src/shared/domain/sections/registry'
import type { AnySection } from '../../../src/shared/domain/sections/section'
import { equalValue, type FieldValue, type Values } from '../../../src/shared/domain/values'
import { ok } from '../../../src/shared/result'
import { confirmedIn, restoredCopies } from '../../../src/shared/sync/confirmed'
import { replay } from '../../../src/shared/sync/replay'
import { emptyState, type SyncState } from '../../../src/shared/sync/state'
import { step } from '../../../src/shared/sync/step'
import { sectionView } from '../../../src/shared/sync/view'
import { createSyncEngine, type SyncEngine } from '../../../src/main/app/sync-engine'
import { foreignLanguages, holdsOwn, holdsOwnAtLeast, toggled } from './languages'
import { Person, type Known } from './person'
import { isAnybodys, isFromLate, isReplaced, overwrittenUnasked } from './overwrites'
import { longestPauseMs, Pauses } from './pauses'
import { FakePlatform, habits, type Row } from './platform'
import { seedPlatform } from './seed-platform'
import { servingOthers } from './swaps'
import { Watch } from './watch'
import { Dice, VirtualDisk, VirtualTime, mortalClock } from './world'

export interface Outcome {
  readonly seed: number
  /** How many things happened before the peace, those left out too. */
  readonly steps: number
  readonly violations: readonly string[]
  readonly story: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** What is left out of a run, by the number of the step: to find the story behind a failure. */
export interface Less {
  readonly skipped?: ReadonlySet<number>
  /** Steps in which nothing goes wrong. */
  readonly calm?: ReadonlySet<number>
}

const oddSeed = 0x51_7c_c1

const pauseSeed = 0x3a_05_e1

const clockSteps: readonly number[] = [20_000, 60_000, 20 * 60_000, 2 * 3_600_000, 3 * 86_400_000]

const sections = ['basic', 'memory-settings', 'institutions', 'education', 'memory']
const subjects: readonly (readonly string[])[] = [
  sections,
  sections,
  ['institutions', 'education'],
  ['basic', 'memory-settings'],
  ['memory'],
]
const foreignTexts: Readonly<Record<string, readonly string[]>> = {
  basic: ['bio', 'title'],
  education: ['degree', 'fieldOfStudy', 'description'],
  institutions: ['location', 'accreditation'],
  memory: ['category'],
}

/** One life of the real engine against a hostile platform, then a time of peace, then the laws. */
export async function simulate(seed: number, less: Less = {}): Promise<Outcome> {
  const run = new Simulation(seed, less)
  try {
    await run.live()
    await run.heal()
    run.judge()
  } catch (cause) {
    run.violations.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  }
  const { steps, violations, story, counts } = run
  return { seed, steps, violations, story, counts }
}

const shown = (value: FieldValue | undefined): string => JSON.stringify(value ?? null)

class Simulation {
  readonly violations: string[] = []
  readonly story: string[] = []
  readonly counts: Record<string, number> = {}
  steps = 0
  readonly #seed: number
  readonly #less: Less
  readonly #dice: Dice
  /** For what only some runs have: the others go as they always did. */
  readonly #oddDice: Dice
  readonly #isClockSet: boolean
  readonly #pauseDice: Dice
  /** Only in some runs does the person pause learning. */
  readonly #pauses: Pauses
  readonly #isPausing: boolean
  readonly #time = new VirtualTime()
  readonly #disk: VirtualDisk
  readonly #platform: FakePlatform
  readonly #person: Person
  readonly #watch: Watch
  /** What a run is about differs from seed to seed: a little of everything finds less. */
  readonly #sections: readonly string[]
  readonly #crashRate: number
  #engine: SyncEngine
  #generation = 0
  #foreignCount = 0

  constructor(seed: number, less: Less) {
    this.#seed = seed
    this.#less = less
    this.#dice = new Dice(seed)
    this.#oddDice = new Dice(seed ^ oddSeed)
    this.#isClockSet = seed % 6 === 5
    this.#pauseDice = new Dice(seed ^ pauseSeed)
    this.#isPausing = seed % 7 === 3
    this.#sections = this.#dice.one(subjects) ?? sections
    this.#crashRate = this.#dice.one([0, 0.08, 0.25]) ?? 0
    this.#disk = new VirtualDisk(this.#time, this.#dice)
    this.#platform = new FakePlatform(this.#time, this.#dice, {
      story: (line) => this.#tell(line),
      onCommit: (section, row, patch) => this.#checkCommit(section, row, patch),
    })
    this.#watch = new Watch(this.#platform, {
      violated: (law) => this.violations.push(law),
      person: () => this.#person,
    })
    this.#platform.isLagging = seed % 8 === 7
    if (seed % 6 === 4) this.#platform.habit = this.#oddDice.one(habits)
    this.#platform.keepsMarks = seed % 5 === 2
    this.#platform.isNamed = (row) => !this.#isUnnamed(row)
    seedPlatform(this.#platform)
    this.#engine = this.#start()
    this.#person = new Person({
      registry,
      sections: this.#sections,
      dice: this.#dice,
      time: this.#time,
      engine: () => this.#engine,
      story: (line) => this.#tell(line),
      violated: (law) => this.violations.push(law),
      said: (section, values) => this.#pauses.said('person', section, values),
      sentTwice: (values) => {
        this.#platform.allowTwice(values)
      },
    })
    this.#pauses = new Pauses({
      dice: this.#pauseDice,
      time: this.#time,
      engine: () => this.#engine,
      platform: this.#platform,
      story: (line) => this.#tell(line),
      violated: (law) => this.violations.push(law),
      onBegun: (section, field) => this.#person.forget(section, field),
    })
  }

  async live(): Promise<void> {
    this.#refreshAll()
    await this.#time.advance(1_000)
    this.#platform.troubleRate = this.#dice.one([0, 0.1, 0.3, 0.6]) ?? 0
    const failureRate = this.#dice.one([0, 0, 0.02]) ?? 0
    this.steps = 10 + this.#dice.below(25)
    for (let step = 1; step <= this.steps; step += 1) {
      if (this.#less.skipped?.has(step)) continue
      this.#dice.restart(this.#seed, step)
      this.#oddDice.restart(this.#seed ^ oddSeed, step)
      this.#pauseDice.restart(this.#seed ^ pauseSeed, step)
      this.#platform.isCalm = this.#less.calm?.has(step) === true
      this.#disk.failureRate = this.#platform.isCalm ? 0 : failureRate
      await this.#happen()
      await this.#pauseLearning(0.5)
      this.#setClock(0.25)
      await this.#time.advance(this.#dice.one([0, 5, 40, 80, 120, 200, 2_000, 15_000]) ?? 0)
    }
  }

  /** Faults end, the person decides everything that asks for it, and time passes. */
  async heal(): Promise<void> {
    this.#tell('--- peace')
    this.#dice.restart(this.#seed, this.steps + 1)
    Object.assign(this.#platform, { isUp: true, troubleRate: 0 })
    this.#platform.refuses.lms = false
    this.#platform.refuses.dm = false
    this.#disk.failureRate = 0
    await this.#meanwhile(
      this.#engine.dispatch({ type: 'credential-renewed' }).then(() => undefined),
    )
    if (this.#isPausing) await this.#time.advance(longestPauseMs + 70_000)
    for (let round = 0; round < 8; round += 1) {
      await this.#meanwhile(this.#person.decide())
      await this.#settleBlocked()
      await this.#meanwhile(this.#person.retry())
      await this.#time.advance(70_000)
      if (this.#engine.state().outbox.length === 0 && this.#platform.lateCommits === 0) break
    }
    this.#refreshAll()
    await this.#time.advance(5_000)
  }

  judge(): void {
    const { outbox } = this.#engine.state()
    for (const left of outbox) {
      this.violations.push(
        `not converged: ${left.op} ${left.section}/${left.item} ${JSON.stringify(left.state)}`,
      )
    }
    this.#judgeRecords()
    this.#judgeViews()
    if (this.#isPausing) this.#pauses.judge()
    this.#engine.stop()
  }

  #start(): SyncEngine {
    const generation = this.#generation
    const isAlive = () => this.#generation === generation
    const durable = replay(this.#disk.journal)
    const copies = restoredCopies(this.#disk.snapshots.values(), confirmedIn(this.#disk.journal))
    const restored: SyncState = { ...emptyState(this.#time.wall()), ...durable, ...copies }
    const api = this.#platform.api(isAlive)
    const [state] = step(restored, { type: 'restarted', at: this.#time.wall() })
    const engine = createSyncEngine(
      state,
      {
        registry,
        store: this.#disk.store(isAlive),
        api: () => Promise.resolve(ok(api)),
        clock: mortalClock(this.#time, isAlive),
        random: this.#dice.roll,
        log: {
          info: () => undefined,
          error: (event, cause) => {
            this.violations.push(`a bug: ${event} ${String(cause)}`)
            return 'ref'
          },
        },
      },
      {
        onSection: (section, now) => this.#watch.look(section, now),
        onStatus: () => undefined,
      },
    )
    engine.wake()
    return engine
  }

  async #happen(): Promise<void> {
    if (this.#dice.chance(this.#crashRate)) return this.#crash()
    const roll = this.#dice.below(100)
    // What is late matters where somebody has written since, and it was read here.
    if (this.#platform.isLagging && roll >= 40)
      return roll < 70 ? this.#foreign() : this.#refreshAll()
    if (roll < 66) return this.#meanwhile(this.#person.act())
    if (roll < 84) return this.#foreign()
    if (roll < 92) return this.#switchNetwork()
    if (roll < 96) return this.#switchCredential()
    this.#refreshAll()
  }

  /** The person waits for the disk, so time has to pass while they act. */
  async #meanwhile(act: Promise<void>): Promise<void> {
    const life = { isOver: false }
    void act.finally(() => {
      life.isOver = true
    })
    for (let waited = 0; !life.isOver && waited < 200; waited += 1) await this.#time.advance(1)
    if (!life.isOver) this.violations.push('the person waits for ever')
  }

  async #pauseLearning(rate: number): Promise<void> {
    if (!this.#isPausing || !this.#pauseDice.chance(rate)) return
    this.#count('pauses and their ends')
    await this.#meanwhile(this.#pauses.act())
  }

  #setClock(rate: number): void {
    if (!this.#isClockSet || !this.#oddDice.chance(rate)) return
    const byMs = (this.#oddDice.one(clockSteps) ?? 0) * (this.#oddDice.chance(0.5) ? 1 : -1)
    this.#count('clock set')
    this.#tell(`clock: set by ${byMs / 60_000} min`)
    this.#time.setClock(byMs)
  }

  /** Often while something is being written. */
  async #crash(): Promise<void> {
    this.#count('crashes')
    if (this.#dice.chance(0.4)) {
      void this.#person.act()
      if (this.#isPausing && this.#pauseDice.chance(0.5)) void this.#pauses.act()
      await this.#time.advance(this.#dice.one([0, 0, 1, 2]) ?? 0)
    }
    const waitsMs = this.#dice.chance(0.4) ? 200 : 0
    for (let waited = 0; waited < waitsMs && !this.#disk.isWritingSeveral; waited += 1)
      await this.#time.advance(1)
    // An edit may be through in the journal while the copy that shows it is not written yet.
    for (const { section, item, patch } of this.#engine.state().outbox)
      for (const key of Object.keys(patch)) this.#person.undone.add(`${section}/${item}/${key}`)
    this.#tell('crash')
    this.#generation += 1
    const { isOwed } = this.#disk
    const { confirmedCount } = this.#engine.state()
    this.#disk.crash()
    this.#person.leftAlone()
    this.#setClock(0.3)
    this.#engine = this.#start()
    this.#pauses.restarted()
    // What was not kept of an answer, or not yet, is known nowhere once the app has ended.
    if (isOwed || this.#engine.state().confirmedCount < confirmedCount) this.#watch.forget()
    // What stood there before is on screen at once.
    for (const section of sections) this.#watch.look(section, this.#engine.state())
    await this.#time.advance(1)
  }

  async #switchNetwork(): Promise<void> {
    this.#platform.isUp = !this.#platform.isUp
    this.#tell(`network: ${this.#platform.isUp ? 'up' : 'down'}`)
    if (this.#platform.isUp && this.#dice.chance(0.5)) {
      await this.#meanwhile(
        this.#engine
          .dispatch({ type: 'connectivity', isOnline: true, at: this.#time.wall() })
          .then(() => undefined),
      )
      this.#engine.wake()
    }
  }

  async #switchCredential(): Promise<void> {
    const service = this.#dice.chance(0.5) ? 'lms' : 'dm'
    this.#platform.refuses[service] = !this.#platform.refuses[service]
    this.#tell(
      `credential on ${service}: ${this.#platform.refuses[service] ? 'refused' : 'renewed'}`,
    )
    if (this.#platform.refuses[service]) return
    await this.#meanwhile(
      this.#engine.dispatch({ type: 'credential-renewed' }).then(() => this.#engine.wake()),
    )
  }

  /** Another device. It acts between requests: a race within one is beyond any client. */
  #foreign(): void {
    const isBetween = this.#time.now() - this.#platform.answeredAt < 10
    if (this.#platform.active > 0 || isBetween) return
    this.#count('foreign acts')
    const section = this.#dice.one(this.#sections) ?? 'basic'
    const row = this.#dice.one(this.#platform.rowsOf(section))
    if (!row) return
    const value: FieldValue = `foreign ${(this.#foreignCount += 1)}`
    if (section === 'memory-settings') {
      const key = this.#dice.chance(0.5) ? 'learn' : 'use'
      this.#foreignChange(section, row, { key, value: row.values.get(key) !== true })
    } else if (section === 'basic' && this.#dice.chance(0.3)) {
      const languages = toggled(row.values.get('languages'), this.#dice.one(foreignLanguages))
      this.#foreignChange(section, row, { key: 'languages', value: languages })
    } else if (section !== 'basic' && section !== 'institutions' && this.#dice.chance(0.2)) {
      this.#tell(`foreign: deleted ${section}/${row.id}`)
      this.#platform.removeUnnamed(section, row)
    } else {
      const key = this.#dice.one(foreignTexts[section] ?? []) ?? ''
      // A record whose key fields change before its lost create is looked for cannot be told as ours.
      if (registry.find(asSectionId(section))?.identity?.includes(key) && this.#isUnnamed(row))
        return
      this.#foreignChange(section, row, { key, value })
    }
  }

  #isUnnamed(row: Row): boolean {
    return (
      row.madeBy === 'us' && ![...this.#engine.state().aliases.values()].some((id) => id === row.id)
    )
  }

  #foreignChange(
    section: string,
    row: Row,
    to: { readonly key: string; readonly value: FieldValue },
  ): void {
    this.#tell(`foreign: ${section}/${row.id} ${to.key} = ${JSON.stringify(to.value)}`)
    this.#pauses.said('foreign', section, { [to.key]: to.value })
    this.#platform.change(row, to.key, { by: 'foreign', value: to.value })
  }

  #checkCommit(section: AnySection, row: Row, written: Values): void {
    this.#pauses.written(section.id, row, written)
    if (section.id === 'memory-settings' && this.#pauses.isHidden) return
    const by = { person: this.#person, aliases: this.#engine.state().aliases }
    this.violations.push(...overwrittenUnasked({ section, row, written }, by))
  }

  async #settleBlocked(): Promise<void> {
    for (const mutation of this.#engine.state().outbox) {
      if (mutation.state.kind !== 'blocked') continue
      const { error } = mutation.state
      if (error.kind === 'refused-input')
        this.violations.push(`a dangling reference: ${error.field}`)
      const isFinal = ['not-found', 'duplicate', 'not-stored'].includes(error.kind)
      this.#count(`blocked: ${error.kind}`)
      if (isFinal) await this.#meanwhile(this.#person.withdraw(mutation))
    }
  }

  #judgeRecords(): void {
    for (const [tag, count] of this.#platform.made) {
      if (count - servingOthers(tag, this.#person, this.#platform) > 1)
        this.violations.push(`created ${count} times: ${tag}`)
    }
    for (const record of this.#person.records) this.#judgeRecord(record)
    for (const section of sections) {
      for (const { name, isSaid } of this.#watch.erased(section)) {
        this.#count('late writes over what was known here')
        if (!isSaid) this.violations.push(`a late write was not said: ${name}`)
      }
    }
    for (const [section, rows] of this.#platform.rows) {
      for (const row of rows) {
        if (row.extra !== '"kept"')
          this.violations.push(`an unknown key was lost: ${section}/${row.id}`)
        if (row.isTainted) this.#count('rows with a late full write')
      }
    }
  }

  #isMade(tag: string | undefined): boolean {
    return tag !== undefined && this.#platform.made.has(tag)
  }

  #judgeRecord(record: Known): void {
    const id = this.#person.current(record)
    const row = this.#platform.rowsOf(record.section).find((entry) => entry.id === id)
    if (record.isFree) return
    const name = `${record.section}/${record.id}`
    if (record.isDeleted) {
      // Deleted as the platform's before it was known as one's own, and taken back as that.
      const isToldTwice = this.#person.records.some(
        (other) => other !== record && !other.isDeleted && this.#person.current(other) === id,
      )
      if (row && !isToldTwice) this.violations.push(`deleted and still there: ${name}`)
      return
    }
    if (!row) {
      // It may have been made out of the record of another new one, which was the same by its key fields.
      const tags = [record.tag, this.#platform.tagOf(id)]
      const wasMade = record.tag === undefined || tags.some((tag) => this.#isMade(tag))
      if (!wasMade) this.violations.push(`a new record was lost: ${name}`)
      return
    }
    if (record.tag !== undefined && row.madeBy === 'foreign')
      this.violations.push(`a record of before was taken for the new one: ${name}`)
    for (const [key, wanted] of record.wanted) {
      this.#count('edits that had to arrive')
      const last = row.history.get(key)?.at(-1)
      const isOff = record.section === 'memory-settings' && row.values.get(key) === false
      const isNow = equalValue(row.values.get(key), wanted) || holdsOwn(row.values.get(key), wanted)
      // Edited as the platform's before it was known as one's own.
      const isSaidAnew = this.#person.records.some(
        (other) => other !== record && other.wanted.has(key) && this.#person.current(other) === id,
      )
      // Nobody here has ever seen what a write given up has replaced, or made another change from.
      const isUnseen =
        (last?.lateFrom !== undefined || isFromLate(row, key, wanted)) &&
        !this.#watch.hasShown(row, record.section, key)
      // Late and in other words, nothing tells it from another's.
      const isDisguised = last?.by === 'platform' && last.lateFrom !== undefined
      if (isUnseen || isDisguised || isAnybodys(row, key, wanted)) continue
      const isOpen = this.#person.undone.has(`${name}/${key}`)
      const isEither = isOpen && holdsOwnAtLeast(row.values.get(key), wanted)
      if (isNow || isOff || isEither || isSaidAnew || isReplaced(row, key, wanted)) continue
      this.violations.push(
        `an edit was lost: ${name}/${key} wanted ${shown(wanted)}, is ${shown(row.values.get(key))}`,
      )
    }
  }

  #judgeViews(): void {
    for (const id of sections) {
      const section = registry.find(asSectionId(id))
      if (!section) continue
      const shown = sectionView(section, this.#engine.state()).items
      const rows = this.#platform.rowsOf(id)
      if (shown.length !== rows.length)
        this.violations.push(`${id} shows ${shown.length} of ${rows.length}`)
      for (const row of rows) {
        const wanted = row.id === 'self' ? selfItemId : row.id
        const item = shown.find((entry) => entry.id === wanted)
        const isSame = [...row.values].every(([key, value]) => equalValue(item?.values[key], value))
        if (!isSame) this.violations.push(`${id}/${row.id} is shown otherwise than it is`)
      }
    }
  }

  #refreshAll(): void {
    for (const id of sections) void this.#engine.refresh(asSectionId(id))
  }

  #tell(line: string): void {
    this.story.push(`${this.#time.now() - 1_800_000_000_000} ${line}`)
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1
  }
}
