import type { FieldValue, Values } from '../../shared/domain/values'
import type { ItemView } from '../../shared/sync/view'
import { overtakenKeys } from './form-values'

const nothing: Values = {}

/** What the person has typed over a record, and what the record held when they began. */
export class TypedValues {
  #values = $state.raw<Values>(nothing)
  /** The platform's value, and the one on screen, when the field was first typed over. */
  #savedThen: Values = nothing
  #seenThen: Values = nothing
  /** What a flag has emptied, to give it back. */
  #emptied: Values = nothing

  constructor(draft: Values, item: ItemView | undefined) {
    for (const [key, value] of Object.entries(draft)) this.put(key, value, item)
  }

  get values(): Values {
    return this.#values
  }

  has(key: string): boolean {
    return key in this.#values
  }

  put(key: string, value: FieldValue, item: ItemView | undefined): void {
    if (!(key in this.#savedThen)) {
      this.#savedThen = { ...this.#savedThen, [key]: item?.saved[key] ?? null }
      this.#seenThen = { ...this.#seenThen, [key]: item?.values[key] ?? null }
    }
    this.#values = { ...this.#values, [key]: value }
  }

  /** Remembers the first value a flag takes away. */
  empty(key: string, value: FieldValue, item: ItemView | undefined): void {
    this.#emptied = { ...this.#emptied, [key]: value }
    this.put(key, null, item)
  }

  emptied(key: string): FieldValue | undefined {
    return this.#emptied[key]
  }

  /** Keys whose value on the platform has changed since they were typed over. */
  overtaken(item: ItemView | undefined, typed: Values): readonly string[] {
    if (!item) return []
    return overtakenKeys(this.#savedThen, { seen: this.#seenThen, saved: item.saved, typed })
  }

  /** The person has seen the platform's values and decided. */
  acceptOvertaken(item: ItemView | undefined): void {
    const keys = Object.keys(this.#savedThen)
    this.#savedThen = Object.fromEntries(keys.map((key) => [key, item?.saved[key] ?? null]))
  }

  clear(): void {
    this.#values = nothing
    this.#savedThen = nothing
    this.#seenThen = nothing
    this.#emptied = nothing
  }

  /** Forgets what has been sent; what was typed since stays. */
  forget(sent: Values): void {
    const later = Object.entries(this.#values).filter(([key, value]) => sent[key] !== value)
    this.clear()
    this.#values = Object.fromEntries(later)
  }
}
