import { asSectionId, type ItemId } from '../../../src/shared/domain/ids'
import type { SectionRegistry } from '../../../src/shared/domain/sections/registry'
import { mergePolicyOf, type AnySection } from '../../../src/shared/domain/sections/section'
import { equalValue, type FieldValue, type Values } from '../../../src/shared/domain/values'
import type { Mutation } from '../../../src/shared/sync/state'
import { sectionView, type ItemView } from '../../../src/shared/sync/view'
import { createOf, deleteOf, updateOf } from '../../../src/main/app/edits'
import type { SyncEngine } from '../../../src/main/app/sync-engine'
import { holdsOwn, ownLanguages, toggled } from './languages'
import type { Dice, VirtualTime } from './world'

/** One record as the person knows it, by the first id it had. */
export interface Known {
  readonly section: string
  readonly id: ItemId
  readonly tag?: string
  /** What was saved last, field by field. */
  readonly wanted: Map<string, FieldValue>
  isDeleted: boolean
  /** Something was taken back: what is there may be either. */
  isFree: boolean
}

export interface PersonPorts {
  readonly registry: SectionRegistry
  /** What this run is about: few sections make many meetings. */
  readonly sections: readonly string[]
  readonly dice: Dice
  readonly time: VirtualTime
  readonly engine: () => SyncEngine
  readonly story: (line: string) => void
  readonly violated: (law: string) => void
  /** Called before anything is said of these fields, whether it will be kept or not. */
  readonly said: (section: string, values: Values) => void
  /** A new record is sent once more, though one like it is there. */
  readonly sentTwice: (values: Values) => void
}

const texts: Readonly<Record<string, readonly string[]>> = {
  basic: ['bio', 'title'],
  education: ['degree', 'fieldOfStudy', 'description'],
  institutions: ['location', 'accreditation'],
  memory: ['category'],
}

interface Named {
  readonly section: string
  readonly item: ItemId
}

/** Edits, deletes, takes back and decides, and remembers what they want. */
export class Person {
  readonly records: Known[] = []
  /** Foreign values the person has had before their eyes, by section/item/field. */
  readonly seen = new Map<string, FieldValue[]>()
  /** The platform's side of what the person has decided, by section/item/field. */
  readonly decided = new Map<string, FieldValue[]>()
  /** Fields whose edit was taken back, perhaps after it was sent: what is there then is open. */
  readonly undone = new Set<string>()
  /** Fields whose edit was taken back, and that given up as well: what it would have put back is known. */
  readonly givenUp = new Set<string>()
  readonly #unanswered = new Set<() => void>()
  readonly #ports: PersonPorts
  #count = 0

  constructor(ports: PersonPorts) {
    this.#ports = ports
  }

  async act(): Promise<void> {
    const roll = this.#ports.dice.below(100)
    if (roll < 45) await this.edit()
    else if (roll < 62) await this.create()
    else if (roll < 70) await this.remove()
    else if (roll < 78) await this.undo()
    else if (roll < 90) await this.decide()
    else await this.retry()
  }

