import { newItemDraftId, type ItemView, type Mark } from '../../shared/sync/view'
import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../shared/domain/sections/section'
import type { FieldValue, JsonObject, Values } from '../../shared/domain/values'
import { validateValues, type FieldProblems } from '../../shared/domain/validation'
import type { AppError, Result } from '../../shared/errors'
import type { EditReceipt } from '../../shared/ipc/contract'
import type { Clock } from '../../shared/sync/ports'
import type { Draft } from '../../shared/sync/state'
import { DraftKeeper } from './draft-keeper.svelte'
import { fieldsOfError, withoutField } from './form-errors'
import {
  editableKeys,
  emptiedBy,
  fieldOrder,
  filledValues,
  knownValues,
  patchOf,
  storedValues,
  typedValue,
} from './form-values'
import type { SectionsState } from './sections-state.svelte'
import { TypedValues } from './typed-values.svelte'

/** The record behind a form, as main last told it. Read at each use, so that it stays live. */
export interface FormSource {
  readonly item: ItemView | undefined
  readonly newDraft: Draft | undefined
  readonly facts: JsonObject
}

export interface FormOptions {
  readonly section: AnySection
  readonly sections: Pick<SectionsState, 'edit' | 'create' | 'saveDraft'>
  readonly clock: Clock
  /** Whether a record is being written that does not exist yet. */
  readonly isNew: boolean
  readonly source: () => FormSource
  readonly quote: (sentence: string) => string
}

/** `overtaken`: the platform has changed a field since it was typed over; the person is asked. */
export type SaveOutcome =
  'saved' | 'unchanged' | 'retry' | 'invalid' | 'overtaken' | 'failed' | 'busy'

interface Settling {
  readonly patch: Values
  readonly over: ItemView | undefined
}

const nothing: Values = {}

/** What stands in an open form: the record, what is typed over it, and what is wrong with that. */
export class FormState {
  readonly section: AnySection
  readonly isNew: boolean
  readonly #options: FormOptions
  readonly #keeper: DraftKeeper
  readonly #typed: TypedValues
  #checked = $state.raw<ReadonlySet<string>>(new Set())
  #answer = $state.raw<AppError | undefined>()
  #settling = $state.raw<Settling>({ patch: nothing, over: undefined })
  #isSaving = $state(false)
  #created = $state.raw<string | undefined>()
  #lastItem: ItemView | undefined

