import { asItemId, selfItemId } from '../../../src/shared/domain/ids'
import type { AnySection } from '../../../src/shared/domain/sections/section'
import { equalValue, textOf, type FieldValue, type Values } from '../../../src/shared/domain/values'
import type { AppError, Result, Service } from '../../../src/shared/errors'
import { err, ok } from '../../../src/shared/result'
import type { SectionApi } from '../../../src/shared/sync/ports'
import type { ServerItem } from '../../../src/shared/sync/state'
import type { Dice, VirtualTime } from './world'

export interface Change {
  /** `platform`: it keeps another value than we sent. */
  readonly by: 'us' | 'foreign' | 'platform'
  readonly value: FieldValue
  readonly at: number
  /** By a write that had been given up: when that began. */
  readonly lateFrom?: number
}

export interface Row {
  readonly id: string
  /** What it was made as. */
  readonly tag: string
  readonly madeBy: Change['by']
  readonly values: Map<string, FieldValue>
  readonly history: Map<string, Change[]>
  /** Values of ours that have been on their way here, carried out or not, and were not clearly refused. */
  readonly tried: Map<string, FieldValue[]>
  /** A key the app does not know. It has to survive every write. */
  extra: string
  /** A full write has landed late on it: what it erased has to be asked about. */
  isTainted: boolean
  /** The edit of ours that made it, where that is kept. */
  mark?: string
}

/** What the platform does to a field that is written. */
export interface Habit {
  readonly on: 'create' | 'update' | 'both'
  readonly section: string
  readonly key: string
  readonly does: 'drops' | 'ends otherwise' | 'replaces'
}

/** Said twice it is the same, as with any normal form. */
const inOtherWords = ' (as kept)'

export const habits: readonly Habit[] = [
  { on: 'create', section: 'education', key: 'activities', does: 'drops' },
  { on: 'create', section: 'education', key: 'degree', does: 'drops' },
  { on: 'create', section: 'education', key: 'degree', does: 'ends otherwise' },
  { on: 'create', section: 'education', key: 'degree', does: 'replaces' },
  { on: 'both', section: 'education', key: 'degree', does: 'replaces' },
  { on: 'create', section: 'institutions', key: 'name', does: 'ends otherwise' },
  { on: 'update', section: 'education', key: 'description', does: 'drops' },
  { on: 'update', section: 'education', key: 'fieldOfStudy', does: 'ends otherwise' },
  { on: 'update', section: 'institutions', key: 'location', does: 'drops' },
  { on: 'update', section: 'memory', key: 'category', does: 'ends otherwise' },
  { on: 'both', section: 'basic', key: 'bio', does: 'ends otherwise' },
]

type Fate =
  | 'fine'
  | 'no-body'
  | 'offline'
  | 'reset-before'
  | 'timeout-before'
  | 'fault-before'
  | 'html'
  | 'limited'
  | 'forbidden'
  | 'lost'
  | 'timeout-after'
  | 'fault-after'
  | 'late'

const readTroubles: readonly Fate[] = [
  'reset-before',
  'timeout-before',
  'fault-before',
  'html',
  'limited',
]
const writeTroubles: readonly Fate[] = [
  ...readTroubles,
  'no-body',
  'forbidden',
  'lost',
  'lost',
  'timeout-after',
  'fault-after',
  'late',
]

const wholeRecordSections: readonly string[] = ['education', 'institutions']

/** The platform: lists, creates without idempotency, replacing writes, and a network before it. */
export class FakePlatform {
  readonly rows = new Map<string, Row[]>()
  readonly refuses: Record<Service, boolean> = { lms: false, dm: false }
  readonly story: (line: string) => void
  /** Rows ever made with each tag, deleted ones too. */
  readonly made = new Map<string, number>()
  readonly onCommit: (section: AnySection, row: Row, patch: Values) => void
  isUp = true
  troubleRate = 0
  /** What goes wrong with a write is mostly that it is carried out long after it was given up. */
  isLagging = false
  /** Nothing goes wrong for now. */
  isCalm = false
  habit: Habit | undefined
  keepsMarks = false
  /** Whether the app knows which of its creates has made the record, if any. */
  isNamed: (row: Row) => boolean = () => true
  active = 0
  answeredAt = 0
  lateCommits = 0
  #lastId = 100
  /** What each record was made as, also of those that are gone. */
  readonly #tags = new Map<string, string>()
  readonly #time: VirtualTime
  readonly #dice: Dice

  constructor(
    time: VirtualTime,
    dice: Dice,
    watch: { story: FakePlatform['story']; onCommit: FakePlatform['onCommit'] },
  ) {
    this.#time = time
    this.#dice = dice
    this.story = watch.story
    this.onCommit = watch.onCommit
  }

  rowsOf(section: string): Row[] {
    const rows = this.rows.get(section) ?? []
    this.rows.set(section, rows)
    return rows
  }