  async edit(): Promise<void> {
    const section = this.#section([
      'basic',
      'education',
      'institutions',
      'memory',
      'memory-settings',
    ])
    const item = section && this.#ports.dice.one(this.#view(section))
    if (!section || !item) return
    const patch = this.#patch(section, item)
    if (Object.entries(patch).some(([key, value]) => equalValue(item.values[key], value))) return
    if (this.#isUnnamedTwin(section, item)) return
    const name = this.#ports.dice.chance(0.3) ? (item.was ?? item.id) : item.id
    const made = updateOf(section, this.#engine.state(), { item: name, patch }, this.#moment())
    if (!made.ok) return
    const record = this.#recordOf(section.id, item)
    this.#ports.said(section.id, patch)
    for (const key of Object.keys(patch))
      this.#see(section.id, item.id, { [key]: item.saved[key] ?? null })
    const stored = await this.#unless(
      this.#engine.dispatch({ type: 'edited', mutation: made.value }),
      () => {
        record.isFree ||= record.isDeleted
        for (const key of Object.keys(patch)) record.wanted.delete(key)
      },
    )
    const says = `${section.id}/${item.id} ${JSON.stringify(patch)}`
    this.#ports.story(stored.ok ? `person: saved ${says}` : `person: refused ${says}`)
    if (!stored.ok) return
    // A record that can be edited again has a delete behind it that did not go through.
    record.isDeleted = false
    for (const [key, value] of Object.entries(patch)) {
      // Put back to what was there, it is no edit any more.
      if (equalValue(value, item.saved[key])) record.wanted.delete(key)
      else record.wanted.set(key, value)
    }
    const isEdit = ([key, value]: [string, FieldValue]) => !equalValue(value, item.saved[key])
    const edits = Object.fromEntries(Object.entries(patch).filter(isEdit))
    this.#mustBeShown(section, record, edits)
  }

  async create(): Promise<void> {
    const section = this.#section(['education', 'institutions', 'memory'])
    if (!section) return
    const tag = `tag ${this.#next()} made by hand`
    const values = this.#newValues(section, tag)
    if (!values) return
    const made = createOf(section, this.#engine.state(), values, this.#moment())
    if (!made.ok) return
    const stored = await this.#engine.dispatch({ type: 'edited', mutation: made.value })
    this.#ports.story(
      `person: ${stored.ok ? 'created' : 'was refused'} ${section.id}/${made.value.item} ${tag}`,
    )
    if (!stored.ok) return
    const wanted = new Map(Object.entries(values).filter(([key]) => key !== 'institution'))
    const record = {
      section: section.id,
      id: made.value.item,
      tag,
      wanted,
      isDeleted: false,
      isFree: false,
    }
    this.records.push(record)
    this.#mustBeShown(section, record, Object.fromEntries(wanted))
  }

  async remove(): Promise<void> {
    const section = this.#section(['education', 'memory'])
    const item = section && this.#ports.dice.one(this.#view(section))
    if (!section || !item) return
    const made = deleteOf(section, this.#engine.state(), item.id, this.#moment())
    if (!made.ok) return
    const record = this.#recordOf(section.id, item)
    this.#see(section.id, item.id, item.saved)
    const stored = await this.#unless(
      this.#engine.dispatch({ type: 'edited', mutation: made.value }),
      () => {
        record.isFree = true
      },
    )
    if (!stored.ok) return
    this.#ports.story(`person: deleted ${section.id}/${item.id}`)
    record.isDeleted = true
  }

  async undo(): Promise<void> {
    const mutation = this.#ports.dice.one(this.#engine.state().outbox)
    if (mutation) await this.withdraw(mutation)
  }

  async withdraw(mutation: Mutation): Promise<void> {
    const known = this.#find(mutation.section, mutation.item)
    // Said before, and again when it counts: a pause may begin in between.
    const say = () => {
      this.#ports.said(mutation.section, pickOf(mutation.base, Object.keys(mutation.patch)))
    }
    say()
    const withdrawn = await this.#unless(this.#engine.withdraw(mutation.id), () => {
      say()
      if (known) known.isFree = true
    })
    if (withdrawn.ok) say()
    this.#ports.story(
      `person: undid ${mutation.op} ${mutation.section}/${mutation.item}: ${withdrawn.ok ? 'done' : withdrawn.error.kind}`,
    )
    // Something refers to it: then it is wanted, whatever is like it.
    if (!withdrawn.ok && mutation.op === 'create') await this.#sendAgain(mutation)
    if (!withdrawn.ok) return
    const record = this.#find(mutation.section, mutation.item)
    if (!record) return
    if (mutation.op === 'delete') {
      record.isDeleted = false
      record.isFree = true
    } else if (mutation.op === 'create') record.isFree = true
    // With what has joined it in that moment.
    const taken = this.#engine
      .state()
      .history.findLast(
        ({ why, section, item }) =>
          why === 'taken-back' && section === mutation.section && item === mutation.item,
      )
    for (const key of Object.keys({ ...taken?.before, ...mutation.patch })) {
      const name = `${mutation.section}/${mutation.item}/${key}`
      this.#wantNoMore(mutation, key)
      this.undone.add(name)
      if (mutation.isTakenBack === true) this.givenUp.add(name)
    }
  }

  async #sendAgain({ id, state, patch }: Mutation): Promise<void> {
    if (state.kind !== 'blocked' || state.error.kind !== 'duplicate') return
    this.#ports.sentTwice(patch)
    await this.#engine.dispatch({ type: 'retried', id })
  }

  /** Decides every conflict there is. */
  async decide(): Promise<void> {
    for (const mutation of this.#engine.state().outbox) {
      if (mutation.state.kind !== 'conflict') continue
      const { theirs, late = {} } = mutation.state
      this.#ports.said(mutation.section, theirs)
      this.#see(mutation.section, mutation.item, theirs)
      for (const [key, value] of Object.entries(theirs)) {
        const name = `${mutation.section}/${mutation.item}/${key}`
        const replaced = key in late ? [late[key] ?? null] : []
        this.decided.set(name, [...(this.decided.get(name) ?? []), value, ...replaced])
      }
      const isMine = this.#ports.dice.chance(0.5)
      if (mutation.op === 'delete' && !isMine) {
        await this.withdraw(mutation)
        continue
      }
      const choices = isMine ? pickOf(mutation.patch, Object.keys(theirs)) : theirs
      const known = this.#find(mutation.section, mutation.item)
      const decision = {
        type: 'resolved',
        id: mutation.id,
        choices: mutation.op === 'delete' ? {} : choices,
        at: this.#ports.time.wall(),
      } as const
      const told = await this.#unless(this.#engine.dispatch(decision), () => {
        for (const key of Object.keys(theirs)) known?.wanted.delete(key)
        if (known && mutation.op === 'delete') known.isFree = true
      })
      this.#ports.story(
        `person: chose ${isMine ? 'mine' : 'theirs'} for ${mutation.section}/${mutation.item}`,
      )
      const record = this.#find(mutation.section, mutation.item)
      if (!told.ok || !record || mutation.op === 'delete') continue
      for (const [key, value] of Object.entries(choices)) {
        this.#wantNoMore(mutation, key)
        if (isMine) record.wanted.set(key, value)
      }
    }
  }

  /** The app has ended under the person's hands: what was not acknowledged may count or not. */
  leftAlone(): void {
    for (const doubt of this.#unanswered) doubt()
    this.#unanswered.clear()
  }

  async #unless<T>(asked: Promise<T>, doubt: () => void): Promise<T> {
    this.#unanswered.add(doubt)
    const answer = await asked
    this.#unanswered.delete(doubt)
    return answer
  }

  /** What was wanted of this field holds no more. */
  forget(section: string, key: string): void {
    for (const record of this.records) if (record.section === section) record.wanted.delete(key)
  }

  async retry(): Promise<void> {
    await this.#engine.dispatch({ type: 'retried' })
    this.#engine.wake()
  }

  /** Whether this is what the person has said of the field last. */
  wants(section: string, id: string, field: { key: string; value: FieldValue }): boolean {
    return this.records.some(
      (record) =>
        record.section === section &&
        this.current(record) === id &&
        equalValue(record.wanted.get(field.key), field.value),
    )
  }

  current(record: Known): ItemId {
    return this.#engine.state().aliases.get(record.id) ?? record.id
  }

  get #engine(): SyncEngine {
    return this.#ports.engine()
  }

  #moment() {
    return { now: this.#ports.time.wall(), unique: `u${this.#next()}` }
  }

  #next(): number {
    return (this.#count += 1)
  }

  #section(of: readonly string[]): AnySection | undefined {
    const id = this.#ports.dice.one(of.filter((name) => this.#ports.sections.includes(name)))
    return id === undefined ? undefined : this.#ports.registry.find(asSectionId(id))
  }

  #view(section: AnySection): readonly ItemView[] {
    return sectionView(section, this.#engine.state()).items
  }

  #patch(section: AnySection, item: ItemView): Values {
    if (section.id === 'memory-settings') {
      const key = this.#ports.dice.chance(0.5) ? 'learn' : 'use'
      return { [key]: item.values[key] !== true }
    }
    if (section.id === 'basic' && this.#ports.dice.chance(0.2)) {
      return { languages: toggled(item.values['languages'], this.#ports.dice.one(ownLanguages)) }
    }
    const keys = texts[section.id] ?? []
    const value = `mine ${this.#next()}`
    const key = this.#ports.dice.one(keys) ?? ''
    const isEmptied = this.#ports.dice.chance(0.05)
    const more = this.#ports.dice.chance(0.2) ? this.#ports.dice.one(keys) : undefined
    return { [key]: isEmptied ? null : value, ...(more && { [more]: `${value} too` }) }
  }

  /** Shown beside the new record it belongs to, until that has been looked for. */
  #isUnnamedTwin(section: AnySection, item: ItemView): boolean {
    return this.#view(section).some(
      (other) =>
        other.isNew &&
        equalValue(other.values['activities'], item.values['activities']) &&
        other.id !== item.id,
    )
  }

  #newValues(section: AnySection, tag: string): Values | undefined {
    switch (section.id) {
      case 'institutions':
        return { name: tag }
      case 'memory':
        return { content: tag }
      default: {
        const institutions = this.#ports.registry.find(asSectionId('institutions'))
        const parent = institutions && this.#ports.dice.one(this.#view(institutions))
        if (!parent) return undefined
        // Few degrees and one month: records that only the tag tells apart are the hard case.
        const degree = `degree ${this.#ports.dice.below(2)}`
        return { institution: parent.id, degree, startDate: '2020-09-01', activities: tag }
      }
    }
  }

  #recordOf(section: string, item: ItemView): Known {
    const known = this.#find(section, item.id)
    if (known) return known
    const record = { section, id: item.id, wanted: new Map(), isDeleted: false, isFree: false }
    this.records.push(record)
    return record
  }

  #find(section: string, item: ItemId): Known | undefined {
    return this.records.find((record) => this.#isNamed(record, { section, item }))
  }

  #isNamed(record: Known, { section, item }: Named): boolean {
    return record.section === section && (record.id === item || this.current(record) === item)
  }

  /** Under each name: it may have been edited as the platform's before it was known as one's own. */
  #wantNoMore(of: Named, key: string): void {
    for (const record of this.records) if (this.#isNamed(record, of)) record.wanted.delete(key)
  }

  #see(section: string, item: string, values: Values): void {
    for (const [key, value] of Object.entries(values)) {
      const name = `${section}/${item}/${key}`
      this.seen.set(name, [...(this.seen.get(name) ?? []), value])
    }
  }

  #mustBeShown(section: AnySection, record: Known, values: Values): void {
    const shown = this.#view(section).find((item) => item.id === this.current(record))
    for (const [key, value] of Object.entries(values)) {
      if (shown && isShownAs(shown.values[key], value)) continue
      if (mergePolicyOf(section, key) === 'off-wins') continue
      this.#ports.violated(`a saved edit is not shown: ${section.id}/${record.id}/${key}`)
    }
  }
}

/** Of a list others may have changed their part in the same moment. */
const isShownAs = (shown: FieldValue | undefined, value: FieldValue): boolean =>
  equalValue(shown, value) || holdsOwn(shown, value)

const pickOf = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
