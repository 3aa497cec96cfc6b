import { tick } from 'svelte'
import type { AnySection } from '../../../shared/domain/sections/section'
import { textOf, type FieldValue } from '../../../shared/domain/values'
import type { AppError } from '../../../shared/errors'
import { sentenceFor } from '../../../shared/text/errors'
import type { ItemView } from '../../../shared/sync/view'
import type { AppState } from '../../state/app-state.svelte'
import { isSameItem } from '../../state/item-list-state.svelte'
import type { FormSource, SaveOutcome } from '../../state/form-options'
import { FormState } from '../../state/form-state.svelte'
import { CompareState, type Contested } from './compare-state.svelte'
import { draftWords } from './edit-words'
import type { ReferencePaneTarget } from './reference-pane-context'
import { whenText } from '../../../shared/text/times'

export interface EntryOptions {
  readonly section: AnySection
  /** Undefined: a record that is being written. */
  readonly item: string | undefined
  readonly onSaved?: ((createdId: string | undefined) => void) | undefined
}

export interface BarWords {
  readonly kind: 'error' | 'draft' | 'quiet'
  readonly text: string
}

/** One open record: its form, the choice where both sides changed it, and what can be done with it. */
export class EntryState {
  readonly section: AnySection
  readonly form: FormState
  readonly compare: CompareState
  readonly #app: AppState
  readonly #options: EntryOptions
  #isDeferred = $state(false)
  #wasSaveAsked = $state(false)
  #pane = $state.raw<ReferencePaneTarget | undefined>()

  constructor(app: AppState, options: EntryOptions) {
    this.#app = app
    this.#options = options
    this.section = options.section
    this.form = new FormState({
      section: options.section,
      client: app.client,
      clock: app.clock,
      id: options.item,
      source: () => this.#source(),
      quote: (sentence) => `${this.org} answered: “${sentence}”`,
    })
    this.compare = new CompareState(options.section, () => this.#contested())
  }

  get org(): string {
    return this.#app.workspaces.org || 'the platform'
  }

  get now(): number {
    return this.#app.now
  }

  get item(): ItemView | undefined {
    return this.form.item
  }

  get title(): string {
    const { item } = this
    if (!item) return `New ${this.section.words.one}`
    return this.#app.sections.titleOf(this.section, item)
  }

  /** The other record that is edited on top of this form. */
  get pane(): ReferencePaneTarget | undefined {
    return this.#pane
  }

  openPane(target: ReferencePaneTarget): void {
    this.#pane = target
  }

  async closePane(): Promise<void> {
    const from = this.#pane?.from
    this.#pane = undefined
    await tick()
    if (from !== undefined) document.getElementById(from)?.focus()
  }

  get isComparing(): boolean {
    return !this.#isDeferred && this.isContested && this.compare.keys.length > 0
  }

  get isContested(): boolean {
    return this.item?.theirs !== undefined && !this.isDeleteContested
  }

  /** Deleted here, changed over there. */
  get isDeleteContested(): boolean {
    const { item } = this
    return item?.theirs !== undefined && !item.isNew && Object.keys(item.marks).length === 0
  }

  get isGone(): boolean {
    return this.form.isGone || (this.item?.error?.kind === 'not-found' && !this.item.isNew)
  }

  /** What stops the edit and belongs to no field. */
  get trouble(): AppError | undefined {
    const { item } = this
    if (!item?.error || this.isGone || item.mark !== 'refused') return undefined
    const isAtField = item.error.kind === 'invalid' && this.#hasKnownField(item.error.fields)
    return isAtField ? undefined : item.error
  }

  sentence(error: AppError) {
    const context = this.#app.errorContext('send')
    return sentenceFor(error, { ...context, isNew: this.item?.isNew === true })
  }

  /** The name behind a reference, for both sides of a comparison. */
  referenceName(key: string, value: FieldValue | undefined): string {
    const field = this.form.field(key)
    const id = textOf(value)
    if (field?.kind !== 'reference' || id === '') return ''
    const { item } = this
    const label = textOf(item?.saved[key]) === id ? item?.labels[key] : undefined
    return this.#app.sections.nameOf(field.to, id) ?? label ?? 'Another record'
  }

  get keptSince(): string | undefined {
    const { keptAt } = this.form
    return keptAt === undefined ? undefined : whenText(keptAt, this.now)
  }

  get barWords(): BarWords | undefined {
    const problem = this.#wasSaveAsked ? this.form.problemKeys[0] : undefined
    if (problem !== undefined) {
      const label = this.form.field(problem)?.label ?? problem
      return { kind: 'error', text: `${label}: ${this.form.error(problem) ?? ''}` }
    }
    const error = this.form.saveError ?? this.form.draftError
    if (error) {
      const { title, text } = this.sentence(error)
      return { kind: 'error', text: `${title}. ${text}` }
    }
    return this.#stateWords()
  }

  async save(): Promise<void> {
    if (this.isComparing) {
      await this.#saveChoices()
      return
    }
    this.#wasSaveAsked = true
    await this.#settle(await this.form.save())
  }

  async cancel(): Promise<void> {
    this.#wasSaveAsked = false
    await this.form.cancel()
  }

  decideLater(): void {
    this.#isDeferred = true
  }

  showCompare(): void {
    this.#isDeferred = false
  }

  async retry(): Promise<void> {
    this.#report(await this.#app.pending.retry(this.item?.mutation))
  }

  async undo(): Promise<void> {
    const mutation = this.item?.mutation
    if (mutation !== undefined) this.#report(await this.#app.pending.undo(mutation))
  }

  /** Deleting is what the person wanted, whatever has changed over there. */
  async deleteAnyway(): Promise<void> {
    const mutation = this.item?.mutation
    if (mutation !== undefined) this.#report(await this.#app.pending.resolve(mutation, {}))
  }

  async remove(): Promise<boolean> {
    if (!this.item) return false
    const answer = await this.#app.sections.remove(this.section, this.item)
    this.#report(answer)
    return answer.ok
  }

  /** The record is gone over there: a new one first, so that nothing is lost in between. */
  async createAgain(): Promise<void> {
    const answer = await this.#app.sections.create(this.section.id, this.form.whole)
    this.#report(answer)
    if (!answer.ok) return
    await this.drop()
    this.#options.onSaved?.(answer.value.item)
  }

  async drop(): Promise<void> {
    await this.form.cancel()
    if (this.item?.mutation !== undefined && !this.form.isGone) await this.undo()
  }

  /** When a kept edit is sent. */
  get #when(): string {
    const trouble = this.#app.credentialTrouble
    const isOfAnotherHost =
      trouble?.kind === 'unauthorized' &&
      trouble.service !== undefined &&
      trouble.service !== this.section.service
    return trouble && !isOfAnotherHost ? 'as soon as there is a token' : 'by itself'
  }

