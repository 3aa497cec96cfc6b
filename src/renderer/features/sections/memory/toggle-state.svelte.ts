import { selfItemId } from '../../../../shared/domain/ids'
import type { ToggleDescriptor } from '../../../../shared/domain/toggles'
import type { AppError } from '../../../../shared/errors'
import { sentenceFor } from '../../../../shared/text/errors'
import { whenText } from '../../../../shared/text/times'
import type { AppState } from '../../../state/app-state.svelte'
import type { EditState } from '../../../ui/edit-state'
import { editStateOf } from '../edit-words'

/** One switch of the platform's. Unknown is neither on nor off, and is said. */
export class ToggleState {
  readonly descriptor: ToggleDescriptor
  readonly #app: AppState
  /** Shown until main has taken it, or has not. */
  #wanted = $state<boolean | undefined>()
  #error = $state.raw<AppError | undefined>()

  constructor(app: AppState, descriptor: ToggleDescriptor) {
    this.#app = app
    this.descriptor = descriptor
  }

  get isOn(): boolean {
    return this.#wanted ?? this.#value === true
  }

  get isKnown(): boolean {
    return typeof this.#value === 'boolean'
  }

  /** Nothing is known of it: neither a copy nor an answer. */
  get isUnread(): boolean {
    return this.#view?.readAt === undefined && this.#item === undefined
  }

  get state(): EditState | undefined {
    return editStateOf(this.#item?.marks[this.descriptor.field])
  }

  /** Why it could not be switched, or why the platform does not keep it. */
  get problem(): string | undefined {
    const refused = this.state === 'refused' ? this.#item?.error : undefined
    const unread =
      this.#view?.read.kind === 'failed' && this.isUnread ? this.#view.read.error : undefined
    const error = this.#error ?? refused ?? unread
    if (!error) return undefined
    const { title, text } = sentenceFor(error, this.#app.errorContext())
    return `${title}. ${text}`
  }

  get savedWord(): string | undefined {
    const at = this.#view?.savedAt
    return at === undefined ? undefined : `Saved ${whenText(at, this.#app.now)}`
  }

  get canUndo(): boolean {
    return this.state === 'refused' && this.#item?.mutation !== undefined
  }

  async switchTo(isOn: boolean): Promise<void> {
    const { section, field } = this.descriptor
    this.#wanted = isOn
    this.#error = undefined
    const item = this.#item?.id ?? selfItemId
    const answer = await this.#app.sections.edit(section, item, { [field]: isOn })
    if (!answer.ok) this.#error = answer.error
    this.#wanted = undefined
  }

  async undo(): Promise<void> {
    const mutation = this.#item?.mutation
    if (mutation !== undefined) await this.#app.pending.undo(mutation)
  }

  get #view() {
    return this.#app.sections.view(this.descriptor.section)
  }

  get #item() {
    return this.#view?.items[0]
  }

  get #value() {
    return this.#item?.values[this.descriptor.field]
  }
}
