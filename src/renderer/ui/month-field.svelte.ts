import { formatMonth, parseMonth } from './month'

/** Read anew at each use, so that props stay live; what the person did goes back by the functions. */
export interface MonthSource {
  readonly value: string | undefined
  readonly today: string
  readonly locale: string
  readonly onSettle: (value: string | undefined) => void
  readonly onMisread: (text: string | undefined) => void
}

/** Text of a month field and the month its picker stands on. */
export class MonthFieldState {
  readonly #readSource: () => MonthSource
  #typed = $state<string>()
  #cursor = $state<string>()

  constructor(readSource: () => MonthSource) {
    this.#readSource = readSource
  }

  get text(): string {
    const { value, locale } = this.#readSource()
    return this.#typed ?? formatMonth(value, locale)
  }

  /** The month under the keys; undefined while the picker is closed. */
  get cursor(): string | undefined {
    return this.#cursor
  }

  type(text: string): void {
    this.#typed = text
    this.#settle(parseMonth(text, this.#readSource().locale))
  }

  /** Shows the month in full, or reports a text that says none and leaves it in sight. */
  leave(): void {
    if (this.#typed === undefined) return
    const { value, onMisread } = this.#readSource()
    const isMisread = value === undefined && this.#typed.trim() !== ''
    onMisread(isMisread ? this.#typed : undefined)
    if (!isMisread) this.#typed = undefined
  }

  readonly open = (): void => {
    const { value, today } = this.#readSource()
    this.#cursor = value ?? today
  }

  readonly close = (): void => {
    this.#cursor = undefined
  }

  readonly toggle = (): void => {
    if (this.#cursor === undefined) this.open()
    else this.close()
  }

  readonly move = (month: string): void => {
    this.#cursor = month
  }

  choose(month: string): void {
    this.#typed = undefined
    this.close()
    this.#readSource().onMisread(undefined)
    this.#settle(month)
  }

  #settle(next: string | undefined): void {
    const { value, onSettle } = this.#readSource()
    if (next !== value) onSettle(next)
  }
}
