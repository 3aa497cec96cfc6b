import type { EditState } from './edit-state'
import { filterByText, isSameText } from './text-match'

export interface ComboOption {
  readonly value: string
  readonly label: string
  /** Second line: type and place. */
  readonly second?: string | undefined
  readonly state?: EditState | undefined
}

export type ComboRow =
  | { readonly kind: 'option'; readonly key: string; readonly option: ComboOption }
  | { readonly kind: 'create'; readonly key: string; readonly text: string }

/** Read anew at each use, so that props stay live; what the person did goes back by the functions. */
export interface ComboSource {
  readonly options: readonly ComboOption[]
  /** False where the options are the answer to what was typed already. */
  readonly filters: boolean
  readonly canCreate: boolean
  /** The first row is under the keys as soon as something is typed. */
  readonly takesFirst: boolean
  readonly onTyped: (text: string) => void
  readonly onChoose: (option: ComboOption) => void
  readonly onCreate: (text: string) => void
  /** Typed text was given up. */
  readonly onRestore: () => void
}

/** Text, list and the row under the keys of a combobox: the ARIA pattern with active descendant. */
export class ComboboxState {
  readonly #readSource: () => ComboSource
  #isOpen = $state(false)
  #active = $state(-1)
  #typed = $state<string>()

  readonly #rows = $derived.by<readonly ComboRow[]>(() => {
    const text = this.#typed?.trim() ?? ''
    const { options, filters, canCreate } = this.#readSource()
    const found = filters ? filterByText(options, text) : options
    const rows: ComboRow[] = found.map((option) => ({ kind: 'option', key: option.value, option }))
    const isKnown = found.some((option) => isSameText(option.label, text))
    if (canCreate && text !== '' && !isKnown) rows.push({ kind: 'create', key: '+', text })
    return rows
  })

  constructor(readSource: () => ComboSource) {
    this.#readSource = readSource
  }

  get isOpen(): boolean {
    return this.#isOpen && this.#rows.length > 0
  }

  get rows(): readonly ComboRow[] {
    return this.#rows
  }

  /** What a reader says of the list. */
  get announcement(): string {
    if (!this.#isOpen) return ''
    const count = this.#rows.filter((row) => row.kind === 'option').length
    if (count === 0) return 'No results'
    return count === 1 ? '1 result' : `${String(count)} results`
  }

  get active(): number {
    return Math.min(this.#active, this.#rows.length - 1)
  }

  /** What stands in the input while it is being changed. */
  get typed(): string | undefined {
    return this.#typed
  }

  type(text: string): void {
    this.#typed = text
    this.#isOpen = true
    this.#active = this.#readSource().takesFirst && text.trim() !== '' ? 0 : -1
    this.#readSource().onTyped(text)
  }

  readonly open = (): void => {
    this.#isOpen = true
    this.#active = -1
  }

  readonly close = (): void => {
    this.#isOpen = false
    this.#active = -1
  }

  readonly toggle = (): void => {
    if (this.#isOpen) this.close()
    else this.open()
  }

  /** Back to the value. */
  forget(): void {
    this.#typed = undefined
  }

  readonly take = (row: ComboRow | undefined): void => {
    if (!row) return
    this.forget()
    this.close()
    if (row.kind === 'create') this.#readSource().onCreate(row.text)
    else this.#readSource().onChoose(row.option)
  }

  /** The option that the typed text names letter for letter, if any. */
  named(): ComboOption | undefined {
    const text = this.#typed
    if (text === undefined) return undefined
    return this.#readSource().options.find((option) => isSameText(option.label, text))
  }

  /** True when the key is used up. */
  pressKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing'>): boolean {
    if (event.isComposing || event.shiftKey) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#move(event.key === 'ArrowDown' ? 1 : -1)
      return true
    }
    if (event.key === 'Escape') return this.#escape()
    if (!this.isOpen) return false
    if (event.key === 'Tab') this.close()
    if (this.active === -1) return false
    if (event.key === 'Enter') this.take(this.#rows[this.active])
    else if (event.key === 'Home') this.#active = 0
    else if (event.key === 'End') this.#active = this.#rows.length - 1
    else return false
    return true
  }

  /** Closed, the first press shows the list; at either end it goes round. */
  #move(step: 1 | -1): void {
    const count = this.#rows.length
    if (!this.isOpen) this.open()
    if (count > 0) this.#active = this.active === -1 && step === -1 ? count - 1 : this.#after(step)
  }

  #after(step: 1 | -1): number {
    const count = this.#rows.length
    return (this.active + step + count) % count
  }

  /** First closes, second restores. */
  #escape(): boolean {
    if (this.isOpen) {
      this.close()
      return true
    }
    if (this.#typed === undefined) return false
    this.forget()
    this.#readSource().onRestore()
    return true
  }
}