  readonly #source = $derived.by(() => this.#options.source())
  /** A record that has gone stays in its form until the person has decided. */
  readonly #item = $derived.by(() => {
    this.#lastItem = this.#source.item ?? this.#lastItem
    return this.#lastItem
  })
  readonly #base = $derived.by<Values>(() => ({
    ...this.#item?.values,
    ...(this.#settling.over === this.#item && this.#settling.patch),
  }))
  readonly #values = $derived.by<Values>(() => ({ ...this.#base, ...this.#typed.values }))
  readonly #patch = $derived.by<Values>(() =>
    patchOf(this.section, { base: this.#base, typed: this.#typed.values, facts: this.facts }),
  )
  readonly #problems = $derived.by<FieldProblems>(() => {
    const values = storedValues(this.section, this.#values, this.facts)
    const keys = this.isNew ? editableKeys(this.section) : Object.keys(this.#patch)
    return validateValues(this.section, values, keys)
  })

  constructor(options: FormOptions) {
    this.#options = options
    this.section = options.section
    this.isNew = options.isNew
    const { item, newDraft } = options.source()
    const draft = options.isNew ? newDraft : item?.draft
    this.#typed = new TypedValues(knownValues(options.section, draft?.values ?? nothing), item)
    this.#keeper = new DraftKeeper(options.clock, {
      keptAt: draft?.savedAt,
      save: (values) => options.sections.saveDraft(options.section.id, this.#draftId, values),
    })
  }

  get item(): ItemView | undefined {
    return this.#item
  }

  /** Deleted elsewhere while it stood here. */
  get isGone(): boolean {
    return !this.isNew && this.#lastItem !== undefined && this.#source.item === undefined
  }

  get facts(): JsonObject {
    return this.#source.facts
  }

  get values(): Values {
    return this.#values
  }

  get dirtyKeys(): readonly string[] {
    return this.isNew ? Object.keys(filledValues(this.#typed.values)) : Object.keys(this.#patch)
  }

  get isDirty(): boolean {
    return this.dirtyKeys.length > 0
  }

  get isSaving(): boolean {
    return this.#isSaving
  }

  /** The id of the record that saving has made. */
  get createdId(): string | undefined {
    return this.#created
  }

  /** When the draft was last kept on this computer. */
  get keptAt(): number | undefined {
    return this.isDirty ? this.#keeper.keptAt : undefined
  }

  get draftError(): AppError | undefined {
    return this.#keeper.error
  }

  /** Why the last Save was not taken, where it concerns no field. */
  get saveError(): AppError | undefined {
    return this.#answer && Object.keys(fieldsOfError(this.#answer)).length === 0
      ? this.#answer
      : undefined
  }

  /** Keys whose platform value has changed since they were typed over. */
  get overtaken(): readonly string[] {
    const typed = storedValues(this.section, this.#typed.values, this.facts)
    return this.isNew ? [] : this.#typed.overtaken(this.#item, typed)
  }

  fieldId(key: string): string {
    return `${this.section.id}-${key}`
  }

  field(key: string): FieldDescriptor | undefined {
    return fieldOf(this.section, key)
  }

  value(key: string): FieldValue {
    return this.#values[key] ?? null
  }

  /** The record's own value, which a kept day or "back" goes by. */
  savedValue(key: string): FieldValue {
    return this.#base[key] ?? null
  }

  /** Whether a flag that is on has emptied the field. */
  isDisabled(key: string): boolean {
    const flag = this.field(key)?.unless
    return flag !== undefined && this.#values[flag] === true
  }

  error(key: string): string | undefined {
    const own = this.#checked.has(key) ? this.#problems[key] : undefined
    return own ?? this.#serverError(key)
  }

  mark(key: string): Mark | undefined {
    const mark = this.#item?.marks[key]
    if (mark === 'needs-you') return mark
    if (this.dirtyKeys.includes(key)) return 'draft'
    return mark === 'draft' ? undefined : mark
  }

  type(key: string, text: string): void {
    const field = this.field(key)
    this.set(key, field ? typedValue(field, text) : text)
  }

  set(key: string, value: FieldValue): void {
    this.#typed.put(key, value, this.#item)
    if (this.field(key)?.kind === 'flag') this.#follow(key, value === true)
    this.#answer = withoutField(this.#answer, key)
    this.#keep()
  }

  /** The field has been left: from now on it says what is wrong with it. */
  leave(key: string): void {
    if (this.#typed.has(key)) this.#checked = new Set([...this.#checked, key])
    void this.#keeper.flush()
  }

  get problemKeys(): readonly string[] {
    return fieldOrder(this.section).filter((key) => this.error(key) !== undefined)
  }

  async save(): Promise<SaveOutcome> {
    if (this.#isSaving) return 'busy'
    this.#checked = new Set(fieldOrder(this.section))
    if (Object.keys(this.#problems).length > 0) return 'invalid'
    if (!this.isNew && !this.isDirty) return this.#leaveAsItIs()
    if (this.overtaken.length > 0) return 'overtaken'
    return this.#send(this.isNew ? this.#filled() : this.#patch)
  }

  /** Saves what the person has decided between two values. */
  saveDecided(choices: Values): Promise<SaveOutcome> {
    for (const [key, value] of Object.entries(choices)) this.#typed.put(key, value, this.#item)
    this.#typed.acceptOvertaken(this.#item)
    return this.save()
  }

  /** What would be written if the record had to be made anew. */
  get whole(): Values {
    return this.#filled()
  }

  /** Takes back everything typed. */
  async cancel(): Promise<void> {
    this.#typed.clear()
    this.#checked = new Set()
    this.#answer = undefined
    await this.#keeper.drop()
  }

  /** Writes down now what is not written down yet. */
  flush(): Promise<void> {
    return this.#keeper.flush()
  }

  get #draftId(): string {
    return this.isNew ? newItemDraftId(this.section) : (this.#item?.id ?? '')
  }

  #serverError(key: string): string | undefined {
    if (this.dirtyKeys.includes(key) && !this.#answer) return undefined
    const error = this.#answer ?? this.#item?.error
    if (error?.kind === 'refused-input') return error.field === key ? error.problem : undefined
    const sentence = error && fieldsOfError(error)[key]
    return sentence === undefined ? undefined : this.#options.quote(sentence)
  }

  /** A flag clears its fields when it goes on and gives them back when it goes off. */
  #follow(flag: string, isOn: boolean): void {
    for (const key of emptiedBy(this.section, flag)) {
      if (isOn) this.#typed.empty(key, this.value(key), this.#item)
      else this.#typed.put(key, this.#typed.emptied(key) ?? this.savedValue(key), this.#item)
    }
  }

  #keep(): void {
    this.#keeper.keep(this.isNew ? filledValues(this.#typed.values) : this.#draft())
  }

  /** Typed values as they stand; those that equal the record are no draft. */
  #draft(): Values {
    return Object.fromEntries(
      Object.entries(this.#typed.values).filter(([key]) => key in this.#patch),
    )
  }

  #filled(): Values {
    const editable = new Set(editableKeys(this.section))
    const all = filledValues(storedValues(this.section, this.#values, this.facts))
    return Object.fromEntries(Object.entries(all).filter(([key]) => editable.has(key)))
  }

  async #leaveAsItIs(): Promise<SaveOutcome> {
    await this.cancel()
    return this.#item?.mark === 'refused' ? 'retry' : 'unchanged'
  }

  async #send(values: Values): Promise<SaveOutcome> {
    this.#isSaving = true
    this.#answer = undefined
    const sent = this.#typed.values
    const over = this.#item
    const answer = await this.#write(values)
    this.#isSaving = false
    if (!answer.ok) {
      this.#answer = answer.error
      return 'failed'
    }
    if (this.isNew) this.#created = answer.value.item
    else this.#settling = { patch: values, over }
    await this.#forget(sent)
    return 'saved'
  }

  #write(values: Values): Promise<Result<EditReceipt>> {
    const { sections } = this.#options
    const { id } = this.section
    if (this.isNew) return sections.create(id, values)
    return sections.edit(id, this.#item?.id ?? '', values)
  }

  /** What was typed while the edit was on its way is a draft of its own. */
  async #forget(sent: Values): Promise<void> {
    this.#typed.forget(sent)
    this.#checked = new Set()
    await this.#keeper.drop()
    if (this.isDirty) this.#keep()
  }
}