  add(section: string, values: Values, by: Change['by'], id?: string): Row {
    const row: Row = {
      id: id ?? String((this.#lastId += 1)),
      tag: tagOf(values),
      madeBy: by,
      values: new Map(Object.entries(values)),
      history: new Map(
        Object.entries(values).map(([key, value]) => [key, [{ by, value, at: this.#time.now() }]]),
      ),
      tried: new Map(),
      extra: '"kept"',
      isTainted: false,
    }
    this.rowsOf(section).push(row)
    this.#tags.set(row.id, row.tag)
    return row
  }

  tagOf(id: string): string | undefined {
    return this.#tags.get(id)
  }

  change(row: Row, key: string, what: Omit<Change, 'at'>): void {
    const change = { ...what, at: this.#time.now() }
    row.values.set(key, change.value)
    row.history.set(key, [...(row.history.get(key) ?? []), change])
  }

  remove(section: string, row: Row): void {
    this.rows.set(
      section,
      this.rowsOf(section).filter((entry) => entry !== row),
    )
  }

  /** Removed by another device, or here as another's: an unconfirmed create is rightly made again. */
  removeUnnamed(section: string, row: Row): void {
    this.remove(section, row)
    const count = this.made.get(row.tag)
    if (count !== undefined) this.made.set(row.tag, count - 1)
  }

  /** The person wants it made, though one like it has been made already. */
  allowTwice(values: Values): void {
    const tag = tagOf(values)
    this.made.set(tag, (this.made.get(tag) ?? 0) - 1)
  }

  api(isAlive: () => boolean): SectionApi {
    return {
      pull: (section, signal) =>
        this.#call(section, { isAlive, signal, isWrite: false }, () =>
          ok({ items: this.rowsOf(section.id).map(itemOf), facts: {} }),
        ),
      create: (section, values, { signal, mark }) =>
        this.#call<ServerItem | undefined>(section, { isAlive, signal, isWrite: true }, () =>
          this.#create(section, values, this.keepsMarks ? mark : undefined),
        ),
      update: (section, current, patch, { signal }) => {
        const onUnclear = () => this.#tried(section.id, current.id, patch)
        return this.#call<ServerItem | undefined>(
          section,
          { isAlive, signal, isWrite: true, onUnclear },
          (lateFrom) => this.#update(section, { current, patch, lateFrom }),
        )
      },
      remove: (section, current, { signal }) =>
        this.#call<undefined>(section, { isAlive, signal, isWrite: true }, () => {
          const row = this.rowsOf(section.id).find((entry) => entry.id === current.id)
          if (row && this.isNamed(row)) this.remove(section.id, row)
          else if (row) this.removeUnnamed(section.id, row)
          this.story(`  platform: removed ${section.id}/${current.id}`)
          return ok(undefined)
        }),
    }
  }

  #tried(section: string, id: string, patch: Values): void {
    const row = this.rowsOf(section).find((entry) => entry.id === id)
    for (const [key, value] of Object.entries(patch))
      row?.tried.set(key, [...(row.tried.get(key) ?? []), value])
  }

  #create(section: AnySection, values: Values, mark: string | undefined): Result<ServerItem> {
    const isTwice =
      section.id === 'memory' &&
      this.rowsOf('memory').some((row) => equalValue(row.values.get('content'), values['content']))
    if (isTwice) return err({ kind: 'duplicate', status: 409 })
    const tag = tagOf(values)
    this.made.set(tag, (this.made.get(tag) ?? 0) + 1)
    const row = this.add(section.id, values, 'us')
    if (mark !== undefined) row.mark = mark
    for (const [key, value] of Object.entries(values)) {
      const kept = this.#kept(section, 'create', { key, value, before: null })
      if (equalValue(kept, value)) continue
      row.values.set(key, kept)
      row.history.set(key, [{ by: 'platform', value: kept, at: this.#time.now() }])
    }
    this.story(`  platform: created ${section.id}/${row.id} ${JSON.stringify(values)}`)
    return ok(itemOf(row))
  }

  #update(
    section: AnySection,
    write: {
      readonly current: ServerItem
      readonly patch: Values
      readonly lateFrom?: number | undefined
    },
  ): Result<ServerItem> {
    const row = this.rowsOf(section.id).find((entry) => entry.id === write.current.id)
    if (!row) return err({ kind: 'not-found', status: 404 })
    const isWhole = wholeRecordSections.includes(section.id)
    const written = isWhole ? { ...write.current.values, ...write.patch } : write.patch
    if (isWhole) row.extra = JSON.stringify(write.current.wire['extra'] ?? null)
    const { lateFrom } = write
    const isLate = lateFrom !== undefined
    if (isLate && isWhole) row.isTainted = true
    if (!isLate) this.onCommit(section, row, written)
    for (const [key, sent] of Object.entries(written)) {
      const before = row.values.get(key) ?? null
      if (equalValue(before, sent)) continue
      const value = this.#kept(section, 'update', { key, value: sent, before })
      if (equalValue(before, value)) {
        // A field that is left out would tell nothing: this one is told as it was.
        row.values.set(key, before)
        continue
      }
      const by = equalValue(value, sent) ? 'us' : 'platform'
      this.change(row, key, { by, value, ...(isLate && { lateFrom }) })
    }
    this.story(
      `  platform: wrote ${section.id}/${row.id} ${JSON.stringify(write.patch)}${isLate ? ' LATE' : ''}`,
    )
    return ok(itemOf(row))
  }

  /** What becomes of a value that is sent. */
  #kept(
    section: AnySection,
    on: Habit['on'],
    field: { readonly key: string; readonly value: FieldValue; readonly before: FieldValue },
  ): FieldValue {
    const { habit } = this
    const { value, before } = field
    const isIt = habit?.section === section.id && habit.key === field.key
    if (!isIt || (habit.on !== on && habit.on !== 'both')) return value
    if (habit.does === 'drops') return before
    if (typeof value !== 'string' || value.endsWith(inOtherWords)) return value
    return habit.does === 'replaces' ? inOtherWords : `${value}${inOtherWords}`
  }

  #call<T>(
    section: AnySection,
    call: {
      readonly isAlive: () => boolean
      readonly signal: AbortSignal
      readonly isWrite: boolean
      /** It is under way, and will not be refused clearly. */
      readonly onUnclear?: () => void
    },
    act: (lateFrom?: number) => Result<T>,
  ): Promise<Result<T>> {
    const fate = this.#fateOf(call.isWrite)
    const latencyMs = 5 + this.#dice.below(60)
    // What is read or done on the platform is told some time later.
    const actsAfterMs = this.#dice.below(latencyMs + 1)
    if (fate !== 'fine' && fate !== 'offline')
      this.story(`  network: a ${call.isWrite ? 'write' : 'read'} of ${section.id}: ${fate}`)
    if (!isClearRefusal(fate)) call.onUnclear?.()
    this.active += 1
    return new Promise((resolve) => {
      let isAnswered = false
      let outcome: Result<T> | undefined
      const answer = (result: Result<T>) => {
        if (isAnswered) return
        isAnswered = true
        this.active -= 1
        this.answeredAt = this.#time.now()
        if (call.isAlive()) resolve(result)
      }
      const began = this.#time.now()
      const carryOut = (isLate: boolean) => {
        outcome = this.refuses[section.service]
          ? err({ kind: 'unauthorized', status: 401 })
          : act(isLate ? began : undefined)
      }
      call.signal.addEventListener('abort', () => answer(err({ kind: 'cancelled' })))
      if (call.signal.aborted) return answer(err({ kind: 'cancelled' }))
      if (fate === 'late') {
        this.lateCommits += 1
        this.#time.after(1_000 + this.#dice.below(24_000), () => {
          this.lateCommits -= 1
          carryOut(true)
        })
      } else if (!isBefore(fate)) this.#time.after(actsAfterMs, () => carryOut(isAnswered))
      this.#time.after(latencyMs + 1, () => answer(this.#answerFor(fate, outcome)))
      return undefined
    })
  }

  #fateOf(isWrite: boolean): Fate {
    if (!this.isUp) return 'offline'
    if (!this.#dice.chance(this.troubleRate) || this.isCalm) return 'fine'
    if (isWrite && this.isLagging && this.#dice.chance(0.6)) return 'late'
    return this.#dice.one(isWrite ? writeTroubles : readTroubles) ?? 'fine'
  }

  #answerFor<T>(fate: Fate, outcome: Result<T> | undefined): Result<T> {
    const trouble = troubleOf(fate, this.#dice)
    // A refusal is told, whatever happens to good news.
    if (trouble && outcome?.ok !== false) return err(trouble)
    const told = outcome ?? err<AppError>({ kind: 'server', status: 500 })
    return fate === 'no-body' && told.ok ? ok(undefined as T) : told
  }
}

