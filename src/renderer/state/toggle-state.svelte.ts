import { selfItemId } from '../../shared/domain/ids'
import type { PauseLength } from '../../shared/domain/pause-length'
import type { ToggleDescriptor } from '../../shared/domain/toggles'
import type { AppError, Result } from '../../shared/errors'
import type { Mark } from '../../shared/sync/marks'
import { toggleView, type ToggleView } from '../../shared/sync/toggle-view'
import type { SectionView } from '../../shared/sync/view'
import { sentenceFor } from '../../shared/text/errors'
import { pausedText } from '../../shared/text/pause'
import { whenText } from '../../shared/text/times'
import type { AppState } from './app-state.svelte'

interface Wanted {
  readonly isOn: boolean
  /** The view main had told last when it took the edit: the next one shows it. */
  readonly takenOver?: SectionView
}

/** One switch of the platform's. Unknown is neither on nor off, and is said. */
export class ToggleState {
  readonly descriptor: ToggleDescriptor
  readonly #app: AppState
  /** Shown until main has not taken it, or has told the section anew, a moment after it has. */
  #wanted = $state.raw<Wanted | undefined>()
  #error = $state.raw<AppError | undefined>()
  /** The button that was pressed gives way to another. */
  #isFocusDue = false

  constructor(app: AppState, descriptor: ToggleDescriptor) {
    this.#app = app
    this.descriptor = descriptor
  }

  get isOn(): boolean {
    const wanted = this.#wanted
    const isAsked = wanted && (!wanted.takenOver || wanted.takenOver === this.#view)
    return isAsked ? wanted.isOn : this.#shown.isOn
  }

  get isKnown(): boolean {
    return this.#shown.isKnown
  }

  /** Nothing is known of it: neither a copy nor an answer. */
  get isUnread(): boolean {
    return this.#view?.readAt === undefined && this.#item === undefined
  }

  get mark(): Mark | undefined {
    return this.#shown.mark
  }

  /** Why it could not be switched, or why the platform does not keep it. */
  get problem(): string | undefined {
    const unread =
      this.#view?.read.kind === 'failed' && this.isUnread ? this.#view.read.error : undefined
    const error = this.#error ?? this.#shown.refusal ?? unread
    if (!error) return undefined
    const { title, text } = sentenceFor(error, this.#app.errorContext())
    return `${title}. ${text}`
  }

  get savedWord(): string | undefined {
    const at = this.#view?.savedAt
    return at === undefined ? undefined : `Saved ${whenText(at, this.#app.now)}`
  }

  get canUndo(): boolean {
    return this.mark === 'refused' && this.#item?.mutation !== undefined
  }

  /** "Learning is paused until 15:30". */
  get pausedText(): string | undefined {
    const { pausedUntil } = this.#shown
    const words = this.descriptor.pause
    if (pausedUntil === undefined || !words) return undefined
    return pausedText(words, pausedUntil, this.#app.now)
  }

  pause(length: PauseLength): Promise<void> {
    return this.#ask(this.#app.client.toggle.pause({ toggle: this.descriptor.id, length }))
  }

  resume(): Promise<void> {
    return this.#ask(this.#app.client.toggle.resume({ toggle: this.descriptor.id }))
  }

  /** To be attached around what takes the pressed button's place. */
  readonly takeFocus = (place: HTMLElement): void => {
    if (this.#isFocusDue) place.querySelector('button')?.focus()
    this.#isFocusDue = false
  }

  async switchTo(isOn: boolean): Promise<void> {
    const { section, field } = this.descriptor
    const wanted: Wanted = { isOn }
    this.#wanted = wanted
    this.#isFocusDue = false
    this.#error = undefined
    const item = this.#item?.id ?? selfItemId
    const answer = await this.#app.sections.edit(section, item, { [field]: isOn })
    if (!answer.ok) this.#error = answer.error
    // Switched again meanwhile.
    if (this.#wanted !== wanted) return
    const takenOver = this.#view
    const isToBeTold = answer.ok && this.#shown.isOn !== isOn && takenOver
    this.#wanted = isToBeTold ? { isOn, takenOver } : undefined
  }

  async undo(): Promise<void> {
    const mutation = this.#item?.mutation
    if (mutation === undefined) return
    const answer = await this.#app.pending.undo(mutation)
    if (!answer.ok) this.#error = answer.error
  }

  async #ask(asked: Promise<Result<void>>): Promise<void> {
    this.#error = undefined
    this.#isFocusDue = true
    const answer = await asked
    if (answer.ok) return
    this.#isFocusDue = false
    this.#error = answer.error
  }

  get #view() {
    return this.#app.sections.view(this.descriptor.section)
  }

  get #item() {
    return this.#view?.items[0]
  }

  get #shown(): ToggleView {
    return toggleView(this.#view, this.descriptor)
  }
}
