import type { Mark } from '../../shared/sync/marks'
import type { ItemView } from '../../shared/sync/view'
import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../shared/domain/sections/section'
import type { FieldValue, JsonObject, Values } from '../../shared/domain/values'
import { validateValues, type FieldProblems } from '../../shared/domain/validation'
import type { AppError } from '../../shared/errors'
import { DraftKeeper } from './draft-keeper.svelte'
import { fieldsOfError, withoutField } from './form-errors'
import type { FormOptions, SaveOutcome } from './form-options'
import {
  editableKeys,
  emptiedBy,
  fieldOrder,
  filledValues,
  isClosed,
  knownValues,
  patchOf,
  storedValues,
  typedValue,
} from './form-values'
import { FormWriter, type WrittenRecord } from './form-writer'
import { TypedValues } from './typed-values.svelte'

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
  readonly #writer: FormWriter
  readonly #typed: TypedValues
  #checked = $state.raw<readonly string[]>([])
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
  readonly #patch = $derived.by<Values>(() => patchOf(this.section, this.#base, this.#typed.values))
  readonly #problems = $derived.by<FieldProblems>(() => {
    const values = storedValues(this.section, this.#values)
    const keys = this.isNew ? editableKeys(this.section) : Object.keys(this.#patch)
    return validateValues(this.section, values, keys)
  })

  constructor(options: FormOptions) {
    this.#options = options
    this.section = options.section
    this.isNew = options.id === undefined
    const { item, newDraft } = options.source()
    const draft = this.isNew ? newDraft : item?.draft
    this.#typed = new TypedValues(
      draft && { ...draft, values: knownValues(options.section, draft.values) },
      item,
    )
    this.#writer = new FormWriter(options.client, options.section)
    this.#keeper = new DraftKeeper(options.clock, {
      keptAt: draft?.savedAt,
      save: (values, isDiscarded) => this.#writer.saveDraft(this.#record, values, isDiscarded),
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

  /** Not the person's to change: the record, or this field by what the platform said. */
  isReadOnly(key: string): boolean {
    return this.#item?.can.update === false || isClosed(this.facts, key)
  }

  error(key: string): string | undefined {
    const own = this.#checked.includes(key) ? this.#problems[key] : undefined
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
    if (this.#typed.has(key)) this.#checked = [...this.#checked, key]
    void this.#keeper.flush()
  }

  get problemKeys(): readonly string[] {
    return fieldOrder(this.section).filter((key) => this.error(key) !== undefined)
  }

  async save(): Promise<SaveOutcome> {
    if (this.#isSaving) return 'busy'
    this.#checked = fieldOrder(this.section)
    if (Object.keys(this.#problems).length > 0) return 'invalid'
    if (!this.isNew && !this.isDirty) return this.#leaveAsItIs()
    return this.#send(this.isNew ? this.#filled() : this.#patch)
  }

  /** What would be written if the record had to be made anew. */
  get whole(): Values {
    return this.#filled()
  }

  /** Takes back everything typed. */
  async cancel(): Promise<void> {
    const discarded = this.isDirty ? this.#keeper.discard() : this.#keeper.drop()
    this.#typed.clear()
    this.#checked = []
    this.#answer = undefined
    await discarded
  }

  /** Writes down now what is not written down yet. */
  flush(): Promise<void> {
    return this.#keeper.flush()
  }

  get #record(): WrittenRecord {
    const id = this.isNew ? undefined : (this.#item?.id ?? this.#options.id)
    return { id, baseOf: (keys) => this.#typed.base(keys, this.#item) }
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
    const editable = editableKeys(this.section)
    const all = filledValues(storedValues(this.section, this.#values))
    return Object.fromEntries(Object.entries(all).filter(([key]) => editable.includes(key)))
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
    const answer = await this.#writer.save(this.#record, values)
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

  /** What was typed while the edit was on its way is a draft of its own. */
  async #forget(sent: Values): Promise<void> {
    this.#typed.forget(sent, this.#item)
    this.#checked = []
    await this.#keeper.drop()
    if (this.isDirty) this.#keep()
  }
}