const tagOf = (values: Values): string =>
  textOf(values['activities'] ?? values['content'] ?? values['name'])

const isBefore = (fate: Fate): boolean =>
  [
    'offline',
    'reset-before',
    'timeout-before',
    'fault-before',
    'html',
    'limited',
    'forbidden',
  ].includes(fate)

const isClearRefusal = (fate: Fate): boolean => fate === 'limited' || fate === 'forbidden'

function troubleOf(fate: Fate, dice: Dice): AppError | undefined {
  switch (fate) {
    case 'fine':
    case 'no-body':
      return undefined
    case 'offline':
      return { kind: 'offline', reason: 'dns' }
    case 'reset-before':
    case 'lost':
      return { kind: 'offline', reason: 'reset' }
    case 'timeout-before':
    case 'timeout-after':
    case 'late':
      return { kind: 'timeout' }
    case 'fault-before':
    case 'fault-after':
      return { kind: 'server', status: 503 }
    case 'html':
      return { kind: 'unexpected-answer', reason: 'html', status: 502 }
    case 'limited':
      return { kind: 'rate-limited', status: 429, retryAfterMs: dice.below(20_000) }
    case 'forbidden':
      return { kind: 'forbidden', status: 403 }
  }
}

export function itemOf(row: Row): ServerItem {
  return {
    id: row.id === 'self' ? selfItemId : asItemId(row.id),
    values: Object.fromEntries(row.values),
    wire: { extra: JSON.parse(row.extra) as string },
    ...(row.mark !== undefined && { madeBy: row.mark }),
  }
}