  #stateWords(): BarWords | undefined {
    if (this.form.isDirty) {
      return { kind: 'draft', text: draftWords(this.form.dirtyKeys.length, this.keptSince) }
    }
    switch (this.item?.mark) {
      case 'here':
        return {
          kind: 'quiet',
          text: `Kept on this computer; it goes to ${this.org} ${this.#when}.`,
        }
      case 'sending':
        return { kind: 'quiet', text: `Sending to ${this.org}` }
      default:
        return undefined
    }
  }

  async #settle(outcome: SaveOutcome): Promise<void> {
    switch (outcome) {
      case 'saved':
        this.#wasSaveAsked = false
        this.#options.onSaved?.(this.form.createdId)
        return
      case 'retry':
        await this.retry()
        return
      case 'invalid':
      case 'failed':
        await this.#focusFirstProblem()
        return
      case 'unchanged':
      case 'busy':
    }
  }

  async #focusFirstProblem(): Promise<void> {
    await tick()
    const first = this.form.problemKeys[0]
    if (first !== undefined) document.getElementById(this.form.fieldId(first))?.focus()
  }

  async #saveChoices(): Promise<void> {
    this.compare.ask()
    if (!this.compare.isComplete) {
      await tick()
      const key = this.compare.missing
      document.getElementById(`${this.form.fieldId(key ?? '')}-mine`)?.focus()
      return
    }
    const { choices } = this.compare
    const mutation = this.item?.mutation
    if (mutation !== undefined) this.#report(await this.#app.pending.resolve(mutation, choices))
    this.compare.forget()
  }

  #source(): FormSource {
    const view = this.#app.sections.view(this.section.id)
    const id = this.#options.item
    return {
      item: id === undefined ? undefined : view?.items.find((item) => isSameItem(item, id)),
      newDraft: view?.newDraft,
      facts: view?.facts ?? {},
    }
  }

  #contested(): Contested {
    const { item } = this
    return {
      mine: item?.values ?? {},
      theirs: item?.theirs ?? {},
      mineAt: item?.editedAt,
      theirsAt: item?.theirsSeenAt,
      began: item?.began,
    }
  }

  #hasKnownField(fields: Readonly<Record<string, string>>): boolean {
    return Object.keys(fields).some((key) => this.form.field(key) !== undefined)
  }

  #report(answer: { readonly ok: boolean; readonly error?: AppError }): void {
    if (!answer.ok && answer.error) this.#app.report(answer.error)
  }
}
