import { equalValue, type FieldValue, type Values } from '../../shared/domain/values'
import type { Draft } from '../../shared/sync/state'
import type { ItemView } from '../../shared/sync/view'

const nothing: Values = {}

/** What the person has typed over a record, and what the record held when they began. */
export class TypedValues {
  #values = $state.raw<Values>(nothing)
  /** The platform's value, and the one on screen, when the field was first typed over. */
  #savedThen: Values = nothing
  #seenThen: Values = nothing
  /** What a flag has emptied, to give it back. */
  #emptied: Values = nothing

  constructor(draft: Pick<Draft, 'values' | 'base'> | undefined, item: ItemView | undefined) {
    for (const [key, value] of Object.entries(draft?.values ?? {})) this.put(key, value, item)
    this.#savedThen = { ...this.#savedThen, ...draft?.base }
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

  /** Remembers what a flag takes away. */
  empty(key: string, value: FieldValue, item: ItemView | undefined): void {
    this.#emptied = { ...this.#emptied, [key]: value }
    this.put(key, null, item)
  }

  emptied(key: string): FieldValue | undefined {
    return this.#emptied[key]
  }

  /**
   * The platform's values that the person typed over: what a merge goes by, so that a foreign change
   * made meanwhile is asked about. That an edit of ours has arrived is no foreign change.
   */
  base(keys: readonly string[], item: ItemView | undefined): Values {
    return Object.fromEntries(
      keys.map((key) => {
        const saved = item?.saved[key] ?? null
        const hasArrived = equalValue(saved, this.#seenThen[key])
        return [key, hasArrived ? saved : (this.#savedThen[key] ?? null)]
      }),
    )
  }

  clear(): void {
    this.#values = nothing
    this.#savedThen = nothing
    this.#seenThen = nothing
    this.#emptied = nothing
  }

  /** Forgets what has been sent; what was typed since stays. */
  forget(sent: Values, item: ItemView | undefined): void {
    const later = Object.entries(this.#values).filter(([key, value]) => sent[key] !== value)
    this.clear()
    for (const [key, value] of later) this.put(key, value, item)
  }
}
